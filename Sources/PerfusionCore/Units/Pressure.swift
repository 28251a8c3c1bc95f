/// A gauge pressure.
///
/// Circuit pressures lie in -300...800 mmHg (docs/domain.md 2.6).
public struct Pressure: AdditiveQuantity {
  /// Millimetres of mercury above ambient.
  public var millimetersOfMercury: Double

  /// Makes it from millimetres of mercury.
  @inlinable public init(millimetersOfMercury: Double) {
    self.millimetersOfMercury = millimetersOfMercury
  }
  /// Makes it from the base unit, millimetres of mercury.
  @inlinable public init(base: Double) { millimetersOfMercury = base }
  /// The number in the base unit, millimetres of mercury.
  @inlinable public var base: Double { millimetersOfMercury }
  /// Makes it from millimetres of mercury.
  @inlinable public static func mmHg(_ value: Double) -> Self { Self(millimetersOfMercury: value) }
}
