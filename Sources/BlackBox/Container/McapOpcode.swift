/// The kinds of records of an MCAP file (mcap.dev/spec).
public enum McapOpcode: UInt8, BitwiseCopyable, Sendable {
  /// First record of the file.
  case header = 1
  /// Last record of the file.
  case footer
  /// A description of messages.
  case schema
  /// A stream of messages.
  case channel
  /// One message.
  case message
  /// Many records, compressed.
  case chunk
  /// Where the messages of one channel are in a chunk.
  case messageIndex
  /// Where a chunk is.
  case chunkIndex
  /// A file within the file.
  case attachment
  /// Where an attachment is.
  case attachmentIndex
  /// Counts over the file.
  case statistics
  /// Names and values.
  case metadata
  /// Where metadata are.
  case metadataIndex
  /// Where a kind of records is in the summary.
  case summaryOffset
  /// The end of the data.
  case dataEnd
}

/// Fixed facts of an MCAP file.
public enum Mcap {
  /// Eight bytes that begin and end every file, as a little-endian integer.
  public static var magic: UInt64 { 0x0A0D_3050_4143_4D89 }
  /// Bytes of the magic.
  public static var magicLength: Int { 8 }
  /// Bytes before the content of a record: opcode and length.
  public static var recordHeader: Int { 9 }
}

extension ByteWriter {
  /// Begins a record; give the result to `endRecord`.
  mutating func beginRecord(_ opcode: McapOpcode) -> Int {
    byte(opcode.rawValue)
    integer(UInt64(0))
    return count
  }
  /// Ends a record: its length goes in front of it.
  mutating func endRecord(_ start: Int) {
    replace(UInt64(count - start), at: start - 8)
  }
  /// A string with its length.
  mutating func string(_ text: StaticString) {
    integer(UInt32(text.utf8CodeUnitCount))
    unsafe bytes(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
  /// A string with its length.
  mutating func string(_ text: Span<UInt8>) {
    integer(UInt32(text.count))
    bytes(text)
  }
}
