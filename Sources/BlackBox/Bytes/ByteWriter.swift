/// Writes into memory that somebody else owns and keeps alive.
///
/// What does not fit is left out as a whole and remembered in `isOverfull`; nothing is ever
/// written outside the room.
@safe struct ByteWriter {
  private let base: UnsafeMutableRawPointer
  /// How many bytes there is room for.
  let capacity: Int
  /// How many bytes were written.
  private(set) var count = 0
  /// Something did not fit since the last `clear`.
  private(set) var isOverfull = false

  /// A writer into the first `capacity` bytes at `base`.
  init(_ base: UnsafeMutableRawPointer, capacity: Int) {
    unsafe self.base = base
    self.capacity = capacity
  }

  /// What was written; valid until the next change.
  var written: UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(start: base, count: count)
  }
  /// Room behind what was written, for somebody who fills it himself and calls `advance`.
  var free: UnsafeMutableRawBufferPointer {
    unsafe UnsafeMutableRawBufferPointer(start: base + count, count: capacity - count)
  }
  /// Bytes that still fit.
  var room: Int { capacity - count }

  /// Forgets everything.
  mutating func clear() {
    count = 0
    isOverfull = false
  }
  /// Takes back what was written after a place.
  mutating func rewind(to place: Int) { if place >= 0 && place <= count { count = place } }
  /// Counts bytes that were put into `free`.
  mutating func advance(_ length: Int) { count = min(capacity, count + max(0, length)) }

  /// Appends one byte.
  @inline(__always) mutating func byte(_ value: UInt8) {
    guard count < capacity else { return isOverfull = true }
    unsafe base.storeBytes(of: value, toByteOffset: count, as: UInt8.self)
    count += 1
  }

  /// Appends an integer, least significant byte first.
  @inline(__always) mutating func integer<T: FixedWidthInteger & BitwiseCopyable>(_ value: T) {
    let size = MemoryLayout<T>.size
    guard count <= capacity - size else { return isOverfull = true }
    unsafe base.storeBytes(of: value.littleEndian, toByteOffset: count, as: T.self)
    count += size
  }

  /// Replaces an integer that was written before.
  mutating func replace<T: FixedWidthInteger & BitwiseCopyable>(_ value: T, at place: Int) {
    guard place >= 0 && place <= count - MemoryLayout<T>.size else { return }
    unsafe base.storeBytes(of: value.littleEndian, toByteOffset: place, as: T.self)
  }

  /// Appends bytes.
  mutating func bytes(_ source: UnsafeRawBufferPointer) {
    guard source.count <= room else { return isOverfull = true }
    guard let start = source.baseAddress else { return }
    unsafe (base + count).copyMemory(from: start, byteCount: source.count)
    count += source.count
  }

  /// Appends bytes.
  mutating func bytes(_ source: Span<UInt8>) {
    unsafe source.withUnsafeBytes { buffer in unsafe bytes(buffer) }
  }

  /// Appends an integer in protobuf's variable length.
  @inline(__always) mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      byte(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    byte(UInt8(truncatingIfNeeded: rest))
  }

  /// Moves what follows a place up by some bytes and leaves a gap there.
  mutating func open(gap: Int, at place: Int) {
    guard gap <= room && place >= 0 && place <= count else { return isOverfull = true }
    unsafe (base + place + gap).copyMemory(from: base + place, byteCount: count - place)
    count += gap
  }
  /// Puts one byte over another.
  mutating func put(_ value: UInt8, at place: Int) {
    guard place >= 0 && place < count else { return }
    unsafe base.storeBytes(of: value, toByteOffset: place, as: UInt8.self)
  }
}
