/// An alarm of the catalogue in docs/domain.md section 9; AL-01 has raw value 1.
public struct AlarmID: BitwiseCopyable, Hashable, Sendable {
  /// The number in AL-nn, 1...67.
  public var number: UInt8
  /// Makes the identifier AL-`number`.
  @inlinable public init(_ number: UInt8) { self.number = number }
  /// Highest number of the catalogue.
  public static var highest: UInt8 { 67 }
}

/// How urgent an alarm is (IEC 60601-1-8 technique).
public enum AlarmPriority: UInt8, BitwiseCopyable, Comparable, Sendable {
  /// Awareness.
  case low
  /// Prompt response.
  case medium
  /// Immediate response.
  case high
  /// Orders by urgency.
  public static func < (left: AlarmPriority, right: AlarmPriority) -> Bool {
    left.rawValue < right.rawValue
  }
}

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
}
