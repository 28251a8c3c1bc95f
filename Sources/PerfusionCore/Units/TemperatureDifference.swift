/// A difference between two temperatures.
///
/// Gradients lie in -40...40 K.
public struct TemperatureDifference: AdditiveQuantity {
  /// Kelvins.
  public var kelvins: Double

  /// Makes it from kelvins.
  @inlinable public init(kelvins: Double) { self.kelvins = kelvins }
  /// Makes it from the base unit, kelvins.
  @inlinable public init(base: Double) { kelvins = base }
  /// The number in the base unit, kelvins.
  @inlinable public var base: Double { kelvins }
  /// Makes it from kelvins.
  @inlinable public static func kelvins(_ value: Double) -> Self { Self(kelvins: value) }
}
