/// An electric current.
///
/// Motor and battery currents lie in -30...30 A; a battery charges at a negative one.
public struct ElectricCurrent: AdditiveQuantity {
  /// Amperes.
  public var amperes: Double

  /// Makes it from amperes.
  @inlinable public init(amperes: Double) { self.amperes = amperes }
  /// Makes it from the base unit, amperes.
  @inlinable public init(base: Double) { amperes = base }
  /// The number in the base unit, amperes.
  @inlinable public var base: Double { amperes }
  /// Makes it from amperes.
  @inlinable public static func amperes(_ value: Double) -> Self { Self(amperes: value) }
}
