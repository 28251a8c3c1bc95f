/// Who may ask for a step from one phase to another.
public enum PhaseAsker: UInt8, BitwiseCopyable, Sendable {
  /// The person at the machine.
  case person
  /// The controller itself.
  case controller
}

/// One thing that must hold before a step.
public enum PhaseNeed: UInt8, BitwiseCopyable, Sendable {
  /// The power-on self test has passed.
  case selfTest
  /// No row stands that nothing may run through.
  case noHold
  /// No row stands that blocks a start (docs/domain.md 8.1 R4).
  case noBlockingFault
  /// Every checklist item that this machine needs holds: machine-verified or confirmed.
  case checklist
  /// No pump is started and none turns.
  case pumpsStand
  /// Flow under 0.3 L/min and the arterial clamp closed, or the operator confirms.
  case flowStopped
  /// How many needs there are.
  public static var count: Int { 6 }

  /// What is refused when it does not hold.
  public var refusal: Refusal {
    switch self {
    case .selfTest, .checklist: .checklistIncomplete
    case .noHold, .noBlockingFault: .faultStands
    case .pumpsStand: .pumpRunning
    case .flowStopped: .flowTooHigh
    }
  }

  /// The words of the refusal: state, and what to do next.
  public var words: StaticString {
    switch self {
    case .selfTest: "The self test has not passed. See its result, mend it, start again."
    case .noHold: "A fault stands that nothing may run through. Mend it, then start again."
    case .noBlockingFault: "A fault blocks the start. See the alarms, clear its cause."
    case .checklist: "Checklist items are missing. Complete those that are listed."
    case .pumpsStand: "A pump turns. Stop every pump first."
    case .flowStopped: "Blood flows or the clamp is open. Stop the flow, or confirm."
    }
  }
}

/// What must hold before a step, all of it.
public struct PhaseNeeds: BitwiseCopyable, Equatable, Sendable {
  /// Bit i stands for the need with raw value i.
  public var bits: UInt8

  init(bits: UInt8) { self.bits = bits }
  init(_ need: PhaseNeed) { bits = 1 << need.rawValue }
  /// Nothing.
  public static var nothing: PhaseNeeds { PhaseNeeds(bits: 0) }
  /// Whether a need is among them.
  public func contains(_ need: PhaseNeed) -> Bool { bits & (1 << need.rawValue) != 0 }
  static func + (left: PhaseNeeds, right: PhaseNeed) -> PhaseNeeds {
    PhaseNeeds(bits: left.bits | 1 << right.rawValue)
  }
}

/// One row of the phase table.
public struct PhaseStep: BitwiseCopyable, Equatable, Sendable {
  /// Where it begins.
  public var from: Phase
  /// Where it ends.
  public var to: Phase
  /// Who may ask.
  public var asker: PhaseAsker
  /// What must hold.
  public var needs: PhaseNeeds

  init(_ from: Phase, _ to: Phase, _ needs: PhaseNeeds, by asker: PhaseAsker = .person) {
    self.from = from
    self.to = to
    self.needs = needs
    self.asker = asker
  }
}
