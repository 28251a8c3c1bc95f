/// A span of time.
///
/// The core counts time in ticks; spans are derived from them.
public struct Seconds: AdditiveQuantity {
  /// Seconds.
  public var seconds: Double

  /// Makes it from seconds.
  @inlinable public init(seconds: Double) { self.seconds = seconds }
  /// Makes it from the base unit, seconds.
  @inlinable public init(base: Double) { seconds = base }
  /// The number in the base unit, seconds.
  @inlinable public var base: Double { seconds }
  /// Makes it from seconds.
  @inlinable public static func seconds(_ value: Double) -> Self { Self(seconds: value) }
}

extension Seconds {
  /// Makes it from milliseconds.
  @inlinable public static func milliseconds(_ value: Double) -> Seconds {
    Seconds(seconds: value / 1000)
  }
  /// Makes it from minutes.
  @inlinable public static func minutes(_ value: Double) -> Seconds { Seconds(seconds: value * 60) }
  /// The number in minutes.
  @inlinable public var minutes: Double { seconds / 60 }
}
