import PerfusionCore

/// What a register holds: up to eight bytes, most significant first on the wire.
struct RegisterContent {
  var value: UInt64
  var width: Int

  init(_ value: UInt64, width: Int) {
    self.value = value
    self.width = width
  }
  /// A 16-bit register.
  static func word(_ value: UInt16) -> RegisterContent { RegisterContent(UInt64(value), width: 2) }
  /// An 8-bit register.
  static func byte(_ value: UInt8) -> RegisterContent { RegisterContent(UInt64(value), width: 1) }
  /// The byte at a place of the wire order; 0xFF (a released bus) past the end.
  func byte(at index: Int) -> UInt8 {
    index < width ? UInt8(truncatingIfNeeded: value >> UInt64((width - 1 - index) * 8)) : 0xFF
  }
}

/// A chip with registers of its own widths: a pointer byte, then one register's content.
public class WordRegisterChip: FaultyChip {
  final var pointer: UInt8 = 0

  /// What a register reads; side effects of reading happen here.
  func load(_ register: UInt8, at now: Instant) -> RegisterContent { .word(0) }
  /// Writes a register; `width` bytes were sent, 1 or 2.
  func store(_ value: UInt16, width: Int, in register: UInt8, at now: Instant) {}

  override final func accept(_ bytes: Span<UInt8>, at now: Instant) -> Bool {
    guard bytes.count > 0 else { return true }
    pointer = bytes[0]
    if bytes.count == 2 {
      store(UInt16(bytes[1]), width: 1, in: pointer, at: now)
    } else if bytes.count > 2 {
      store(UInt16(bytes[1]) << 8 | UInt16(bytes[2]), width: 2, in: pointer, at: now)
    }
    return true
  }

  override final func answer(into bytes: inout MutableSpan<UInt8>, at now: Instant) -> Bool {
    let content = load(pointer, at: now)
    for index in bytes.indices { bytes[index] = content.byte(at: index) }
    return true
  }
}

/// A chip with 8-bit registers and a pointer that moves on after each byte.
public class ByteRegisterChip: FaultyChip {
  final var pointer: UInt8 = 0

  /// What a register reads; side effects of reading happen here.
  func load(_ register: UInt8, at now: Instant) -> UInt8 { 0 }
  /// Writes a register.
  func store(_ byte: UInt8, in register: UInt8, at now: Instant) {}
  /// The register after this one.
  func next(after register: UInt8) -> UInt8 { register &+ 1 }
  /// A read phase begins: the moment to latch values that must belong together.
  func latch(at now: Instant) {}
  /// A write phase has ended.
  func finishWrite(at now: Instant) {}

  override final func accept(_ bytes: Span<UInt8>, at now: Instant) -> Bool {
    guard bytes.count > 0 else { return true }
    pointer = bytes[0]
    guard bytes.count > 1 else { return true }
    for index in 1..<bytes.count {
      store(bytes[index], in: pointer, at: now)
      pointer = next(after: pointer)
    }
    finishWrite(at: now)
    return true
  }

  override final func answer(into bytes: inout MutableSpan<UInt8>, at now: Instant) -> Bool {
    latch(at: now)
    for index in bytes.indices {
      bytes[index] = load(pointer, at: now)
      pointer = next(after: pointer)
    }
    return true
  }
}
