/// A 7-bit I2C address, 0x08...0x77.
public struct I2CAddress: BitwiseCopyable, Hashable, Sendable {
  /// The address without the read/write bit.
  public var bits: UInt8
  /// Makes an address from its seven bits.
  @inlinable public init(_ bits: UInt8) { self.bits = bits }
}

/// What went wrong on a bus. Distinct causes stay distinct: each has its own mend.
public enum BusError: UInt8, Error, Sendable, BitwiseCopyable {
  /// Nobody acknowledged the address or a byte (ENXIO, EREMOTEIO).
  case noAcknowledge
  /// A slave held the clock longer than the adapter waits (ETIMEDOUT).
  case timeout
  /// Another master won, or the line did not follow (EAGAIN).
  case arbitrationLost
  /// The bus is stuck or the adapter reports an electrical fault (EIO).
  case busFault
  /// The adapter cannot do this kind of transfer (EOPNOTSUPP).
  case unsupported
  /// The check sum of the answer is wrong.
  case checksum
  /// A chip answered, but not with the identity of its part.
  case wrongIdentity
  /// What was read back is not what was written.
  case verifyFailed
  /// The chip was still busy when its result was due.
  case notReady
  /// The chip says itself that it is damaged: diagnostic state, memory with a wrong sum.
  case chipFault
  /// The adapter is no longer there (ENODEV), or could not be opened.
  case adapterGone
}

/// One I2C bus: combined write-then-read transfers with a repeated start between the halves.
///
/// The same drivers run over the Linux adapter and over the virtual board.
public protocol I2CBus: ~Copyable {
  /// Writes bytes to a chip, then reads bytes from it, in one transaction.
  ///
  /// An empty `write` reads only; an empty `read` writes only. On an error the contents of
  /// `read` mean nothing, and for a write it is uncertain whether the chip took it.
  mutating func transfer(
    _ address: I2CAddress, write: Span<UInt8>, read: inout MutableSpan<UInt8>
  ) throws(BusError)
}

extension I2CBus where Self: ~Copyable {
  /// Writes bytes without reading.
  @inlinable public mutating func write<let count: Int>(
    _ address: I2CAddress, _ bytes: InlineArray<count, UInt8>
  ) throws(BusError) {
    var none = MutableSpan<UInt8>()
    try transfer(address, write: bytes.span, read: &none)
  }

  /// Reads bytes after writing a register pointer.
  @inlinable public mutating func read<let count: Int>(
    _ address: I2CAddress, register: UInt8
  ) throws(BusError) -> InlineArray<count, UInt8> {
    let pointer: InlineArray<1, UInt8> = [register]
    var bytes = InlineArray<count, UInt8>(repeating: 0)
    var span = bytes.mutableSpan
    try transfer(address, write: pointer.span, read: &span)
    return bytes
  }

  /// Reads bytes without writing.
  @inlinable public mutating func read<let count: Int>(
    _ address: I2CAddress
  ) throws(BusError) -> InlineArray<count, UInt8> {
    var bytes = InlineArray<count, UInt8>(repeating: 0)
    var span = bytes.mutableSpan
    try transfer(address, write: Span<UInt8>(), read: &span)
    return bytes
  }

  /// Reads a 16-bit register, most significant byte first.
  @inlinable public mutating func readWord(
    _ address: I2CAddress, register: UInt8
  ) throws(BusError) -> UInt16 {
    let bytes: InlineArray<2, UInt8> = try read(address, register: register)
    return UInt16(bytes[0]) << 8 | UInt16(bytes[1])
  }

  /// Writes a 16-bit register and reads it back: `verifyFailed` when it is not as written.
  @inlinable public mutating func setWord(
    _ address: I2CAddress, register: UInt8, _ word: UInt16
  ) throws(BusError) {
    try writeWord(address, register: register, word)
    try expectWord(address, register: register, word)
  }

  /// Reads a 16-bit register: `verifyFailed` when it is not as it was written once.
  @inlinable public mutating func expectWord(
    _ address: I2CAddress, register: UInt8, _ word: UInt16
  ) throws(BusError) {
    guard try readWord(address, register: register) == word else { throw .verifyFailed }
  }

  /// Checks the two identity registers of a Texas Instruments power monitor: `wrongIdentity` when
  /// it is another part. The die's lowest four bits are its revision.
  @inlinable public mutating func identifyPowerMonitor(
    _ address: I2CAddress, manufacturer: UInt8, die: UInt8, part: UInt16
  ) throws(BusError) {
    let maker = try readWord(address, register: manufacturer)
    let found = try readWord(address, register: die)
    guard maker == 0x5449 && found >> 4 == part else { throw .wrongIdentity }
  }

  /// Writes a 16-bit register, most significant byte first.
  @inlinable public mutating func writeWord(
    _ address: I2CAddress, register: UInt8, _ word: UInt16
  ) throws(BusError) {
    try write(
      address, [register, UInt8(truncatingIfNeeded: word >> 8), UInt8(truncatingIfNeeded: word)])
  }
}
