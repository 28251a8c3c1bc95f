/// A physical quantity kept as one `Double` in a fixed base unit.
///
/// Every quantity is its own type, so an expression that mixes units does not compile, and costs
/// nothing at run time. Values may be any finite number; each type says what range makes sense.
public protocol Quantity: BitwiseCopyable, Comparable, Sendable {
  /// Makes the quantity from a number in its base unit.
  init(base: Double)
  /// The number in the base unit.
  var base: Double { get }
}

extension Quantity {
  /// Orders two quantities of the same kind.
  @inlinable public static func < (left: Self, right: Self) -> Bool { left.base < right.base }

  /// This quantity held inside `lower...upper`; a not-a-number becomes `lower`.
  @inlinable public func clamped(_ lower: Self, _ upper: Self) -> Self {
    if base > upper.base { return upper }
    return base >= lower.base ? self : lower
  }

  /// True unless the number is infinite or not a number.
  @inlinable public var isFinite: Bool { base.isFinite }
}

/// A quantity that can be added, subtracted, scaled and compared with zero.
public protocol AdditiveQuantity: Quantity {}

extension AdditiveQuantity {
  /// Nothing of this quantity.
  @inlinable public static var zero: Self { Self(base: 0) }
  /// The size without the sign.
  @inlinable public var magnitude: Self { base < 0 ? Self(base: -base) : self }

  /// The sum.
  @inlinable public static func + (left: Self, right: Self) -> Self {
    Self(base: left.base + right.base)
  }
  /// The difference.
  @inlinable public static func - (left: Self, right: Self) -> Self {
    Self(base: left.base - right.base)
  }
  /// The same size, other sign.
  @inlinable public static prefix func - (value: Self) -> Self { Self(base: -value.base) }
  /// Scaled by a plain number.
  @inlinable public static func * (left: Self, right: Double) -> Self {
    Self(base: left.base * right)
  }
  /// Scaled by a plain number.
  @inlinable public static func * (left: Double, right: Self) -> Self {
    Self(base: left * right.base)
  }
  /// Divided by a plain number.
  @inlinable public static func / (left: Self, right: Double) -> Self {
    Self(base: left.base / right)
  }
  /// The ratio of two quantities of one kind, a plain number.
  @inlinable public static func / (left: Self, right: Self) -> Double { left.base / right.base }
  /// Adds in place.
  @inlinable public static func += (left: inout Self, right: Self) { left = left + right }
  /// Subtracts in place.
  @inlinable public static func -= (left: inout Self, right: Self) { left = left - right }
}
