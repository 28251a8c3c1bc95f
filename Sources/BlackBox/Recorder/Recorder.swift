public import PerfusionCore

/// Writes what the tick put into the ring as MCAP files: the part of the black box that may wait
/// for storage. On Linux a thread steps it, in a simulation the virtual clock does.
///
/// Every record is in a compressed chunk; a chunk is written and made durable as a whole, so a file
/// that is cut anywhere holds everything up to the last chunk that was complete.
@safe public struct Recorder<Storage: RecordStorage & ~Copyable>: ~Copyable {
  /// Where the files go.
  public var storage: Storage
  /// What was recorded so far.
  public private(set) var progress = RecorderProgress()

  /// How the recording goes.
  public var health: RecorderHealth { ring.health }

  let ring: ByteRing
  let options: RecorderOptions
  let compressor: Compressor
  var chunk: ChunkAssembly
  var file: McapFile
  var out: ByteWriter
  private var sequences = InlineArray<6, UInt32>(repeating: 0)
  private var isOpen = false
  private var nextPart: UInt32 = 0
  private var retryAt = Int64.min
  private var failures = 0

  /// Memory that it needs, in bytes.
  public static var memorySize: Int {
    ChunkAssembly.memorySize + McapFile.memorySize + RecorderMemory.out
      + Compressor.memorySize
  }

  /// A recorder of what comes out of the ring, with `memorySize` bytes of memory, aligned to 64,
  /// that outlive it.
  public init(
    ring: ByteRing, storage: consuming Storage, options: RecorderOptions,
    memory: UnsafeMutableRawPointer
  ) {
    self.ring = ring
    self.storage = storage
    self.options = options
    unsafe compressor = Compressor(memory: memory)
    var place = unsafe memory + (Compressor.memorySize + 63) & ~63
    unsafe file = McapFile(memory: place)
    unsafe place += McapFile.memorySize
    unsafe chunk = ChunkAssembly(memory: place)
    unsafe place += ChunkAssembly.memorySize
    unsafe out = ByteWriter(place, capacity: RecorderMemory.out - 64)
  }

  /// Takes what is in the ring, and writes what is due.
  public mutating func step(_ now: Instant) {
    while let record = ring.first() {
      let isDue = record.opensChunk && chunk.counts.span[0] > 0
      let length = unsafe record.payload.count
      if isDue || !chunk.fits(record.channel, length) {
        guard write(now) else { break }
      }
      if chunk.fits(record.channel, length) { add(record) } else { loseRecord() }
      ring.drop(record)
    }
    if isDue(now) { _ = write(now) }
    tellHealth(now)
  }

  /// Writes everything and ends the file with its summary.
  public mutating func finish(_ now: Instant) {
    retryAt = .min
    step(now)
    if !chunk.isEmpty { _ = write(now) }
    endFile()
  }

  private mutating func add(_ record: RingRecord) {
    let channel = Int(record.channel.rawValue) - 1
    let nanoseconds = UInt64(clamping: record.moment) &* 1000
    chunk.add(
      record, time: options.timeOrigin &+ nanoseconds, sequence: sequences[channel])
    sequences[channel] &+= 1
  }

  private mutating func loseRecord() {
    progress.lostRecords &+= 1
    ring.losses &+= 1
  }

  private func isDue(_ now: Instant) -> Bool {
    guard !chunk.isEmpty else { return false }
    let time = now.microseconds
    return time &- chunk.oldest >= Int64(RecorderTiming.chunk) + RecorderTiming.step
      || (chunk.oldestUrgent != .max && time &- chunk.oldestUrgent >= RecorderTiming.urgent)
  }

  /// Puts the chunk on storage; false when storage does not take it now: it is kept, and tried
  /// again later.
  private mutating func write(_ now: Instant) -> Bool {
    guard !chunk.isEmpty else { return true }
    guard now.microseconds >= retryAt else { return false }
    do throws(StorageError) {
      try prepareFile()
      try writeChunk()
      failures = 0
      retryAt = .min
      return true
    } catch {
      refuse(error, now)
      return false
    }
  }

