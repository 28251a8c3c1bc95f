/// A 64-bit FNV-1a sum over words: two runs with the same sum went the same way.
public struct Fingerprint: Sendable, Equatable {
  /// The sum so far.
  public private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  /// The sum of nothing.
  public init() {}

  /// Adds a word.
  @inlinable public mutating func add(_ word: UInt64) { mix(word) }
  /// Adds the bits of a number.
  @inlinable public mutating func add(_ number: Double) { mix(number.bitPattern) }

  @usableFromInline mutating func mix(_ word: UInt64) {
    value = (value ^ (word & 0xffff_ffff)) &* 0x100_0000_01b3
    value = (value ^ (word >> 32)) &* 0x100_0000_01b3
  }

  /// Sixteen hexadecimal digits.
  public var text: String { hexadecimal(value, digits: 16) }
}
