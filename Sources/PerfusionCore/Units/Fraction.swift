/// A share of a whole: an opening, a duty, a servo factor.
///
/// 0 (none, closed) to 1 (all, open); see `clamped()`.
public struct Fraction: AdditiveQuantity {
  /// The share; 1 is the whole.
  public var value: Double

  /// Makes it from a share of one.
  @inlinable public init(value: Double) { self.value = value }
  /// Makes it from the base unit, a share of one.
  @inlinable public init(base: Double) { value = base }
  /// The number in the base unit, a share of one.
  @inlinable public var base: Double { value }
  /// Makes it from a share of one.
  @inlinable public static func of(_ value: Double) -> Self { Self(value: value) }
}

extension Fraction {
  /// The whole.
  @inlinable public static var one: Fraction { Fraction(value: 1) }
  /// Makes it from per cent.
  @inlinable public static func percent(_ value: Double) -> Fraction {
    Fraction(value: value / 100)
  }
  /// The share held inside 0...1.
  @inlinable public func clamped() -> Fraction { clamped(.zero, .one) }
}
