/// A volume of fluid.
///
/// Reservoir and dose volumes lie in 0...10000 ml.
public struct Volume: AdditiveQuantity {
  /// Millilitres.
  public var milliliters: Double

  /// Makes it from millilitres.
  @inlinable public init(milliliters: Double) { self.milliliters = milliliters }
  /// Makes it from the base unit, millilitres.
  @inlinable public init(base: Double) { milliliters = base }
  /// The number in the base unit, millilitres.
  @inlinable public var base: Double { milliliters }
  /// Makes it from millilitres.
  @inlinable public static func milliliters(_ value: Double) -> Self { Self(milliliters: value) }
}

extension Volume {
  /// How long the volume lasts at a flow; a flow of zero or less lasts for ever.
  @inlinable public static func / (volume: Volume, flow: Flow) -> Seconds {
    flow.litersPerMinute > 0
      ? Seconds(seconds: volume.milliliters / flow.millilitersPerSecond)
      : Seconds(seconds: .infinity)
  }
}
