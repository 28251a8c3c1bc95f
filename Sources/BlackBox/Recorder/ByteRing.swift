internal import Synchronization

/// One record on its way from the tick to the recorder.
@safe struct RingRecord {
  /// The channel it belongs to.
  var channel: RecordChannel
  /// It must be durable soon: events, alarms, commands.
  var isUrgent = false
  /// It can be understood without what was recorded before: a chunk begins here.
  var opensChunk = false
  /// Microseconds since start-up.
  var moment: Int64
  /// The message.
  var payload: UnsafeRawBufferPointer

  init(channel: RecordChannel, moment: Int64, payload: UnsafeRawBufferPointer) {
    self.channel = channel
    self.moment = moment
    unsafe self.payload = payload
  }
}

/// The ring between the tick, which must never wait, and the recorder, which may: one writer, one
/// reader, no lock. A handle; copies mean the same ring.
@safe public struct ByteRing: @unchecked Sendable {
  private let base: UnsafeMutableRawPointer
  private let capacity: Int

  private static var controlSize: Int { 256 }
  private static var headerSize: Int { 24 }
  private static var skip: UInt32 { .max }

  /// A ring in at least 8 KiB of memory that outlive it, aligned to 64 bytes; 1 MiB holds a minute of a bypass
  /// machine. Whoever makes it owns the memory.
  public init(memory: UnsafeMutableRawPointer, size: Int) {
    unsafe base = memory
    capacity = max(4096, (size - ByteRing.controlSize) & ~7)
    for place in 0..<4 {
      unsafe (base + place * 64).initializeMemory(as: Atomic<Int>.self, to: Atomic(0))
    }
  }

  /// Bytes ever put in and ever taken out; flags of the reader.
  private func counter(_ place: Int) -> UnsafeMutablePointer<Atomic<Int>> {
    unsafe (base + place * 64).assumingMemoryBound(to: Atomic<Int>.self)
  }
  private var data: UnsafeMutableRawPointer { unsafe base + ByteRing.controlSize }

  /// Share of the ring that is in use, in percent.
  public var percentUsed: Int {
    let written = unsafe counter(0).pointee.load(ordering: .acquiring)
    let read = unsafe counter(1).pointee.load(ordering: .acquiring)
    return (written &- read) * 100 / capacity
  }

  /// What the recorder tells the tick.
  var health: RecorderHealth {
    get { unsafe RecorderHealth(bits: counter(2).pointee.load(ordering: .acquiring)) }
    nonmutating set { unsafe counter(2).pointee.store(newValue.bits, ordering: .releasing) }
  }

  /// How often the recorder has lost something so that the next tick must be a complete one.
  var losses: Int {
    get { unsafe counter(3).pointee.load(ordering: .acquiring) }
    nonmutating set { unsafe counter(3).pointee.store(newValue, ordering: .releasing) }
  }

  /// Puts a record in; false when there is no room. Only the tick calls it.
  func push(_ record: RingRecord) -> Bool {
    let size = unsafe ByteRing.headerSize + (record.payload.count + 7) & ~7
    let written = unsafe counter(0).pointee.load(ordering: .relaxed)
    let read = unsafe counter(1).pointee.load(ordering: .acquiring)
    var place = written % capacity
    let gap = capacity - place < size ? capacity - place : 0
    guard size <= capacity / 4, written &- read + gap + size <= capacity else { return false }
    if gap > 0 {
      unsafe data.storeBytes(of: ByteRing.skip, toByteOffset: place, as: UInt32.self)
      place = 0
    }
    let target = unsafe data + place
    unsafe target.storeBytes(of: UInt32(record.payload.count), as: UInt32.self)
    unsafe target.storeBytes(of: record.channel.rawValue, toByteOffset: 4, as: UInt8.self)
    let flags: UInt8 = (record.isUrgent ? 1 : 0) | (record.opensChunk ? 2 : 0)
    unsafe target.storeBytes(of: flags, toByteOffset: 5, as: UInt8.self)
    unsafe target.storeBytes(of: record.moment, toByteOffset: 8, as: Int64.self)
    if let source = unsafe record.payload.baseAddress {
      unsafe (target + ByteRing.headerSize).copyMemory(
        from: source, byteCount: record.payload.count)
    }
    unsafe counter(0).pointee.store(written &+ gap &+ size, ordering: .releasing)
    return true
  }

  /// The oldest record, valid until `drop`; nothing when the ring is empty. Only the recorder
  /// calls it.
  func first() -> RingRecord? {
    while true {
      let written = unsafe counter(0).pointee.load(ordering: .acquiring)
      let read = unsafe counter(1).pointee.load(ordering: .relaxed)
      guard written != read else { return nil }
      let place = read % capacity
      let source = unsafe data + place
      let length = unsafe source.load(as: UInt32.self)
      if length == ByteRing.skip {
        unsafe counter(1).pointee.store(read &+ capacity &- place, ordering: .releasing)
        continue
      }
      let flags = unsafe source.load(fromByteOffset: 5, as: UInt8.self)
      let channel = unsafe source.load(fromByteOffset: 4, as: UInt8.self)
      var record = unsafe RingRecord(
        channel: RecordChannel(rawValue: channel) ?? .loop,
        moment: source.load(fromByteOffset: 8, as: Int64.self),
        payload: UnsafeRawBufferPointer(
          start: source + ByteRing.headerSize, count: Int(length)))
      record.isUrgent = flags & 1 != 0
      record.opensChunk = flags & 2 != 0
      return record
    }
  }

  /// Takes out the record that `first` gave.
  func drop(_ record: RingRecord) {
    let size = unsafe ByteRing.headerSize + (record.payload.count + 7) & ~7
    let read = unsafe counter(1).pointee.load(ordering: .relaxed)
    unsafe counter(1).pointee.store(read &+ size, ordering: .releasing)
  }
}

/// How the recording goes, for the tick: one word.
public struct RecorderHealth: BitwiseCopyable, Sendable {
  var bits: Int

  /// The storage refuses to take more: it is full or broken.
  public var isRefused: Bool { bits & 1 != 0 }
  /// Something is later on storage than it must be: samples 1 s, events 100 ms.
  public var isLate: Bool { bits & 2 != 0 }
  /// Recording is as it must be.
  public var isGood: Bool { bits == 0 }

  init(bits: Int) { self.bits = bits }
  init(isRefused: Bool, isLate: Bool) { bits = (isRefused ? 1 : 0) | (isLate ? 2 : 0) }
}
