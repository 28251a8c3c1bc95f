/// An angle in whole turns of a rotor, accumulated since start-up.
///
/// Unbounded; negative is the reverse direction.
public struct Revolutions: AdditiveQuantity {
  /// Turns.
  public var revolutions: Double

  /// Makes it from turns.
  @inlinable public init(revolutions: Double) { self.revolutions = revolutions }
  /// Makes it from the base unit, turns.
  @inlinable public init(base: Double) { revolutions = base }
  /// The number in the base unit, turns.
  @inlinable public var base: Double { revolutions }
  /// Makes it from turns.
  @inlinable public static func turns(_ value: Double) -> Self { Self(revolutions: value) }
}

extension Revolutions {
  /// The mean speed over a time; a time of zero or less gives zero.
  @inlinable public static func / (turns: Revolutions, time: Seconds) -> RotationalSpeed {
    time.seconds > 0
      ? RotationalSpeed(revolutionsPerMinute: turns.revolutions * 60 / time.seconds) : .zero
  }
}
