/// An electric potential.
///
/// Supply and signal voltages lie in -30...60 V.
public struct Voltage: AdditiveQuantity {
  /// Volts.
  public var volts: Double

  /// Makes it from volts.
  @inlinable public init(volts: Double) { self.volts = volts }
  /// Makes it from the base unit, volts.
  @inlinable public init(base: Double) { volts = base }
  /// The number in the base unit, volts.
  @inlinable public var base: Double { volts }
  /// Makes it from volts.
  @inlinable public static func volts(_ value: Double) -> Self { Self(volts: value) }
}
