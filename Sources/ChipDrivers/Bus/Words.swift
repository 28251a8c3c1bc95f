/// Numbers out of the bytes of a chip, most significant byte first, and back.
public enum Words {
  /// A 16-bit word.
  @inlinable public static func unsigned16(_ high: UInt8, _ low: UInt8) -> UInt16 {
    UInt16(high) << 8 | UInt16(low)
  }
  /// A signed 16-bit number as a `Double`.
  @inlinable public static func signed16(_ high: UInt8, _ low: UInt8) -> Double {
    Double(Int16(bitPattern: unsigned16(high, low)))
  }
  /// A 24-bit word.
  @inlinable public static func unsigned24(_ high: UInt8, _ middle: UInt8, _ low: UInt8) -> UInt32 {
    UInt32(high) << 16 | UInt32(middle) << 8 | UInt32(low)
  }
  /// A signed 24-bit number.
  @inlinable public static func signed24(_ high: UInt8, _ middle: UInt8, _ low: UInt8) -> Int32 {
    Int32(bitPattern: unsigned24(high, middle, low) << 8) >> 8
  }
  /// The high byte of a word.
  @inlinable public static func high(_ word: UInt16) -> UInt8 {
    UInt8(truncatingIfNeeded: word >> 8)
  }
  /// The low byte of a word.
  @inlinable public static func low(_ word: UInt16) -> UInt8 { UInt8(truncatingIfNeeded: word) }

  /// The nearest whole code in 0...`highest`; a not-a-number gives 0.
  @inlinable public static func code(_ value: Double, highest: UInt16) -> UInt16 {
    let rounded = value + 0.5
    guard rounded >= 1 else { return 0 }
    return rounded < Double(highest) ? UInt16(rounded) : highest
  }
}
