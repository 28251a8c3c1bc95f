/// A running FNV-1a sum over 64-bit words: two runs with the same sum did the same.
struct Fingerprint: Sendable {
  /// The sum so far.
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Takes a word in.
  mutating func fold(_ word: UInt64) {
    value = (value ^ word) &* 0x0000_0100_0000_01B3
  }

  /// Takes the bit pattern of a number in.
  mutating func fold(_ number: Double) { fold(number.bitPattern) }
}
