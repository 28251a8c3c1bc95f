internal import BlackBox
internal import CChunkCoding

/// A message of a file.
@safe public struct McapMessage {
  /// Topic of its channel, such as `/events`.
  public var topic: String
  /// Number of the channel in the file.
  public var channel: UInt16
  /// Number of the message on its channel.
  public var sequence: UInt32
  /// Time, nanoseconds.
  public var time: UInt64
  /// Byte of the file at which it, or the chunk that holds it, begins.
  public var offset: Int
  /// The message's own bytes; valid while it is looked at.
  public var data: UnsafeRawBufferPointer
}

/// A black box, or any MCAP file with zstd chunks: read from its beginning, record by record.
///
/// The bytes may be anything: what is wrong is an error with its place, never a trap.
public struct McapReader: Sendable {
  let bytes: [UInt8]
  /// Largest chunk that is expanded, in bytes.
  public static var largestChunk: UInt64 { 64 * 1024 * 1024 }

  /// A reader of these bytes.
  public init(_ bytes: [UInt8]) throws(McapError) {
    self.bytes = bytes
    var magic = FileBytes(bytes)
    guard bytes.count >= 8, try magic.integer(UInt64.self) == Mcap.magic else {
      throw McapError(.noMcap, at: 0)
    }
  }

  /// What the file says beside its messages.
  public struct Facts: Sendable {
    /// Names and values of all metadata records.
    public var metadata: [(name: String, value: String)] = []
    /// Attachments by name.
    public var attachments: [String: Range<Int>] = [:]
    /// Topics by channel number.
    public var topics: [UInt16: String] = [:]
    /// Chunks that were read.
    public var chunks = 0
    /// The file has its summary and its end.
    public var isComplete = false
    /// Where the data end.
    public var dataEnd = 0
  }

  /// Goes through the whole file: `body` is called for each message, in the order of the file,
  /// and ends the walk by false. Gives what the file says beside its messages.
  public func walk(_ body: (McapMessage) throws(McapError) -> Bool) throws(McapError) -> Facts {
    var facts = Facts()
    var file = FileBytes(bytes, from: 8)
    var room: [UInt8] = []
    while let record = try file.record() {
      guard try take(record, &facts, &room, body) else { return facts }
      if record.opcode == .dataEnd {
        facts.dataEnd = record.offset
        try checkEnd(&file, record)
        facts.isComplete = true
        return facts
      }
    }
    facts.dataEnd = bytes.count
    return facts
  }

  /// One record of the data; false when the walk ends.
  func take(
    _ record: McapRecord, _ facts: inout Facts, _ room: inout [UInt8],
    _ body: (McapMessage) throws(McapError) -> Bool
  ) throws(McapError) -> Bool {
    var content = FileBytes(bytes, from: record.content.lowerBound, to: record.content.upperBound)
    do throws(McapError) {
      switch record.opcode {
      case .channel: try facts.take(channel: &content)
      case .metadata: try facts.take(metadata: &content)
      case .attachment: try takeAttachment(&content, record, &facts)
      case .message: return try message(&content, facts, record.offset, bytes, body)
      case .chunk: return try chunk(record, &facts, &room, body)
      case .header, .footer, .schema, .messageIndex, .chunkIndex, .attachmentIndex, .statistics,
        .metadataIndex, .summaryOffset, .dataEnd, nil:
        break
      }
      return true
    } catch {
      guard error.problem == .cut else { throw error }
      throw McapError(.malformed(record.kind), at: record.offset)
    }
  }

  private func takeAttachment(
    _ content: inout FileBytes, _ record: McapRecord, _ facts: inout Facts
  ) throws(McapError) {
    _ = try content.integer(UInt64.self)
    _ = try content.integer(UInt64.self)
    let name = try content.string()
    _ = try content.string()
    let data = try content.range(try content.integer(UInt64.self))
    let end = content.place
    let sum = try content.integer(UInt32.self)
    guard sum == 0 || sum == checksum(bytes, record.content.lowerBound..<end) else {
      throw McapError(.checksum, at: record.offset)
    }
    facts.attachments[name] = data
  }

  private func message(
    _ content: inout FileBytes, _ facts: Facts, _ offset: Int, _ source: [UInt8],
    _ body: (McapMessage) throws(McapError) -> Bool
  ) throws(McapError) -> Bool {
    let channel = try content.integer(UInt16.self)
    let sequence = try content.integer(UInt32.self)
    let time = try content.integer(UInt64.self)
    _ = try content.integer(UInt64.self)
    let range = content.place..<content.end
    let topic = facts.topics[channel] ?? ""
    let data = source.span.extracting(range)
    return try unsafe data.withUnsafeBytes { (buffer) throws(McapError) in
      try unsafe body(
        McapMessage(
          topic: topic, channel: channel, sequence: sequence, time: time, offset: offset,
          data: buffer))
    }
  }

