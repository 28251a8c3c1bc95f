/// The speed of a rotor.
///
/// Rollers turn at 0...250 rpm, centrifugal heads at 0...5000 rpm; negative is the reverse direction.
public struct RotationalSpeed: AdditiveQuantity {
  /// Revolutions per minute.
  public var revolutionsPerMinute: Double

  /// Makes it from revolutions per minute.
  @inlinable public init(revolutionsPerMinute: Double) {
    self.revolutionsPerMinute = revolutionsPerMinute
  }
  /// Makes it from the base unit, revolutions per minute.
  @inlinable public init(base: Double) { revolutionsPerMinute = base }
  /// The number in the base unit, revolutions per minute.
  @inlinable public var base: Double { revolutionsPerMinute }
  /// Makes it from revolutions per minute.
  @inlinable public static func rpm(_ value: Double) -> Self { Self(revolutionsPerMinute: value) }
}

extension RotationalSpeed {
  /// Revolutions made in a time.
  @inlinable public static func * (speed: RotationalSpeed, time: Seconds) -> Revolutions {
    Revolutions(revolutions: speed.revolutionsPerMinute * time.seconds / 60)
  }
}
