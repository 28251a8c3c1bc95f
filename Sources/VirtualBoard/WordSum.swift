/// A running FNV-1a sum over 64-bit words: two runs with the same sum did the same.
public struct WordSum: Sendable {
  /// The sum so far.
  public private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  /// The sum of nothing.
  public init() {}

  /// Takes a word in.
  public mutating func fold(_ word: UInt64) {
    value = (value ^ word) &* 0x0000_0100_0000_01B3
  }

  /// Takes the bit pattern of a number in.
  public mutating func fold(_ number: Double) { fold(number.bitPattern) }
  /// Takes bytes in, a word each.
  public mutating func fold(bytes: [UInt8]) {
    for byte in bytes { fold(UInt64(byte)) }
  }
}
