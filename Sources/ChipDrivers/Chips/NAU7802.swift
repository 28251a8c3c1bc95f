public import PerfusionCore

/// Nuvoton NAU7802, 24-bit bridge ADC at 320 samples a second from its own 3.0 V regulator.
///
/// Channel 0: volts between the bridge's outputs. Initialisation is a chain of short visits:
/// reset, power, settings, offset calibration, conversion. Every visit reads gain and rate back before
/// it believes a result: another gain would show a fraction of the pressure.
public struct NAU7802: BitwiseCopyable, Sendable {
  // NAU7802 data sheet rev 1.7, section 11.
  @usableFromInline static var powerControl: UInt8 { 0x00 }
  @usableFromInline static var control1: UInt8 { 0x01 }
  @usableFromInline static var control2: UInt8 { 0x02 }
  @usableFromInline static var output: UInt8 { 0x12 }
  @usableFromInline static var chopper: UInt8 { 0x15 }
  @usableFromInline static var powerStage: UInt8 { 0x1C }
  @usableFromInline static var revision: UInt8 { 0x1F }
  /// Digital and analogue on, own regulator, conversions running.
  @usableFromInline static var running: UInt8 { 0x96 }
  @usableFromInline static var rate: UInt8 { 0x70 }
  @usableFromInline static var calibrate: UInt8 { 0x04 }
  @usableFromInline static var regulatorVolts: Double { 3.0 }
  @usableFromInline static var giveUpMicroseconds: Int64 { 2_000_000 }

  @usableFromInline enum Stage: UInt8, BitwiseCopyable, Sendable {
    case reset, powerUp, analogue, settings, calibration, calibrating, running
  }
  @usableFromInline var stage = Stage.reset
  @usableFromInline var address: I2CAddress
  @usableFromInline var gainCode: UInt8
  @usableFromInline var voltsPerCount: Double
  @usableFromInline var stageSince = Instant.start

  /// Makes the driver; `gain` is the nearest power of two downwards, 1...128.
  public init(address: I2CAddress, gain: UInt8) {
    self.address = address
    gainCode = 0
    while gainCode < 7 && gain >> (gainCode + 1) != 0 { gainCode += 1 }
    // Full scale is half the reference, divided by the gain, at 2^23 counts.
    voltsPerCount = 0.5 * NAU7802.regulatorVolts / Double(1 << Int(gainCode)) / 8_388_608
  }

  /// Begins initialisation anew.
  @inlinable public mutating func restart() { stage = .reset }
  /// Conversions run.
  @inlinable public var isReady: Bool { stage == .running }

  @inlinable var settings1: UInt8 { 5 << 3 | gainCode }

  /// One step of initialisation, or one result.
  @inlinable public mutating func visit(
    bus: inout some I2CBus & ~Copyable, now: Instant, samples: inout ChannelSamples
  ) throws(BusError) {
    switch stage {
    case .running: try collect(&bus, now: now, samples: &samples)
    case .calibration, .calibrating: try calibrate(&bus, now: now)
    case .reset, .powerUp, .analogue, .settings: try powerUp(&bus, now: now)
    }
  }

  @inlinable mutating func enter(_ next: Stage, _ now: Instant) {
    stage = next
    stageSince = now
  }

  @inlinable func expect(_ done: Bool, _ now: Instant) throws(BusError) -> Bool {
    if !done && now.microseconds &- stageSince.microseconds > NAU7802.giveUpMicroseconds {
      throw .notReady
    }
    return done
  }

  @inlinable mutating func powerUp(
    _ bus: inout some I2CBus & ~Copyable, now: Instant
  ) throws(BusError) {
    switch stage {
    case .reset:
      let found: InlineArray<1, UInt8> = try bus.read(address, register: NAU7802.revision)
      guard found[0] & 0x0F == 0x0F else { throw .wrongIdentity }
      try bus.write(address, [NAU7802.powerControl, 0x01])
      enter(.powerUp, now)
    case .powerUp:
      try bus.write(address, [NAU7802.powerControl, 0x02])
      enter(.analogue, now)
    case .analogue:
      let found: InlineArray<1, UInt8> = try bus.read(address, register: NAU7802.powerControl)
      guard try expect(found[0] & 0x08 != 0, now) else { return }
      try bus.write(address, [NAU7802.control1, settings1])
      try bus.write(address, [NAU7802.powerControl, 0x86])
      enter(.settings, now)
    default:
      try bus.write(address, [NAU7802.control2, NAU7802.rate])
      try bus.write(address, [NAU7802.chopper, 0x30])
      try bus.write(address, [NAU7802.powerStage, 0x80])
      enter(.calibration, now)
    }
  }

  @inlinable mutating func calibrate(
    _ bus: inout some I2CBus & ~Copyable, now: Instant
  ) throws(BusError) {
    guard stage == .calibrating else {
      try bus.write(address, [NAU7802.control2, NAU7802.rate | NAU7802.calibrate])
      return enter(.calibrating, now)
    }
    let found: InlineArray<2, UInt8> = try bus.read(address, register: NAU7802.control1)
    guard try expect(found[1] & NAU7802.calibrate == 0, now) else { return }
    guard found[0] == settings1 && found[1] == NAU7802.rate else { throw .verifyFailed }
    try bus.write(address, [NAU7802.powerControl, NAU7802.running])
    enter(.running, now)
  }

  @inlinable mutating func collect(
    _ bus: inout some I2CBus & ~Copyable, now: Instant, samples: inout ChannelSamples
  ) throws(BusError) {
    let state: InlineArray<3, UInt8> = try bus.read(address, register: NAU7802.powerControl)
    let isSetUp = state[1] == settings1 && state[2] == NAU7802.rate
    guard isSetUp && state[0] & NAU7802.running == NAU7802.running else { throw .verifyFailed }
    guard state[0] & 0x20 != 0 else { return }
    let bytes: InlineArray<3, UInt8> = try bus.read(address, register: NAU7802.output)
    let counts = Words.signed24(bytes[0], bytes[1], bytes[2])
    let isClipped = counts == 0x7F_FFFF || counts == -0x80_0000
    samples.set(
      0, Double(counts) * voltsPerCount, at: now, quality: isClipped ? .outOfRange : .valid)
  }
}
