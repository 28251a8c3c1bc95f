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
