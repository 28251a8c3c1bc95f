/// What one revolution of a roller pump head displaces.
///
/// 7...54 ml/rev for the tube catalogue (docs/domain.md 2.1).
public struct StrokeVolume: AdditiveQuantity {
  /// Millilitres per revolution.
  public var millilitersPerRevolution: Double

  /// Makes it from millilitres per revolution.
  @inlinable public init(millilitersPerRevolution: Double) {
    self.millilitersPerRevolution = millilitersPerRevolution
  }
  /// Makes it from the base unit, millilitres per revolution.
  @inlinable public init(base: Double) { millilitersPerRevolution = base }
  /// The number in the base unit, millilitres per revolution.
  @inlinable public var base: Double { millilitersPerRevolution }
  /// Makes it from millilitres per revolution.
  @inlinable public static func millilitersPerRevolution(_ value: Double) -> Self {
    Self(millilitersPerRevolution: value)
  }
}

extension StrokeVolume {
  /// The flow at a speed.
  @inlinable public static func * (stroke: StrokeVolume, speed: RotationalSpeed) -> Flow {
    .millilitersPerMinute(stroke.millilitersPerRevolution * speed.revolutionsPerMinute)
  }
  /// The volume of a number of revolutions.
  @inlinable public static func * (stroke: StrokeVolume, turns: Revolutions) -> Volume {
    Volume(milliliters: stroke.millilitersPerRevolution * turns.revolutions)
  }
}
