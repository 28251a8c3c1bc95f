/// Why the commanded value of a pump differs from what the operator set.
public enum CommandReason: UInt8, BitwiseCopyable, Sendable {
  /// It does not differ.
  case asSet
  /// On its way at the slew limit.
  case slewing
  /// Slowed by outlet pressure.
  case pressureServo
  /// Slowed by reservoir level.
  case levelServo
  /// Slowed by inlet suction.
  case suctionServo
  /// Held at the backflow floor.
  case speedFloor
  /// Balanced behind the closed clamp.
  case zeroFlowHold
  /// Held at present speed by a fault (G1).
  case held
  /// Stopped by the interlocks.
  case stopped
  /// Stopped because its master or a linked pump stopped.
  case stoppedWithLink
  /// Torque removed.
  case torqueOff
  /// Follows its master.
  case following
  /// Held by the speed limit of an open cover or of the pump.
  case speedLimit
  /// Cardioplegia dose has ended.
  case doseReached
  /// Occlusion test drives the pump.
  case occlusionTest
  /// Clamp-first start or stop sequence is under way.
  case clampSequence
  /// How many reasons there are.
  public static var count: Int { 16 }
}

/// Something that happened, for log, screen and cases.
public enum EventKind: BitwiseCopyable, Sendable {
  /// A command was accepted as it was.
  case accepted
  /// A command was carried out within a limit instead.
  case limited(Refusal)
  /// A command was refused.
  case refused(Refusal)
  /// A phase request was refused for these missing items.
  case missing(Checklist)
  /// The phase changed.
  case phase(from: Phase, to: Phase)
  /// An alarm condition began, came back while its alarm was latched, or joined another of the
  /// same alarm at high priority.
  case alarmRaised(AlarmID, AlarmCause = .none)
  /// An alarm is told no more.
  case alarmCleared(AlarmID)
  /// The cause of an alarm has gone; it stays until it is reset.
  case alarmLatched(AlarmID)
  /// An alarm that is told rose to this priority.
  case alarmRose(AlarmID, AlarmPriority, AlarmCause = .none)
  /// Somebody took note of an alarm.
  case acknowledged(AlarmID, CommandSource)
  /// Alarm signals are kept back.
  case inactivated(AlarmInactivation)
  /// They are given again, and why.
  case inactivationEnded(AlarmInactivation, InactivationEnd)
  /// A reminder of an override, of kept-back signals or of a noted alarm was due.
  case alarmReminder
  /// The operator moved the limit of an alarm.
  case alarmLimitSet(AlarmID, Pressure)
  /// The operator switched an alarm off or on.
  case alarmSwitched(AlarmID, isOn: Bool)
  /// Limits and switched-off alarms went back to the board file's presets.
  case alarmPresetsRestored
  /// A pump was stopped by the interlocks: pump, grade.
  case interlockStop(Int, Grade)
  /// A stopped pump was resumed by the operator.
  case resumed(Int)
  /// A pump's reason changed.
  case reason(Int, CommandReason)
  /// Air passed the arterial detector in a phase that only counts it.
  case airCounted(UInt32)
  /// Pulsatile mode went back to continuous by itself.
  case pulsatileReverted(Int)
  /// The dose ended with this delivered volume.
  case doseEnded(Volume)
  /// The occlusion test ended.
  case occlusionTested(Int, passed: Bool, decay: PressureRate)
  /// A tube was confirmed with this stroke volume.
  case tubeConfirmed(Int, StrokeVolume)
  /// A pressure was zeroed by this offset.
  case zeroed(PressureSite, Pressure)
  /// A controller restarted and adopted the measured speed of a pump.
  case adopted(Int, RotationalSpeed)
  /// The controller has restarted on a running machine, in this way.
  case restarted(StartKind)
  /// A record of the controller before was not believed: which of the two, and why.
  case recordRefused(Int, RecordFault)
  /// An item of the power-on self test ended.
  case selfTested(SelfTestItem, SelfTestOutcome)
  /// Redundant measures point to this common cause, or to none any more.
  case causeNamed(CommonCause)
  /// A sensor is lost or repeats itself, or can be believed again.
  case sensorDoubted(WatchedSensor, SensorDoubt)
  /// Events were lost because the list was full.
  case overflow(UInt32)
}

/// An event with the decision that led to it.
public struct Event: BitwiseCopyable, Sendable {
  /// Decision number of the command, 0 when no command led to it.
  public var decision: UInt32
  /// What happened.
  public var kind: EventKind
  /// Makes an event.
  public init(_ kind: EventKind, decision: UInt32 = 0) {
    self.kind = kind
    self.decision = decision
  }
}

/// The events of one tick.
public typealias EventList = FixedList<24, Event>

extension FixedList where Element == Event {
  /// An empty list.
  public init() { self.init(filler: Event(.accepted)) }
}
