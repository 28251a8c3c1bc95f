public import PerfusionCore

/// TI INA226 current and power monitor, mean of four 332 us conversions (2.7 ms a result).
///
/// Channel 0: amperes, channel 1: volts on the bus (every eighth visit). Two of sixteen visits read the
/// configuration and the calibration back instead.
public struct INA226: BitwiseCopyable, Sendable {
  // INA226 data sheet SBOS547A, table 2 and sections 7.6.1...7.6.9.
  @usableFromInline static var configuration: UInt8 { 0x00 }
  @usableFromInline static var busVoltage: UInt8 { 0x02 }
  @usableFromInline static var current: UInt8 { 0x04 }
  @usableFromInline static var calibration: UInt8 { 0x05 }
  @usableFromInline static var mask: UInt8 { 0x06 }
  @usableFromInline static var manufacturer: UInt8 { 0xFE }
  @usableFromInline static var die: UInt8 { 0xFF }
  @usableFromInline static var settings: UInt16 { 0x4297 }
  /// Alert pin on conversion-ready; a chip that lost its power has lost this bit too.
  @usableFromInline static var alertOnReady: UInt16 { 0x0400 }
  @usableFromInline static var isFresh: UInt16 { 0x0008 }
  @usableFromInline static var overflow: UInt16 { 0x0004 }

  @usableFromInline enum Stage: UInt8, BitwiseCopyable, Sendable { case identify, scale, running }
  @usableFromInline var stage = Stage.identify
  @usableFromInline var address: I2CAddress
  @usableFromInline var turn: UInt8 = 0
  @usableFromInline var check = SettingsCheck()
  @usableFromInline var scaleWord: UInt16
  @usableFromInline var amperesPerCount: Double

  /// Makes the driver; shunt in ohms, current in amperes, both positive.
  public init(address: I2CAddress, shunt: Double, maximumCurrent: Double) {
    self.address = address
    amperesPerCount = maximumCurrent / 32768
    let word = shunt > 0 && maximumCurrent > 0 ? 0.00512 / (amperesPerCount * shunt) : 1
    scaleWord = max(1, Words.code(word, highest: 0x7FFF))
    // The chip multiplies by the rounded word, so the unit of a count follows from that word.
    if shunt > 0 { amperesPerCount = 0.00512 / (Double(scaleWord) * shunt) }
  }
  /// Begins initialisation anew.
  @inlinable public mutating func restart() { stage = .identify }
  /// The chip is configured.
  @inlinable public var isReady: Bool { stage == .running }

  /// One step of initialisation, or one result.
  @inlinable public mutating func visit(
    bus: inout some I2CBus & ~Copyable, now: Instant, samples: inout ChannelSamples
  ) throws(BusError) {
    switch stage {
    case .identify:
      try bus.identifyPowerMonitor(
        address, manufacturer: INA226.manufacturer, die: INA226.die, part: 0x226)
      try bus.setWord(address, register: INA226.configuration, INA226.settings)
      stage = .scale
    case .scale:
      try bus.setWord(address, register: INA226.calibration, scaleWord)
      try bus.writeWord(address, register: INA226.mask, INA226.alertOnReady)
      stage = .running
    case .running:
      try collect(&bus, now: now, samples: &samples)
    }
  }

  @inlinable func verify(_ place: UInt8, _ bus: inout some I2CBus & ~Copyable) throws(BusError) {
    let isFirst = place == 0
    try bus.expectWord(
      address, register: isFirst ? INA226.configuration : INA226.calibration,
      isFirst ? INA226.settings : scaleWord)
  }

  @inlinable mutating func collect(
    _ bus: inout some I2CBus & ~Copyable, now: Instant, samples: inout ChannelSamples
  ) throws(BusError) {
    let state = try bus.readWord(address, register: INA226.mask)
    guard state & INA226.alertOnReady != 0 else { throw .verifyFailed }
    guard state & INA226.isFresh != 0 else { return }
    if let place = check.next(of: 2) { return try verify(place, &bus) }
    turn = turn &+ 1
    if turn & 7 == 1 {
      let volts = try bus.readWord(address, register: INA226.busVoltage)
      return samples.set(1, Double(volts) * 0.00125, at: now)
    }
    let bytes: InlineArray<2, UInt8> = try bus.read(address, register: INA226.current)
    let quality: Quality = state & INA226.overflow != 0 ? .outOfRange : .valid
    samples.set(
      0, Words.signed16(bytes[0], bytes[1]) * amperesPerCount, at: now, quality: quality)
  }
}
