/// A set of alarms.
public struct AlarmSet: BitwiseCopyable, Equatable, Sendable {
  /// Bit n stands for AL-n, numbers 0...63.
  public var low: UInt64 = 0
  /// Bit n stands for AL-(64+n).
  public var high: UInt64 = 0

  /// The empty set.
  public init() {}
  /// Whether an alarm is in the set.
  public func contains(_ alarm: AlarmID) -> Bool {
    alarm.number < 64
      ? low & (1 << UInt64(alarm.number)) != 0 : high & (1 << UInt64(alarm.number & 63)) != 0
  }
  /// Puts an alarm in or takes it out.
  public mutating func set(_ alarm: AlarmID, _ isThere: Bool) {
    let bit = UInt64(1) << UInt64(alarm.number & 63)
    if alarm.number < 64 {
      low = isThere ? low | bit : low & ~bit
    } else {
      high = isThere ? high | bit : high & ~bit
    }
  }
  /// True when no alarm is in the set.
  public var isEmpty: Bool { low | high == 0 }
  /// How many alarms are in the set.
  public var count: Int { low.nonzeroBitCount + high.nonzeroBitCount }

  /// The alarm with the lowest number, nothing in an empty set.
  public var first: AlarmID? {
    if low != 0 { return AlarmID(UInt8(low.trailingZeroBitCount)) }
    return high == 0 ? nil : AlarmID(64 + UInt8(high.trailingZeroBitCount))
  }

  /// Takes the alarm with the lowest number out.
  public mutating func takeFirst() -> AlarmID? {
    guard let alarm = first else { return nil }
    set(alarm, false)
    return alarm
  }

  /// Alarms that are in either set.
  public static func | (left: AlarmSet, right: AlarmSet) -> AlarmSet {
    AlarmSet(low: left.low | right.low, high: left.high | right.high)
  }
  /// Alarms that are in both sets.
  public static func & (left: AlarmSet, right: AlarmSet) -> AlarmSet {
    AlarmSet(low: left.low & right.low, high: left.high & right.high)
  }
  /// Alarms that are in one of the sets only.
  public static func ^ (left: AlarmSet, right: AlarmSet) -> AlarmSet {
    AlarmSet(low: left.low ^ right.low, high: left.high ^ right.high)
  }
  /// Alarms of the left set that are not in the right one.
  public static func - (left: AlarmSet, right: AlarmSet) -> AlarmSet {
    AlarmSet(low: left.low & ~right.low, high: left.high & ~right.high)
  }

  private init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }
}
