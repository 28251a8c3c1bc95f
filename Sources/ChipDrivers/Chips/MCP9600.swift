public import PerfusionCore

/// Microchip MCP9600, type K thermocouple converter; 100 kHz at most, stretches the clock.
///
/// Channel 0: hot junction, channel 1: cold junction, degC. 18-bit conversions, about 3 a second. Every
/// second result comes without the cold junction: the thermocouple's type and the device's settings are
/// read back in turn instead.
public struct MCP9600: BitwiseCopyable, Sendable {
  // MCP9600 data sheet DS20005426, table 5-1.
  @usableFromInline static var hot: UInt8 { 0x00 }
  @usableFromInline static var cold: UInt8 { 0x02 }
  @usableFromInline static var status: UInt8 { 0x04 }
  @usableFromInline static var thermocouple: UInt8 { 0x05 }
  @usableFromInline static var device: UInt8 { 0x06 }
  @usableFromInline static var identity: UInt8 { 0x20 }
  @usableFromInline static var isFresh: UInt8 { 0x40 }
  @usableFromInline static var isOutOfRange: UInt8 { 0x10 }

  @usableFromInline var address: I2CAddress
  @usableFromInline var isConfigured = false
  @usableFromInline var check = SettingsCheck()

  /// Makes the driver.
  public init(address: I2CAddress) { self.address = address }
  /// Forgets that the chip was configured.
  @inlinable public mutating func restart() { isConfigured = false }
  /// The chip is configured.
  @inlinable public var isReady: Bool { isConfigured }

  /// Takes a new conversion when there is one.
  @inlinable public mutating func visit(
    bus: inout some I2CBus & ~Copyable, now: Instant, samples: inout ChannelSamples
  ) throws(BusError) {
    guard isConfigured else { return try configure(&bus) }
    let state: InlineArray<1, UInt8> = try bus.read(address, register: MCP9600.status)
    guard state[0] & MCP9600.isFresh != 0 else { return }
    let hot: InlineArray<2, UInt8> = try bus.read(address, register: MCP9600.hot)
    if let place = check.next(of: 2, within: 4) {
      try verify(place == 0 ? MCP9600.thermocouple : MCP9600.device, &bus)
    } else {
      let cold: InlineArray<2, UInt8> = try bus.read(address, register: MCP9600.cold)
      samples.set(1, Words.signed16(cold[0], cold[1]) * 0.0625, at: now)
    }
    try bus.write(address, [MCP9600.status, state[0] & ~MCP9600.isFresh])
    if state[0] & MCP9600.isOutOfRange != 0 {
      samples.mark(0, .outOfRange, at: now)
    } else {
      samples.set(0, Words.signed16(hot[0], hot[1]) * 0.0625, at: now)
    }
  }

  /// A type K thermocouple without filter, 18 bits, awake: all bits 0.
  @inlinable func verify(
    _ register: UInt8, _ bus: inout some I2CBus & ~Copyable
  ) throws(BusError) {
    let found: InlineArray<1, UInt8> = try bus.read(address, register: register)
    guard found[0] & (register == MCP9600.thermocouple ? 0x77 : 0xFF) == 0 else {
      throw .verifyFailed
    }
  }

  @inlinable mutating func configure(_ bus: inout some I2CBus & ~Copyable) throws(BusError) {
    let found: InlineArray<2, UInt8> = try bus.read(address, register: MCP9600.identity)
    guard found[0] == 0x40 else { throw .wrongIdentity }
    try bus.write(address, [MCP9600.thermocouple, 0x00])
    try bus.write(address, [MCP9600.device, 0x00])
    try verify(MCP9600.thermocouple, &bus)
    try verify(MCP9600.device, &bus)
    isConfigured = true
  }
}
