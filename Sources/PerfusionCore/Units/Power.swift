/// A power.
///
/// Heaters give 0...3000 W.
public struct Power: AdditiveQuantity {
  /// Watts.
  public var watts: Double

  /// Makes it from watts.
  @inlinable public init(watts: Double) { self.watts = watts }
  /// Makes it from the base unit, watts.
  @inlinable public init(base: Double) { watts = base }
  /// The number in the base unit, watts.
  @inlinable public var base: Double { watts }
  /// Makes it from watts.
  @inlinable public static func watts(_ value: Double) -> Self { Self(watts: value) }
}
