internal import CChunkCoding

/// What stands at the beginning of every file, and once more in its summary.
extension ByteWriter {
  mutating func header() {
    integer(Mcap.magic)
    let start = beginRecord(.header)
    string("")
    string("perfusion-core")
    endRecord(start)
  }

  /// All schemas, then all channels.
  mutating func schema(_ channel: RecordChannel) {
    let start = beginRecord(.schema)
    integer(UInt16(channel.rawValue))
    string(channel.schema)
    string("protobuf")
    integer(pc_record_schema_length())
    unsafe bytes(
      UnsafeRawBufferPointer(
        start: pc_record_schema(), count: Int(pc_record_schema_length())))
    endRecord(start)
  }

  mutating func channel(_ channel: RecordChannel) {
    let start = beginRecord(.channel)
    integer(UInt16(channel.rawValue))
    integer(UInt16(channel.rawValue))
    string(channel.topic)
    string("protobuf")
    integer(UInt32(0))
    endRecord(start)
  }

  /// The board image, with the check sum over the whole attachment.
  mutating func attachment(_ options: RecorderOptions) {
    let start = beginRecord(.attachment)
    integer(options.timeOrigin)
    integer(options.timeOrigin)
    string(options.imageName)
    string("application/octet-stream")
    unsafe integer(UInt64(options.image.count))
    unsafe bytes(options.image)
    let content = unsafe UnsafeRawBufferPointer(rebasing: written[start...])
    integer(unsafe checksum(0, content))
    endRecord(start)
  }

  /// Names and values; `part` is the number of the file in its recording.
  mutating func metadata(_ pairs: UnsafeRawBufferPointer, part: UInt32) {
    let start = beginRecord(.metadata)
    string("perfusion")
    let length = count
    integer(UInt32(0))
    var from = 0
    for place in pairs.indices where unsafe pairs[place] == 0 {
      let text = unsafe UnsafeRawBufferPointer(rebasing: pairs[from..<place])
      integer(UInt32(text.count))
      unsafe bytes(text)
      from = place + 1
    }
    string("part")
    decimal(part)
    replace(UInt32(count - length - 4), at: length)
    endRecord(start)
  }

  /// A number as a string.
  private mutating func decimal(_ value: UInt32) {
    var divisor: UInt32 = 1
    var digits: UInt32 = 1
    while value / divisor >= 10 {
      divisor *= 10
      digits += 1
    }
    integer(digits)
    while divisor > 0 {
      byte(48 + UInt8(value / divisor % 10))
      divisor /= 10
    }
  }
}
