public import PerfusionCore

extension Refusal {
  /// Why a command was not carried out, in words.
  public var words: StaticString {
    switch self {
    case .noSuchPump: "there is no such pump"
    case .notForThisPump: "this pump cannot do that"
    case .notFitted: "the board has no such part"
    case .outOfRange: "the value lies outside its range"
    case .needsConfirmation: "the step is large; confirm it"
    case .wrongPhase: "the phase does not allow it"
    case .checklistIncomplete: "checklist items are missing"
    case .strokeVolumeImplausible: "the stroke volume does not belong to this tube"
    case .tubeNotConfirmed: "the tube was not confirmed"
    case .stopped: "the pump was stopped; resume it first"
    case .causeNotCleared: "the cause of the stop is still there"
    case .belowFloor: "the speed lies below the backflow floor"
    case .pressureTooLow: "the line pressure does not hold the patient's pressure"
    case .pumpRunning: "the pump turns; it must stand"
    case .readingUnusable: "the reading that is needed is missing or bad"
    case .offsetTooLarge: "the offset is too large to be a zero"
    case .noArterialFlow: "there is no arterial flow"
    case .overrideForbidden: "this event cannot be overridden"
    case .masterNotRunning: "the other pump of the pair does not run"
    case .flowTooHigh: "the flow is too high to leave the phase"
    case .nothingToDo: "nothing of that kind is under way"
    case .clampClosed: "the arterial clamp is closed"
    case .faultStands: "a fault stands that blocks a start: see the alarms, clear its cause"
    case .onlyInStandby: "only in standby or service"
    case .notCounted: "the board file sets no interval for it"
    }
  }
}

extension LinkOutcome {
  /// The outcome in words.
  public var words: StaticString {
    switch self {
    case .unknown: "not said"
    case .accepted: "accepted"
    case .limited: "carried out within a limit"
    case .refused: "refused"
    case .readOnly: "this socket allows no commands"
    case .incomplete: "a field that this action needs is missing, unknown or not a number"
    case .needsLease: "this action moves something and needs a lease of 100 ms to 60 s"
    case .busy: "too many commands wait; try again"
    case .uncertain: "the controller did not answer in time; look before you ask again"
    }
  }
}

extension LinkFailure {
  /// The cause in words.
  public var words: StaticString {
    switch self {
    case .unknown: "not said"
    case .malformed: "a message is not of perfusion.ClientMessage"
    case .oversized: "a message is longer than 1024 bytes"
    case .noHello: "the first message must be hello"
    case .wrongProtocol: "this firmware speaks protocol 1"
    case .wrongBoard: "this firmware runs another board image"
    case .full: "as many clients as there is room for; try again"
    case .stalled: "the client did not read for 10 s"
    case .stopping: "the firmware ends"
    }
  }
}
