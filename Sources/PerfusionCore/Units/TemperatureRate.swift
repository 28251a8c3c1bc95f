/// How fast a temperature changes.
///
/// Rewarming stays below 0.5 K/min (docs/domain.md 5.1).
public struct TemperatureRate: AdditiveQuantity {
  /// Kelvins each minute.
  public var kelvinsPerMinute: Double

  /// Makes it from kelvins per minute.
  @inlinable public init(kelvinsPerMinute: Double) { self.kelvinsPerMinute = kelvinsPerMinute }
  /// Makes it from the base unit, kelvins per minute.
  @inlinable public init(base: Double) { kelvinsPerMinute = base }
  /// The number in the base unit, kelvins per minute.
  @inlinable public var base: Double { kelvinsPerMinute }
  /// Makes it from kelvins per minute.
  @inlinable public static func kelvinsPerMinute(_ value: Double) -> Self {
    Self(kelvinsPerMinute: value)
  }
}

extension TemperatureRate {
  /// The change in a time.
  @inlinable public static func * (rate: TemperatureRate, time: Seconds) -> TemperatureDifference {
    TemperatureDifference(kelvins: rate.kelvinsPerMinute * time.seconds / 60)
  }
}
