public import PerfusionCore

/// Maxim DS3231 real-time clock.
///
/// Channel 0: degC of the crystal, channel 1: 1 while the time is valid, channel 2: the time, seconds
/// since 2000, faulted while it is not valid. Visits read status with temperature and the time in
/// turns. The time is for the log and for the comparison of clocks only and never enters control
/// (docs/domain.md HZ-49).
public struct DS3231: BitwiseCopyable, Sendable {
  // DS3231 data sheet 19-5170, figure 1.
  @usableFromInline static var time: UInt8 { 0x00 }
  @usableFromInline static var control: UInt8 { 0x0E }
  @usableFromInline static var status: UInt8 { 0x0F }
  /// Oscillator on from the battery too, no square wave, no alarms.
  @usableFromInline static var settings: UInt8 { 0x04 }
  @usableFromInline static var oscillatorStopped: UInt8 { 0x80 }

  @usableFromInline var address: I2CAddress
  @usableFromInline var isConfigured = false
  @usableFromInline var isTimeNext = false
  @usableFromInline var hasTime = false

  /// Makes the driver.
  public init(address: I2CAddress) { self.address = address }
  /// Forgets that the chip was configured.
  @inlinable public mutating func restart() { isConfigured = false }
  /// The chip is configured.
  @inlinable public var isReady: Bool { isConfigured }

  /// Reads status, aging and temperature in one burst, or the time in one.
  @inlinable public mutating func visit(
    bus: inout some I2CBus & ~Copyable, now: Instant, samples: inout ChannelSamples
  ) throws(BusError) {
    guard isConfigured else { return try configure(&bus) }
    if isTimeNext {
      let bytes: InlineArray<7, UInt8> = try bus.read(address, register: DS3231.time)
      tell(DS3231.seconds(bytes), now, &samples)
    } else {
      let bytes: InlineArray<4, UInt8> = try bus.read(address, register: DS3231.status)
      samples.set(0, Words.signed16(bytes[2], bytes[3] & 0xC0) / 256, at: now)
      hasTime = bytes[0] & DS3231.oscillatorStopped == 0
      samples.set(1, hasTime ? 1 : 0, at: now)
    }
    isTimeNext.toggle()
  }

  @usableFromInline func tell(
    _ seconds: Int64?, _ now: Instant, _ samples: inout ChannelSamples
  ) {
    guard hasTime, let seconds else { return samples.mark(2, .faulted, at: now) }
    samples.set(2, Double(seconds), at: now)
  }

  @inlinable mutating func configure(_ bus: inout some I2CBus & ~Copyable) throws(BusError) {
    try bus.write(address, [DS3231.control, DS3231.settings])
    let found: InlineArray<1, UInt8> = try bus.read(address, register: DS3231.control)
    guard found[0] & 0xDF == DS3231.settings else { throw .verifyFailed }
    isConfigured = true
    isTimeNext = false
  }

  /// Seconds since 2000 of the registers of the time: 24 hours a day, as the kernel keeps them;
  /// nothing when they are no time.
  @usableFromInline static func seconds(_ registers: InlineArray<7, UInt8>) -> Int64? {
    guard let second = decimal(registers[0], 0...59), let minute = decimal(registers[1], 0...59),
      let hour = decimal(registers[2], 0...23), let day = decimal(registers[4], 1...31),
      let month = decimal(registers[5] & 0x7F, 1...12), let year = decimal(registers[6], 0...99)
    else { return nil }
    // Years that begin in March end with the leap day; the days are those since March 1900.
    let years = year + (month > 2 ? 100 : 99)
    let days = years * 365 + years / 4 + (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return ((days - DS3231.daysTo2000) * 24 + hour) * 3600 + minute * 60 + second
  }

  /// From 1 March 1900, with a leap day in that year's February ever after, to 1 January 2000.
  private static var daysTo2000: Int64 { 99 * 365 + 24 + 306 }

  private static func decimal(_ byte: UInt8, _ range: ClosedRange<Int64>) -> Int64? {
    let (tens, ones) = (Int64(byte >> 4), Int64(byte & 0x0F))
    let value = tens * 10 + ones
    return ones <= 9 && range.contains(value) ? value : nil
  }
}
