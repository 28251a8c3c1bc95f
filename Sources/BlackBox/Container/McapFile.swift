/// The facts of the file that is being written: what its summary will say.
@safe struct McapFile {
  /// Length of what is durable or about to be: everything that was committed.
  private(set) var length: UInt64 = 0
  /// CRC-32 of all that.
  private(set) var sum: UInt32 = 0
  private(set) var chunkCount = 0
  private(set) var messages = InlineArray<6, UInt64>(repeating: 0)
  private(set) var start: UInt64 = .max
  private(set) var end: UInt64 = 0
  /// Where attachment and metadata are, and how long.
  var attachment = (offset: UInt64(0), length: UInt64(0))
  var metadata = (offset: UInt64(0), length: UInt64(0))
  /// Number of the file in its recording, from 0.
  var part: UInt32 = 0
  private let chunks: UnsafeMutablePointer<ChunkFacts>

  /// Most chunks of a file.
  static var mostChunks: Int { 8192 }
  /// Memory that it needs, in bytes.
  static var memorySize: Int { mostChunks * MemoryLayout<ChunkFacts>.stride }

  init(memory: UnsafeMutableRawPointer) {
    unsafe chunks = memory.bindMemory(to: ChunkFacts.self, capacity: McapFile.mostChunks)
  }

  var isFull: Bool { chunkCount >= McapFile.mostChunks }

  /// Forgets everything: a new file begins.
  mutating func restart(part: UInt32) {
    length = 0
    sum = 0
    chunkCount = 0
    messages = InlineArray(repeating: 0)
    start = .max
    end = 0
    self.part = part
  }

  /// These bytes are in the file.
  mutating func commit(_ bytes: UnsafeRawBufferPointer) {
    sum = unsafe checksum(sum, bytes)
    length &+= UInt64(bytes.count)
  }

  /// This chunk is in the file.
  mutating func commit(_ facts: ChunkFacts, counts: InlineArray<6, UInt32>) {
    guard !isFull else { return }
    unsafe chunks[chunkCount] = facts
    chunkCount += 1
    start = min(start, facts.start)
    end = max(end, facts.end)
    for channel in 0..<6 { messages[channel] &+= UInt64(counts[channel]) }
  }

  func chunk(_ index: Int) -> ChunkFacts { unsafe chunks[index] }
}

extension ChunkAssembly {
  /// Writes the chunk and its message indexes as they will stand at `offset` of the file.
  ///
  /// - Returns: what the summary says of it, nothing when it does not fit.
  func encode(
    at offset: UInt64, compressor: Compressor, to out: inout ByteWriter
  ) -> ChunkFacts? {
    var facts = self.facts
    let begin = out.count
    let record = out.beginRecord(.chunk)
    out.integer(facts.start)
    out.integer(facts.end)
    out.integer(UInt64(records.count))
    out.integer(unsafe checksum(0, records.written))
    out.string("zstd")
    let lengthPlace = out.count
    out.integer(UInt64(0))
    guard let length = unsafe compressor.compress(records.written, into: out.free) else {
      return nil
    }
    out.advance(length)
    out.replace(UInt64(length), at: lengthPlace)
    out.endRecord(record)
    facts.offset = offset
    facts.length = UInt64(out.count - begin)
    facts.compressed = UInt64(length)
    facts.uncompressed = UInt64(records.count)
    let indexes = out.count
    for channel in 0..<6 where counts.span[channel] > 0 {
      facts.indexOffsets[channel] = offset + UInt64(out.count - begin)
      index(channel, to: &out)
    }
    facts.indexLength = UInt64(out.count - indexes)
    return out.isOverfull ? nil : facts
  }

  private func index(_ channel: Int, to out: inout ByteWriter) {
    let start = out.beginRecord(.messageIndex)
    out.integer(UInt16(channel + 1))
    let places = unsafe messages(channel)
    out.integer(UInt32(places.count * 16))
    for index in places.indices {
      unsafe out.integer(places[index].time)
      unsafe out.integer(places[index].offset)
    }
    out.endRecord(start)
  }
}
