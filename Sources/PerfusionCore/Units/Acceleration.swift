/// How fast a rotor changes speed.
///
/// 250...5000 rpm/s (docs/domain.md 8.4).
public struct Acceleration: AdditiveQuantity {
  /// Revolutions per minute gained each second.
  public var rpmPerSecond: Double

  /// Makes it from revolutions per minute per second.
  @inlinable public init(rpmPerSecond: Double) { self.rpmPerSecond = rpmPerSecond }
  /// Makes it from the base unit, revolutions per minute per second.
  @inlinable public init(base: Double) { rpmPerSecond = base }
  /// The number in the base unit, revolutions per minute per second.
  @inlinable public var base: Double { rpmPerSecond }
  /// Makes it from revolutions per minute per second.
  @inlinable public static func rpmPerSecond(_ value: Double) -> Self { Self(rpmPerSecond: value) }
}

extension Acceleration {
  /// The speed gained in a time.
  @inlinable public static func * (rate: Acceleration, time: Seconds) -> RotationalSpeed {
    RotationalSpeed(revolutionsPerMinute: rate.rpmPerSecond * time.seconds)
  }
}
