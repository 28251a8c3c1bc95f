public import PerfusionCore

/// TI TMP117, 0.1 K thermometer, converting by itself: mean of 8, every 125 ms.
///
/// Channel 0: degC.
public struct TMP117: BitwiseCopyable, Sendable {
  // TMP117 data sheet SNOSD82, tables 7-1...7-6.
  @usableFromInline static var temperature: UInt8 { 0x00 }
  @usableFromInline static var configuration: UInt8 { 0x01 }
  @usableFromInline static var identity: UInt8 { 0x0F }
  /// Continuous, conversion cycle code 1 (125 ms with 8 means).
  @usableFromInline static var settings: UInt16 { 0x00A0 }
  /// Mode, cycle and mean bits; the rest are flags.
  @usableFromInline static var settingsMask: UInt16 { 0x0FE0 }
  @usableFromInline static var isFresh: UInt16 { 0x2000 }

  @usableFromInline var address: I2CAddress
  @usableFromInline var isConfigured = false

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
    let state = try bus.readWord(address, register: TMP117.configuration)
    guard state & TMP117.settingsMask == TMP117.settings else { throw .verifyFailed }
    guard state & TMP117.isFresh != 0 else { return }
    let bytes: InlineArray<2, UInt8> = try bus.read(address, register: TMP117.temperature)
    samples.set(0, Words.signed16(bytes[0], bytes[1]) * 0.0078125, at: now)
  }

  @inlinable mutating func configure(_ bus: inout some I2CBus & ~Copyable) throws(BusError) {
    let identity = try bus.readWord(address, register: TMP117.identity)
    guard identity & 0x0FFF == 0x0117 else { throw .wrongIdentity }
    try bus.writeWord(address, register: TMP117.configuration, TMP117.settings)
    let found = try bus.readWord(address, register: TMP117.configuration)
    guard found & TMP117.settingsMask == TMP117.settings else { throw .verifyFailed }
    isConfigured = true
  }
}
