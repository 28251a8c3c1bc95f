internal import CLinkMessages
public import PerfusionCore

/// What happened to an alarm; raw values are those of `perfusion.AlarmChange`.
public enum AlarmChange: UInt8, BitwiseCopyable, Sendable {
  /// It stands.
  case stands
  /// It was raised, came back while it was latched, or rose in priority.
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
}

/// One alarm: how it stands, or what happened to it.
public struct AlarmReport: BitwiseCopyable, Sendable {
  /// Tick in which it happened.
  public var tick: Tick
  /// When that tick began.
  public var at: Instant
  /// What happened.
  public var change: AlarmChange
  /// Which; number 0 when it is about none.
  public var alarm: AlarmID
  /// How urgent it is.
  public var priority: AlarmPriority
  /// The cause has gone; the alarm stays until it is reset.
  public var isLatched = false
  /// Tick in which it was raised.
  public var since = Tick.start
  /// Who took note of it.
  public var acknowledgedBy: CommandSource?
  /// Where the treatment stood.
  public var phase: Phase
  /// Decision number of the command that did it, 0 without one.
  public var decision: UInt32 = 0
  /// The firmware's start in which it happened, counted since the log began; 0 when not known.
  public var start: UInt32 = 0
  /// Seconds since 1970 by the computer's clock; 0 when it did not know the time.
  public var civilTime: Int64 = 0
  /// Why: the row of the interlock table and its pumps.
  public var cause = AlarmCause.none

  /// What a screen says about it.
  public var text: AlarmText { cause.text(of: alarm) }

  /// Makes a report.
  public init(
    tick: Tick, at: Instant, change: AlarmChange, alarm: AlarmID, priority: AlarmPriority,
    phase: Phase
  ) {
    self.tick = tick
    self.at = at
    self.change = change
    self.alarm = alarm
    self.priority = priority
    self.phase = phase
  }

  init?(_ message: perfusion_Alarm) {
    guard
      let change = UInt8(exactly: message.change.rawValue).flatMap({ AlarmChange(rawValue: $0) }),
      let number = UInt8(exactly: message.number)
    else { return nil }
    self.init(
      tick: Tick(count: message.tick), at: Instant(microseconds: message.time_us),
      change: change, alarm: AlarmID(number), priority: .high, phase: .faultHold)
    var copy = message
    carry(&copy, .toModel)
  }

  /// The report as a message without words.
  var message: perfusion_Alarm {
    var message = perfusion_Alarm()
    message.tick = tick.count
    message.time_us = at.microseconds
    message.change = perfusion_AlarmChange(UInt32(change.rawValue))
    message.number = UInt32(alarm.number)
    var copy = self
    copy.carry(&message, .toMessage)
    return message
  }

  private mutating func carry(_ message: inout perfusion_Alarm, _ direction: CarrierDirection) {
    var carrier = FrameCarrier(direction)
    carrier.choice(&message.priority, &priority, unknown: .high)
    carrier.flag(&message.latched, &isLatched)
    carrier.integer(&message.since_tick, &since.count)
    carrier.choice(&message.has_acknowledged_by, &message.acknowledged_by, &acknowledgedBy)
    carrier.choice(&message.phase, &phase, unknown: .faultHold)
    carrier.integer(&message.decision, &decision)
    carrier.integer(&message.start, &start)
    carrier.integer(&message.civil_time, &civilTime)
    carrier.integer(&message.row, &cause.row)
    carrier.integer(&message.row_pumps, &cause.pumps)
  }
}