  private func chunk(
    _ record: McapRecord, _ facts: inout Facts, _ room: inout [UInt8],
    _ body: (McapMessage) throws(McapError) -> Bool
  ) throws(McapError) -> Bool {
    let length = try expand(record, &room)
    facts.chunks += 1
    var inner = FileBytes(room, to: length)
    while true {
      let found: McapRecord?
      do throws(McapError) { found = try inner.record() } catch {
        throw McapError(.damagedChunk, at: record.offset)
      }
      guard let part = found else { return true }
      var content = FileBytes(room, from: part.content.lowerBound, to: part.content.upperBound)
      switch part.opcode {
      case .channel: try facts.take(channel: &content)
      case .message:
        guard try message(&content, facts, record.offset, room, body) else { return false }
      default: break
      }
    }
  }

  /// Expands a chunk into `room`, and checks its sum.
  ///
  /// - Returns: how many bytes of `room` it fills.
  func expand(_ record: McapRecord, _ room: inout [UInt8]) throws(McapError) -> Int {
    var content = FileBytes(bytes, from: record.content.lowerBound, to: record.content.upperBound)
    let head = try ChunkHead(&content)
    guard head.compression == "zstd" || head.compression.isEmpty else {
      throw McapError(.compression, at: record.offset)
    }
    guard head.uncompressed <= McapReader.largestChunk else {
      throw McapError(.tooLarge, at: record.offset)
    }
    let size = Int(head.uncompressed)
    if head.compression.isEmpty {
      guard head.records.count == size else { throw McapError(.damagedChunk, at: record.offset) }
      room = Array(bytes[head.records])
    } else {
      if room.count < size { room = [UInt8](repeating: 0, count: size) }
      let got = unsafe bytes.withUnsafeBufferPointer { source in
        unsafe room.withUnsafeMutableBufferPointer { target in
          unsafe pc_expand(
            source.baseAddress.map { unsafe $0 + head.records.lowerBound },
            UInt64(head.records.count), target.baseAddress, UInt64(size))
        }
      }
      guard got == Int64(size) else { throw McapError(.damagedChunk, at: record.offset) }
    }
    guard head.sum == 0 || head.sum == checksum(room, 0..<size) else {
      throw McapError(.checksum, at: record.offset)
    }
    return size
  }

  /// Behind the end of the data there must be a summary that leads to the end of the file.
  private func checkEnd(_ file: inout FileBytes, _ end: McapRecord) throws(McapError) {
    var content = FileBytes(bytes, from: end.content.lowerBound, to: end.content.upperBound)
    let sum = try content.integer(UInt32.self)
    guard sum == 0 || sum == checksum(bytes, 0..<end.offset) else {
      throw McapError(.checksum, at: end.offset)
    }
    while let record = try file.record() {
      guard record.opcode == .footer else { continue }
      guard try file.integer(UInt64.self) == Mcap.magic, file.left == 0 else {
        throw McapError(.malformed(record.kind), at: record.offset)
      }
      return
    }
    throw McapError(.cut, at: bytes.count)
  }
}

/// The fields of a chunk before its records.
struct ChunkHead {
  var start: UInt64
  var end: UInt64
  var uncompressed: UInt64
  var sum: UInt32
  var compression: String
  var records: Range<Int>

  init(_ content: inout FileBytes) throws(McapError) {
    start = try content.integer(UInt64.self)
    end = try content.integer(UInt64.self)
    uncompressed = try content.integer(UInt64.self)
    sum = try content.integer(UInt32.self)
    compression = try content.string()
    records = try content.range(try content.integer(UInt64.self))
  }
}

extension McapReader.Facts {
  mutating func take(channel content: inout FileBytes) throws(McapError) {
    let number = try content.integer(UInt16.self)
    _ = try content.integer(UInt16.self)
    topics[number] = try content.string()
  }

  mutating func take(metadata content: inout FileBytes) throws(McapError) {
    _ = try content.string()
    for (name, value) in try content.pairs() { metadata.append((name, value)) }
  }
}

/// CRC-32 of some bytes.
func checksum(_ bytes: [UInt8], _ range: Range<Int>) -> UInt32 {
  unsafe bytes.withUnsafeBufferPointer { buffer in
    guard let base = buffer.baseAddress else { return 0 }
    return unsafe pc_crc32(0, base + range.lowerBound, UInt64(range.count))
  }
}
