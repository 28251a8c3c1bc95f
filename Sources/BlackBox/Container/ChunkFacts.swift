/// What the summary says of one chunk.
struct ChunkFacts: BitwiseCopyable {
  /// Earliest and latest time of its messages, nanoseconds.
  var start: UInt64 = .max
  var end: UInt64 = 0
  /// Where its record begins, and how long that is.
  var offset: UInt64 = 0
  var length: UInt64 = 0
  var compressed: UInt64 = 0
  var uncompressed: UInt64 = 0
  /// Length of the message indexes behind it.
  var indexLength: UInt64 = 0
  /// Where the message index of each channel begins; 0 for a channel without messages. Channel n
  /// has place n-1.
  var indexOffsets = InlineArray<6, UInt64>(repeating: 0)
}

/// A chunk that is being filled: messages one after another, and where each one is.
@safe struct ChunkAssembly {
  /// The messages.
  private(set) var records: ByteWriter
  /// Messages of each channel.
  private(set) var counts = InlineArray<6, UInt32>(repeating: 0)
  private(set) var facts = ChunkFacts()
  /// Moment of the oldest record, microseconds since start-up.
  private(set) var oldest: Int64 = .max
  /// Moment of the oldest urgent record.
  private(set) var oldestUrgent: Int64 = .max
  private let places: UnsafeMutablePointer<Place>

  /// Time and offset of a message.
  struct Place: BitwiseCopyable {
    var time: UInt64
    var offset: UInt64
  }

  /// Most messages of one channel in a chunk.
  static var mostMessages: Int { 512 }
  /// Most bytes of a chunk.
  static var mostBytes: Int { 256 * 1024 }
  /// Memory that it needs, in bytes.
  static var memorySize: Int { mostBytes + 6 * mostMessages * MemoryLayout<Place>.size }

  init(memory: UnsafeMutableRawPointer) {
    unsafe records = ByteWriter(memory, capacity: ChunkAssembly.mostBytes)
    let table = unsafe memory + ChunkAssembly.mostBytes
    unsafe places = table.bindMemory(to: Place.self, capacity: 6 * ChunkAssembly.mostMessages)
  }

  var isEmpty: Bool { records.count == 0 }

  /// There is room for a message of this many bytes on this channel.
  func fits(_ channel: RecordChannel, _ length: Int) -> Bool {
    records.room >= length + 64
      && counts.span[Int(channel.rawValue) - 1] < UInt32(ChunkAssembly.mostMessages)
  }

  /// Adds a message that fits.
  mutating func add(_ record: RingRecord, time: UInt64, sequence: UInt32) {
    let channel = Int(record.channel.rawValue) - 1
    let place = Place(time: time, offset: UInt64(records.count))
    unsafe places[channel * ChunkAssembly.mostMessages + Int(counts.span[channel])] = place
    counts[channel] += 1
    let start = records.beginRecord(.message)
    records.integer(UInt16(record.channel.rawValue))
    records.integer(sequence)
    records.integer(time)
    records.integer(time)
    unsafe records.bytes(record.payload)
    records.endRecord(start)
    facts.start = min(facts.start, time)
    facts.end = max(facts.end, time)
    oldest = min(oldest, record.moment)
    if record.isUrgent { oldestUrgent = min(oldestUrgent, record.moment) }
  }

  /// Messages of a channel, as times and offsets.
  func messages(_ channel: Int) -> UnsafeBufferPointer<Place> {
    unsafe UnsafeBufferPointer(
      start: places + channel * ChunkAssembly.mostMessages, count: Int(counts.span[channel]))
  }

  mutating func clear() {
    records.clear()
    counts = InlineArray(repeating: 0)
    facts = ChunkFacts()
    oldest = .max
    oldestUrgent = .max
  }
}
