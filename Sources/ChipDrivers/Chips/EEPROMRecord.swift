/// A calibration record: up to 48 bytes with a number that says which copy is newer.
///
/// One page of 64 bytes holds it: "PC", version 1, length, sequence (4), payload (48), zero (4),
/// CRC-32 over the first 60 bytes (4); numbers most significant byte first. Two pages hold one copy
/// each, so that a power cut during a write leaves the other (docs/domain.md HZ-50).
public struct EEPROMRecord: BitwiseCopyable, Sendable {
  /// The bytes of the record; those past `length` are zero.
  public var payload = InlineArray<48, UInt8>(repeating: 0)
  /// How many bytes count, 0...48.
  public var length: UInt8 = 0
  /// Rises with every write.
  public var sequence: UInt32 = 0
  /// An empty record.
  public init() {}

  /// Reads a page; nothing when it is not a record or its check sum is wrong.
  public init?(page: InlineArray<64, UInt8>) {
    let sum = EEPROMRecord.number(page, at: 60)
    guard page[0] == 0x50, page[1] == 0x43, page[2] == 1, page[3] <= 48,
      sum == Checksum.crc32(page.span, count: 60)
    else { return nil }
    length = page[3]
    sequence = EEPROMRecord.number(page, at: 4)
    for index in 0..<Int(length) { payload[index] = page[8 + index] }
  }

  /// The page that holds the record.
  public var page: InlineArray<64, UInt8> {
    var page = InlineArray<64, UInt8>(repeating: 0)
    page[0] = 0x50
    page[1] = 0x43
    page[2] = 1
    page[3] = min(length, 48)
    EEPROMRecord.put(sequence, at: 4, in: &page)
    for index in 0..<Int(min(length, 48)) { page[8 + index] = payload[index] }
    EEPROMRecord.put(Checksum.crc32(page.span, count: 60), at: 60, in: &page)
    return page
  }

  static func number(_ page: InlineArray<64, UInt8>, at first: Int) -> UInt32 {
    var value: UInt32 = 0
    for index in 0..<4 { value = value << 8 | UInt32(page[first + index]) }
    return value
  }
  static func put(_ value: UInt32, at first: Int, in page: inout InlineArray<64, UInt8>) {
    for index in 0..<4 {
      page[first + index] = UInt8(truncatingIfNeeded: value >> UInt32(24 - 8 * index))
    }
  }
}
