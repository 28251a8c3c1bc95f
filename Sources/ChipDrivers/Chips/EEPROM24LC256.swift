public import PerfusionCore

/// Microchip 24LC256, 32 KiB EEPROM that keeps one `EEPROMRecord` in two copies (pages 0 and 1).
///
/// Reads both copies after start-up, keeps the newer good one, and writes a new record over the
/// older copy, 32 bytes a visit, waiting for the part between visits (it does not acknowledge
/// while it writes) and reading back what it wrote. No channels.
public struct EEPROM24LC256: BitwiseCopyable, Sendable {
  // 24LC256 data sheet DS20001203W: 64-byte pages, write cycle 5 ms.
  @usableFromInline static var writeMicroseconds: Int64 { 10_000 }

  @usableFromInline enum Stage: UInt8, BitwiseCopyable, Sendable {
    case reading, idle, writing, verifying
  }
  @usableFromInline var stage = Stage.reading
  @usableFromInline var address: I2CAddress
  /// Half pages, 32 bytes each, that are done in this stage.
  @usableFromInline var half: UInt8 = 0
  @usableFromInline var target: UInt8 = 0
  @usableFromInline var newest: UInt8 = 1
  @usableFromInline var busyUntil = Instant.start
  @usableFromInline var page = InlineArray<64, UInt8>(repeating: 0)

  /// The newest good record; nothing when the part holds none or was not read yet.
  public var record: EEPROMRecord?
  /// Both copies have been read.
  public var isRead = false

  /// Makes the driver.
  public init(address: I2CAddress) { self.address = address }

  /// Begins anew by reading; an unfinished write is dropped, the other copy still stands.
  @inlinable public mutating func restart() {
    stage = .reading
    half = 0
  }
  /// Both copies have been read.
  @inlinable public var isReady: Bool { stage != .reading }
  /// A write is under way.
  @inlinable public var isWriting: Bool { stage == .writing || stage == .verifying }

  /// Begins to write a record over the older copy; false while the part is read or written.
  public mutating func write(_ new: EEPROMRecord) -> Bool {
    guard stage == .idle else { return false }
    var copy = new
    copy.sequence = (record?.sequence ?? 0) &+ 1
    page = copy.page
    target = newest ^ 1
    half = 0
    stage = .writing
    return true
  }

  /// Reads or writes 32 bytes.
  @inlinable public mutating func visit(
    bus: inout some I2CBus & ~Copyable, now: Instant
  ) throws(BusError) {
    switch stage {
    case .reading: try readCopy(&bus)
    case .idle:
      let _: InlineArray<1, UInt8> = try bus.read(address, register: 0)
    case .writing, .verifying: try carryOnWriting(&bus, now: now)
    }
  }

  @inlinable func readHalf(
    _ half: UInt8, of page: UInt8, _ bus: inout some I2CBus & ~Copyable
  ) throws(BusError) -> InlineArray<32, UInt8> {
    let pointer: InlineArray<2, UInt8> = [0, page * 64 + half * 32]
    var bytes = InlineArray<32, UInt8>(repeating: 0)
    var span = bytes.mutableSpan
    try bus.transfer(address, write: pointer.span, read: &span)
    return bytes
  }

  @inlinable mutating func readCopy(_ bus: inout some I2CBus & ~Copyable) throws(BusError) {
    let copy = half >> 1
    let bytes = try readHalf(half & 1, of: copy, &bus)
    for index in 0..<32 { page[Int(half & 1) * 32 + index] = bytes[index] }
    if half & 1 == 1 { judge(copy) }
    half += 1
    guard half == 4 else { return }
    half = 0
    isRead = true
    stage = .idle
  }

  @usableFromInline mutating func judge(_ copy: UInt8) {
    guard let found = EEPROMRecord(page: page) else { return }
    // The newer one by sequence, across the wrap of its 32 bits.
    let isNewer = record.map { Int32(bitPattern: found.sequence &- $0.sequence) > 0 } ?? true
    guard isNewer else { return }
    record = found
    newest = copy
  }

  @inlinable mutating func carryOnWriting(
    _ bus: inout some I2CBus & ~Copyable, now: Instant
  ) throws(BusError) {
    do throws(BusError) {
      if stage == .writing {
        try writeHalf(&bus)
        busyUntil = now.advanced(microseconds: EEPROM24LC256.writeMicroseconds)
      } else {
        try verifyHalf(&bus)
      }
    } catch {
      // No acknowledge is how the part says that its write cycle still runs.
      guard error == .noAcknowledge && now < busyUntil else { throw error }
      return
    }
    half += 1
    guard half == 2 else { return }
    half = 0
    if stage == .writing {
      stage = .verifying
    } else {
      judge(target)
      stage = .idle
    }
  }

  @inlinable func writeHalf(_ bus: inout some I2CBus & ~Copyable) throws(BusError) {
    var bytes = InlineArray<34, UInt8>(repeating: 0)
    bytes[1] = target * 64 + half * 32
    for index in 0..<32 { bytes[2 + index] = page[Int(half) * 32 + index] }
    try bus.write(address, bytes)
  }

  @inlinable func verifyHalf(_ bus: inout some I2CBus & ~Copyable) throws(BusError) {
    let bytes = try readHalf(half, of: target, &bus)
    for index in 0..<32 where bytes[index] != page[Int(half) * 32 + index] {
      throw .verifyFailed
    }
  }
}
