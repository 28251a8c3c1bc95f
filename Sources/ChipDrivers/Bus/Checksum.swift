/// Check sums that chips and records carry.
public enum Checksum {
  /// CRC-8 of one Sensirion word: polynomial 0x31, start 0xFF, no reflection, no final inversion.
  ///
  /// Source: docs/domain.md 10.1; 0xBEEF gives 0x92.
  @inlinable public static func sensirion(_ first: UInt8, _ second: UInt8) -> UInt8 {
    step8(step8(0xFF, first), second)
  }

  /// Carries a CRC-8 (polynomial 0x31) through one byte.
  @inlinable static func step8(_ remainder: UInt8, _ byte: UInt8) -> UInt8 {
    var value = remainder ^ byte
    for _ in 0..<8 { value = value & 0x80 != 0 ? (value << 1) ^ 0x31 : value << 1 }
    return value
  }

  /// CRC-32 as in IEEE 802.3 and zip: reflected, polynomial 0xEDB88320; "123456789" gives
  /// 0xCBF43926.
  ///
  /// `count` bytes from the start of `bytes` are taken; more than there are counts as all.
  @inlinable public static func crc32(_ bytes: Span<UInt8>, count: Int) -> UInt32 {
    var value: UInt32 = 0xFFFF_FFFF
    for index in 0..<max(0, min(count, bytes.count)) {
      value ^= UInt32(bytes[index])
      for _ in 0..<8 { value = value & 1 != 0 ? (value >> 1) ^ 0xEDB8_8320 : value >> 1 }
    }
    return ~value
  }
}
