/// An electric charge, as a battery gauge counts it.
///
/// 0...100 Ah.
public struct ElectricCharge: AdditiveQuantity {
  /// Ampere-hours.
  public var ampereHours: Double

  /// Makes it from ampere-hours.
  @inlinable public init(ampereHours: Double) { self.ampereHours = ampereHours }
  /// Makes it from the base unit, ampere-hours.
  @inlinable public init(base: Double) { ampereHours = base }
  /// The number in the base unit, ampere-hours.
  @inlinable public var base: Double { ampereHours }
  /// Makes it from ampere-hours.
  @inlinable public static func ampereHours(_ value: Double) -> Self { Self(ampereHours: value) }
}
