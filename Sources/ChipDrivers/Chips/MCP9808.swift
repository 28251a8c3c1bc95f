public import PerfusionCore

/// Microchip MCP9808, 0.25 K thermometer, 1/16 K and 250 ms a conversion.
///
/// Channel 0: degC. The part has no ready flag: it is read no sooner than a conversion takes.
public struct MCP9808: BitwiseCopyable, Sendable {
  // MCP9808 data sheet DS25095A, register 5-1...5-5.
  @usableFromInline static var configuration: UInt8 { 0x01 }
  @usableFromInline static var ambient: UInt8 { 0x05 }
  @usableFromInline static var manufacturer: UInt8 { 0x06 }
  @usableFromInline static var device: UInt8 { 0x07 }
  @usableFromInline static var resolution: UInt8 { 0x08 }
  @usableFromInline static var conversionMicroseconds: Int64 { 250_000 }

  @usableFromInline var address: I2CAddress
  @usableFromInline var isConfigured = false
  @usableFromInline var freshAfter = Instant.start

  /// Makes the driver.
  public init(address: I2CAddress) { self.address = address }
  /// Forgets that the chip was configured.
  @inlinable public mutating func restart() { isConfigured = false }
  /// The chip is configured.
  @inlinable public var isReady: Bool { isConfigured }

  /// Takes a conversion once it must be new.
  @inlinable public mutating func visit(
    bus: inout some I2CBus & ~Copyable, now: Instant, samples: inout ChannelSamples
  ) throws(BusError) {
    guard isConfigured else { return try configure(&bus, now: now) }
    guard now >= freshAfter else { return }
    let settings = try bus.readWord(address, register: MCP9808.configuration)
    guard settings & 0x0700 == 0 else { throw .verifyFailed }
    let word = try bus.readWord(address, register: MCP9808.ambient)
    freshAfter = now.advanced(microseconds: MCP9808.conversionMicroseconds)
    // Thirteen bits, two's complement, below three alert flags.
    let counts = Int16(bitPattern: word << 3) >> 3
    samples.set(0, Double(counts) * 0.0625, at: now)
  }

  @inlinable mutating func configure(
    _ bus: inout some I2CBus & ~Copyable, now: Instant
  ) throws(BusError) {
    let maker = try bus.readWord(address, register: MCP9808.manufacturer)
    let device = try bus.readWord(address, register: MCP9808.device)
    guard maker == 0x0054 && device >> 8 == 0x04 else { throw .wrongIdentity }
    try bus.writeWord(address, register: MCP9808.configuration, 0)
    try bus.write(address, [MCP9808.resolution, 0x03])
    let found: InlineArray<1, UInt8> = try bus.read(address, register: MCP9808.resolution)
    guard found[0] & 3 == 3 else { throw .verifyFailed }
    freshAfter = now.advanced(microseconds: MCP9808.conversionMicroseconds)
    isConfigured = true
  }
}