  /// Makes sure that there is a file with room for a chunk.
  private mutating func prepareFile() throws(StorageError) {
    if isOpen && (file.isFull || file.length >= options.largestFile) { endFile() }
    guard !isOpen else { return }
    keepBudget()
    file.restart(part: nextPart)
    try storage.beginFile()
    isOpen = true
    out.clear()
    out.header()
    for raw in 1...UInt8(RecordChannel.count) {
      if let channel = RecordChannel(rawValue: raw) { out.schema(channel) }
    }
    for raw in 1...UInt8(RecordChannel.count) {
      if let channel = RecordChannel(rawValue: raw) { out.channel(channel) }
    }
    file.attachment.offset = UInt64(out.count)
    out.attachment(options)
    file.attachment.length = UInt64(out.count) - file.attachment.offset
    file.metadata.offset = UInt64(out.count)
    unsafe out.metadata(options.metadata, part: file.part)
    file.metadata.length = UInt64(out.count) - file.metadata.offset
    nextPart &+= 1
    try append()
    unsafe file.commit(out.written)
  }

  private mutating func writeChunk() throws(StorageError) {
    out.clear()
    guard let facts = chunk.encode(at: file.length, compressor: compressor, to: &out) else {
      loseRecord()
      return chunk.clear()
    }
    try append()
    if options.isDurable { try storage.sync() }
    unsafe file.commit(out.written)
    file.commit(facts, counts: chunk.counts)
    progress.chunks &+= 1
    progress.durableThrough = max(progress.durableThrough, facts.end)
    chunk.clear()
  }

  private mutating func append() throws(StorageError) {
    try unsafe storage.append(Span(_unsafeBytes: out.written))
  }

  /// Storage did not take something: back to what was whole, and another try later; a file that
  /// goes on failing is given up for a new one.
  private mutating func refuse(_ error: StorageError, _ now: Instant) {
    failures += 1
    progress.refusals &+= 1
    var isMended = false
    do throws(StorageError) {
      try storage.truncate(to: file.length)
      isMended = true
    } catch { isMended = false }
    if error == .full { _ = storage.removeOldest() }
    if file.length == 0 || !isMended || (error == .failed && failures % 4 == 0) {
      storage.endFile()
      isOpen = false
    }
    retryAt = now.microseconds &+ 500_000
  }

  private mutating func keepBudget() {
    guard options.budget > 0 else { return }
    while storage.bytesUsed &+ options.largestFile > options.budget {
      guard storage.removeOldest() else { return }
    }
  }

  private mutating func endFile() {
    guard isOpen else { return }
    isOpen = false
    var summary = SummaryWriter(file, options)
    do throws(StorageError) {
      try summary.write(by: &out, to: &storage)
      try storage.sync()
    } catch {
      // Without its summary the file is as one that was cut: recovery gives all of it.
      progress.refusals &+= 1
    }
    storage.endFile()
    progress.files &+= 1
  }

  private mutating func tellHealth(_ now: Instant) {
    let time = now.microseconds
    var isLate = false
    if !chunk.isEmpty {
      isLate = time &- chunk.oldest > RecorderTiming.samplesDurable
      if chunk.oldestUrgent != .max {
        isLate = isLate || time &- chunk.oldestUrgent > RecorderTiming.eventsDurable
      }
    }
    ring.health = RecorderHealth(isRefused: failures > 0, isLate: isLate || ring.percentUsed > 50)
  }
}

/// What a recorder has done.
public struct RecorderProgress: BitwiseCopyable, Sendable {
  /// Chunks on storage.
  public var chunks: UInt64 = 0
  /// Files that were ended.
  public var files: UInt64 = 0
  /// How often storage refused.
  public var refusals: UInt64 = 0
  /// Records that no file could take.
  public var lostRecords: UInt64 = 0
  /// Time of the latest message that is on storage, nanoseconds.
  public var durableThrough: UInt64 = 0
}

/// Sizes that do not depend on the storage.
enum RecorderMemory {
  /// The longest thing that is written at once: the beginning of a file, or a chunk.
  static var out: Int { 512 * 1024 }
}
