public import PerfusionCore

/// TI ADS1115, 16-bit ADC: one single-shot conversion a visit, started now and collected later.
///
/// The part has no identity register and no check sum, so every visit reads the configuration
/// back before it believes a result. Channels 0...3 are volts at AIN0...AIN3.
public struct ADS1115: BitwiseCopyable, Sendable {
  // ADS1115 data sheet SBAS444D, tables 8 and 9.
  @usableFromInline static var conversionRegister: UInt8 { 0 }
  @usableFromInline static var configurationRegister: UInt8 { 1 }
  @usableFromInline static var start: UInt16 { 0x8000 }
  /// Slowest conversion at 860 samples a second: 1163 us, 10 % tolerance, 25 us wake-up.
  @inlinable public static var conversionMicroseconds: Int64 { 1310 }
  @usableFromInline static var giveUpMicroseconds: Int64 { 20_000 }

  @usableFromInline enum Stage: UInt8, BitwiseCopyable, Sendable {
    case unconfigured, idle, converting
  }
  @usableFromInline var stage = Stage.unconfigured
  @usableFromInline var address: I2CAddress
  @usableFromInline var channels: UInt8
  @usableFromInline var channel: UInt8
  @usableFromInline var gainBits: UInt16
  @usableFromInline var voltsPerCount: Double
  @usableFromInline var startedAt = Instant.start

  /// Makes the driver; `channels` bit i asks for AINi, `fullScale` is the next range upwards.
  public init(address: I2CAddress, channels: UInt8, fullScale: Double) {
    self.address = address
    self.channels = channels & 0xF
    let gain = ADS1115.gain(fullScale)
    gainBits = gain.bits
    voltsPerCount = gain.fullScale / 32768
    channel = 3
    channel = ADS1115.following(3, of: channels & 0xF)
  }

  static func gain(_ fullScale: Double) -> (bits: UInt16, fullScale: Double) {
    switch fullScale {
    case ...0.256: (5 << 9, 0.256)
    case ...0.512: (4 << 9, 0.512)
    case ...1.024: (3 << 9, 1.024)
    case ...2.048: (2 << 9, 2.048)
    case ...4.096: (1 << 9, 4.096)
    default: (0, 6.144)
    }
  }

  @inlinable static func following(_ channel: UInt8, of channels: UInt8) -> UInt8 {
    for step: UInt8 in 1...4 {
      let next = (channel &+ step) & 3
      if channels >> next & 1 != 0 { return next }
    }
    return 0
  }

  /// Single-ended AINi, single shot, 860 samples a second, comparator off.
  @inlinable func configuration(_ channel: UInt8) -> UInt16 {
    (4 | UInt16(channel & 3)) << 12 | gainBits | 0x0100 | 7 << 5 | 0x0003
  }

  /// Forgets that the chip was configured.
  @inlinable public mutating func restart() { stage = .unconfigured }
  /// The chip is configured.
  @inlinable public var isReady: Bool { stage != .unconfigured }

  /// Collects the conversion that is due and starts the next one.
  @inlinable public mutating func visit(
    bus: inout some I2CBus & ~Copyable, now: Instant, samples: inout ChannelSamples
  ) throws(BusError) {
    switch stage {
    case .unconfigured:
      try configure(&bus)
    case .converting:
      guard try collect(&bus, now: now, samples: &samples) else { return }
    case .idle: break
    }
    stage = .idle
    try bus.writeWord(
      address, register: ADS1115.configurationRegister, configuration(channel) | ADS1115.start)
    startedAt = now
    stage = .converting
  }

  @inlinable mutating func configure(_ bus: inout some I2CBus & ~Copyable) throws(BusError) {
    let wanted = configuration(channel)
    try bus.writeWord(address, register: ADS1115.configurationRegister, wanted)
    let found = try bus.readWord(address, register: ADS1115.configurationRegister)
    guard found & 0x7FFF == wanted else { throw .verifyFailed }
  }

  /// Takes the result; false while the conversion still runs.
  @inlinable mutating func collect(
    _ bus: inout some I2CBus & ~Copyable, now: Instant, samples: inout ChannelSamples
  ) throws(BusError) -> Bool {
    // The start of the conversion left the pointer at the configuration register.
    let state: InlineArray<2, UInt8> = try bus.read(address)
    let found = Words.unsigned16(state[0], state[1])
    guard found & 0x7FFF == configuration(channel) else { throw .verifyFailed }
    guard found & ADS1115.start != 0 else {
      let age = now.microseconds &- startedAt.microseconds
      guard age < ADS1115.giveUpMicroseconds else { throw .notReady }
      return false
    }
    let bytes: InlineArray<2, UInt8> = try bus.read(
      address, register: ADS1115.conversionRegister)
    let counts = Words.signed16(bytes[0], bytes[1])
    let finished = min(
      now, startedAt.advanced(microseconds: ADS1115.conversionMicroseconds))
    let isClipped = counts >= 32767 || counts <= -32768
    samples.set(
      Int(channel), counts * voltsPerCount, at: finished, quality: isClipped ? .outOfRange : .valid)
    channel = ADS1115.following(channel, of: channels)
    return true
  }
}
