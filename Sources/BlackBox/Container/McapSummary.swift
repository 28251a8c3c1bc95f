/// The end of a file. It goes to storage in pieces.
struct SummaryWriter {
  private let file: McapFile
  private let options: RecorderOptions
  /// Where the summary begins.
  private let base: UInt64
  private var written: UInt64 = 0
  private var sum: UInt32 = 0
  private var groups = InlineArray<6, (McapOpcode, UInt64, UInt64)>(
    repeating: (.schema, 0, 0))
  private var groupCount = 0

  init(_ file: McapFile, _ options: RecorderOptions) {
    self.file = file
    self.options = options
    base = file.length + 13
  }

  /// Writes everything from the end of the data to the end of the file.
  mutating func write<Storage: RecordStorage & ~Copyable>(
    by out: inout ByteWriter, to storage: inout Storage
  ) throws(StorageError) {
    out.clear()
    let end = out.beginRecord(.dataEnd)
    out.integer(file.sum)
    out.endRecord(end)
    try unsafe storage.append(Span(_unsafeBytes: out.written))
    out.clear()
    try groups(&out, &storage)
    let offsets = base + written
    for group in 0..<groupCount {
      let start = out.beginRecord(.summaryOffset)
      out.byte(groups[group].0.rawValue)
      out.integer(groups[group].1)
      out.integer(groups[group].2)
      out.endRecord(start)
    }
    let start = out.beginRecord(.footer)
    out.replace(UInt64(20), at: start - 8)
    out.integer(base)
    out.integer(offsets)
    sum = unsafe checksum(sum, out.written)
    out.integer(sum)
    out.integer(Mcap.magic)
    try unsafe storage.append(Span(_unsafeBytes: out.written))
  }

  private mutating func groups<Storage: RecordStorage & ~Copyable>(
    _ out: inout ByteWriter, _ storage: inout Storage
  ) throws(StorageError) {
    var start = written
    for raw in 1...UInt8(RecordChannel.count) {
      guard let channel = RecordChannel(rawValue: raw) else { continue }
      out.schema(channel)
      try piece(&out, &storage)
    }
    note(.schema, start)
    start = written
    for raw in 1...UInt8(RecordChannel.count) {
      guard let channel = RecordChannel(rawValue: raw) else { continue }
      out.channel(channel)
    }
    try piece(&out, &storage)
    note(.channel, start)
    start = written
    out.statistics(file)
    try piece(&out, &storage)
    note(.statistics, start)
    start = written
    for index in 0..<file.chunkCount {
      out.chunkIndex(file.chunk(index))
      if out.room < 4096 || index == file.chunkCount - 1 { try piece(&out, &storage) }
    }
    note(.chunkIndex, start)
    start = written
    out.attachmentIndex(file, options)
    try piece(&out, &storage)
    note(.attachmentIndex, start)
    start = written
    out.metadataIndex(file)
    try piece(&out, &storage)
    note(.metadataIndex, start)
  }

  private mutating func note(_ opcode: McapOpcode, _ start: UInt64) {
    guard written > start else { return }
    groups[groupCount] = (opcode, base + start, written - start)
    groupCount += 1
  }

  private mutating func piece<Storage: RecordStorage & ~Copyable>(
    _ out: inout ByteWriter, _ storage: inout Storage
  ) throws(StorageError) {
    guard out.count > 0 else { return }
    sum = unsafe checksum(sum, out.written)
    written += UInt64(out.count)
    try unsafe storage.append(Span(_unsafeBytes: out.written))
    out.clear()
  }
}

extension ByteWriter {
  mutating func statistics(_ file: McapFile) {
    var total: UInt64 = 0
    for channel in 0..<6 { total &+= file.messages[channel] }
    let start = beginRecord(.statistics)
    integer(total)
    integer(UInt16(RecordChannel.count))
    integer(UInt32(RecordChannel.count))
    integer(UInt32(1))
    integer(UInt32(1))
    integer(UInt32(file.chunkCount))
    integer(file.chunkCount > 0 ? file.start : 0)
    integer(file.end)
    integer(UInt32(RecordChannel.count * 10))
    for channel in 0..<6 {
      integer(UInt16(channel + 1))
      integer(file.messages[channel])
    }
    endRecord(start)
  }

  mutating func chunkIndex(_ chunk: ChunkFacts) {
    let start = beginRecord(.chunkIndex)
    integer(chunk.start)
    integer(chunk.end)
    integer(chunk.offset)
    integer(chunk.length)
    let map = count
    integer(UInt32(0))
    for channel in 0..<6 where chunk.indexOffsets.span[channel] > 0 {
      integer(UInt16(channel + 1))
      integer(chunk.indexOffsets.span[channel])
    }
    replace(UInt32(count - map - 4), at: map)
    integer(chunk.indexLength)
    string("zstd")
    integer(chunk.compressed)
    integer(chunk.uncompressed)
    endRecord(start)
  }

  mutating func attachmentIndex(_ file: McapFile, _ options: RecorderOptions) {
    let start = beginRecord(.attachmentIndex)
    integer(file.attachment.offset)
    integer(file.attachment.length)
    integer(options.timeOrigin)
    integer(options.timeOrigin)
    unsafe integer(UInt64(options.image.count))
    string(options.imageName)
    string("application/octet-stream")
    endRecord(start)
  }

  mutating func metadataIndex(_ file: McapFile) {
    let start = beginRecord(.metadataIndex)
    integer(file.metadata.offset)
    integer(file.metadata.length)
    string("perfusion")
    endRecord(start)
  }
}
