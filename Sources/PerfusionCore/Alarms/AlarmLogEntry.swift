/// What an entry of the alarm log tells.
public enum AlarmLogKind: UInt8, BitwiseCopyable, Sendable {
  /// An alarm was raised, came back while it was latched, or rose in priority.
  case raised
  /// It is told no more.
  case cleared
  /// Its cause has gone and it stays.
  case latched
  /// Somebody took note of it.
  case acknowledged
  /// An inactivation of the signals began.
  case paused
  /// It ended.
  case resumed
  /// The operator changed its limit.
  case limitChanged
  /// The operator switched it off before bypass.
  case switchedOff
  /// The operator switched it on again.
  case switchedOn
  /// Limits and switched-off alarms went back to the board file's.
  case presetsRestored
  /// The firmware started.
  case powerUp
  /// The firmware was ended in an orderly way.
  case powerDown
  /// How many kinds there are.
  public static var count: Int { 12 }
}

/// One entry of the alarm log, as the alarm system leaves it in the tick in which it happened.
public struct AlarmLogEntry: BitwiseCopyable, Equatable, Sendable {
  /// What happened.
  public var kind: AlarmLogKind
  /// To which alarm; number 0 when it is about none.
  public var alarm: AlarmID
  /// The priority at that moment.
  public var priority: AlarmPriority
  /// Why it was raised, or what led it at that moment.
  public var cause = AlarmCause.none
  /// Where the treatment stood.
  public var phase = Phase.off
  /// Who did it, `nil` when nobody did.
  public var source: CommandSource?
  /// Decision number of the command, 0 without one.
  public var decision: UInt32 = 0
  /// The tick it happened in.
  public var tick = Tick.start
  /// The limit in force, in the unit of the alarm's quantity; not a number when it has none.
  public var limit = Double.nan
  /// What was measured, in the same unit; not a number when nothing is.
  public var value = Double.nan

  /// Makes an entry.
  public init(_ kind: AlarmLogKind, alarm: AlarmID = AlarmID(0), priority: AlarmPriority = .low) {
    self.kind = kind
    self.alarm = alarm
    self.priority = priority
  }
}

/// The entries of one tick: one for each alarm of the catalogue and a few acts of the operator.
public typealias AlarmLogEntries = FixedList<72, AlarmLogEntry>

extension FixedList where Element == AlarmLogEntry {
  /// An empty list.
  public init() { self.init(filler: AlarmLogEntry(.raised)) }
}
