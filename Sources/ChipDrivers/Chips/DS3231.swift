public import PerfusionCore

/// Maxim DS3231 real-time clock.
///
/// Channel 0: degC of the crystal, channel 1: 1 while the time is valid. The time itself is for
/// the log only and never enters control (docs/domain.md HZ-49).
public struct DS3231: BitwiseCopyable, Sendable {
  // DS3231 data sheet 19-5170, figure 1.
  @usableFromInline static var control: UInt8 { 0x0E }
  @usableFromInline static var status: UInt8 { 0x0F }
  /// Oscillator on from the battery too, no square wave, no alarms.
  @usableFromInline static var settings: UInt8 { 0x04 }
  @usableFromInline static var oscillatorStopped: UInt8 { 0x80 }

  @usableFromInline var address: I2CAddress
  @usableFromInline var isConfigured = false

  /// Makes the driver.
  public init(address: I2CAddress) { self.address = address }
  /// Forgets that the chip was configured.
  @inlinable public mutating func restart() { isConfigured = false }
  /// The chip is configured.
  @inlinable public var isReady: Bool { isConfigured }

  /// Reads status, aging and temperature in one burst.
  @inlinable public mutating func visit(
    bus: inout some I2CBus & ~Copyable, now: Instant, samples: inout ChannelSamples
  ) throws(BusError) {
    guard isConfigured else { return try configure(&bus) }
    let bytes: InlineArray<4, UInt8> = try bus.read(address, register: DS3231.status)
    samples.set(0, Words.signed16(bytes[2], bytes[3] & 0xC0) / 256, at: now)
    samples.set(1, bytes[0] & DS3231.oscillatorStopped == 0 ? 1 : 0, at: now)
  }

  @inlinable mutating func configure(_ bus: inout some I2CBus & ~Copyable) throws(BusError) {
    try bus.write(address, [DS3231.control, DS3231.settings])
    let found: InlineArray<1, UInt8> = try bus.read(address, register: DS3231.control)
    guard found[0] & 0xDF == DS3231.settings else { throw .verifyFailed }
    isConfigured = true
  }
}
