/// A count of base ticks since the firmware started: the only clock the core knows.
public struct Tick: BitwiseCopyable, Comparable, Sendable {
  /// Ticks since start-up; never wraps in practice (5 ms ticks fill 64 bits in 10^9 years).
  public var count: UInt64

  /// Makes the tick with this count.
  @inlinable public init(count: UInt64) { self.count = count }
  /// The first tick.
  @inlinable public static var start: Tick { Tick(count: 0) }
  /// The tick after this one.
  @inlinable public var next: Tick { Tick(count: count &+ 1) }
  /// Orders two ticks in time.
  @inlinable public static func < (left: Tick, right: Tick) -> Bool { left.count < right.count }
  /// Ticks from the right one to the left one; zero when the left one is not later.
  @inlinable public static func - (left: Tick, right: Tick) -> UInt64 {
    left.count > right.count ? left.count &- right.count : 0
  }
}

/// A moment in microseconds since the firmware started.
///
/// Drivers stamp readings with it. The core compares stamps with the moment of its own tick and
/// never asks for the time.
public struct Instant: BitwiseCopyable, Comparable, Sendable {
  /// Microseconds since start-up.
  public var microseconds: Int64

  /// Makes the moment from microseconds since start-up.
  @inlinable public init(microseconds: Int64) { self.microseconds = microseconds }
  /// The moment of start-up.
  @inlinable public static var start: Instant { Instant(microseconds: 0) }
  /// Orders two moments.
  @inlinable public static func < (left: Instant, right: Instant) -> Bool {
    left.microseconds < right.microseconds
  }
  /// The time from the right moment to the left one.
  @inlinable public static func - (left: Instant, right: Instant) -> Seconds {
    Seconds(seconds: Double(left.microseconds &- right.microseconds) / 1_000_000)
  }
  /// The moment some microseconds later.
  @inlinable public func advanced(microseconds: Int64) -> Instant {
    Instant(microseconds: self.microseconds &+ microseconds)
  }
}
