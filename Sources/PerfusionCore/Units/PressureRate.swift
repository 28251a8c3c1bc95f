/// How fast a pressure changes.
///
/// An occlusion test decays at 0...18 mmHg/s (docs/domain.md 2.3).
public struct PressureRate: AdditiveQuantity {
  /// Millimetres of mercury each second.
  public var mmHgPerSecond: Double

  /// Makes it from millimetres of mercury per second.
  @inlinable public init(mmHgPerSecond: Double) { self.mmHgPerSecond = mmHgPerSecond }
  /// Makes it from the base unit, millimetres of mercury per second.
  @inlinable public init(base: Double) { mmHgPerSecond = base }
  /// The number in the base unit, millimetres of mercury per second.
  @inlinable public var base: Double { mmHgPerSecond }
  /// Makes it from millimetres of mercury per second.
  @inlinable public static func mmHgPerSecond(_ value: Double) -> Self {
    Self(mmHgPerSecond: value)
  }
}
