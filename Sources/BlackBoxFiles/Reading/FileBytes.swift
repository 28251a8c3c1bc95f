internal import BlackBox

/// A file's bytes, read in bounds: what lies outside is an error with its place.
struct FileBytes {
  let bytes: [UInt8]
  var place: Int
  let end: Int

  init(_ bytes: [UInt8], from place: Int = 0, to end: Int? = nil) {
    self.bytes = bytes
    self.end = min(bytes.count, end ?? bytes.count)
    self.place = min(place, self.end)
  }

  var left: Int { end - place }

  mutating func integer<T: FixedWidthInteger>(_ type: T.Type) throws(McapError) -> T {
    let size = MemoryLayout<T>.size
    guard left >= size else { throw McapError(.cut, at: place) }
    var value: T = 0
    for index in 0..<size { value |= T(truncatingIfNeeded: bytes[place + index]) << T(index * 8) }
    place += size
    return value
  }

  /// A length that was read must lie inside what is left.
  mutating func range(_ length: UInt64) throws(McapError) -> Range<Int> {
    guard length <= UInt64(left) else { throw McapError(.cut, at: place) }
    let range = place..<(place + Int(length))
    place = range.upperBound
    return range
  }

  mutating func string() throws(McapError) -> String {
    let length = try integer(UInt32.self)
    return String(decoding: bytes[try range(UInt64(length))], as: UTF8.self)
  }

  /// Names and values.
  mutating func pairs() throws(McapError) -> [(String, String)] {
    let length = try integer(UInt32.self)
    var inner = FileBytes(bytes, from: place, to: try range(UInt64(length)).upperBound)
    var result: [(String, String)] = []
    while inner.left > 0 { result.append((try inner.string(), try inner.string())) }
    return result
  }
}

/// One record of a file: kind, content, and where it begins.
struct McapRecord {
  var opcode: McapOpcode?
  var kind: UInt8
  /// Where the record begins, its header included.
  var offset: Int
  var content: Range<Int>
}

extension FileBytes {
  /// The next record; nothing when no byte is left.
  mutating func record() throws(McapError) -> McapRecord? {
    guard left > 0 else { return nil }
    let offset = place
    let kind = try integer(UInt8.self)
    do throws(McapError) {
      let length = try integer(UInt64.self)
      let content = try range(length)
      return McapRecord(
        opcode: McapOpcode(rawValue: kind), kind: kind, offset: offset, content: content)
    } catch {
      throw McapError(.cut, at: offset)
    }
  }
}
