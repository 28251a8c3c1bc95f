internal import BlackBox

/// Bytes that grow, with the integers, strings and records of MCAP.
struct ByteList {
  private(set) var bytes: [UInt8] = []

  var count: Int { bytes.count }

  mutating func append<S: Sequence<UInt8>>(_ more: S) { bytes.append(contentsOf: more) }

  mutating func integer<T: FixedWidthInteger>(_ value: T) {
    for index in 0..<MemoryLayout<T>.size {
      bytes.append(UInt8(truncatingIfNeeded: value >> T(index * 8)))
    }
  }

  mutating func string(_ text: String) {
    integer(UInt32(text.utf8.count))
    append(text.utf8)
  }

  mutating func record(_ opcode: McapOpcode, _ content: ByteList) {
    bytes.append(opcode.rawValue)
    integer(UInt64(content.count))
    append(content.bytes)
  }
}
