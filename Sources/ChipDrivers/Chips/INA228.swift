public import PerfusionCore

/// TI INA228, 20-bit power monitor with a charge counter.
///
/// Channel 0: amperes, 1: volts on the bus, 2: charge in ampere-hours since the chip had power,
/// 3: degC of the die. Current every visit, the other three in turn; three of sixteen visits read
/// the range, the converter's settings or the calibration back too.
public struct INA228: BitwiseCopyable, Sendable {
  // INA228 data sheet SLYS021A, table 7-3 and sections 7.6.1.1...7.6.1.18.
  @usableFromInline static var configuration: UInt8 { 0x00 }
  @usableFromInline static var converter: UInt8 { 0x01 }
  @usableFromInline static var calibration: UInt8 { 0x02 }
  @usableFromInline static var busVoltage: UInt8 { 0x05 }
  @usableFromInline static var dieTemperature: UInt8 { 0x06 }
  @usableFromInline static var current: UInt8 { 0x07 }
  @usableFromInline static var charge: UInt8 { 0x0A }
  @usableFromInline static var diagnosis: UInt8 { 0x0B }
  @usableFromInline static var manufacturer: UInt8 { 0x3E }
  @usableFromInline static var device: UInt8 { 0x3F }
  /// No initial delay, +-163.84 mV across the shunt.
  @usableFromInline static var range: UInt16 { 0 }
  /// Everything continuous, 540 us each, mean of 4.
  @usableFromInline static var settings: UInt16 { 0xF000 | 4 << 9 | 4 << 6 | 4 << 3 | 1 }
  /// Alert pin on conversion-ready; a chip that lost its power has lost this bit too.
  @usableFromInline static var alertOnReady: UInt16 { 0x4000 }
  @usableFromInline static var isFresh: UInt16 { 0x0002 }
  @usableFromInline static var memoryIsGood: UInt16 { 0x0001 }
  @usableFromInline static var mathOverflow: UInt16 { 0x0200 }

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
    amperesPerCount = maximumCurrent / 524_288
    let word = shunt > 0 && maximumCurrent > 0 ? 13_107.2e6 * amperesPerCount * shunt : 1
    scaleWord = max(1, Words.code(word, highest: 0x7FFF))
    if shunt > 0 { amperesPerCount = Double(scaleWord) / (13_107.2e6 * shunt) }
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
        address, manufacturer: INA228.manufacturer, die: INA228.device, part: 0x228)
      try checkMemory(try bus.readWord(address, register: INA228.diagnosis))
      try bus.setWord(address, register: INA228.configuration, INA228.range)
      try bus.setWord(address, register: INA228.converter, INA228.settings)
      stage = .scale
    case .scale:
      try bus.setWord(address, register: INA228.calibration, scaleWord)
      try bus.writeWord(address, register: INA228.diagnosis, INA228.alertOnReady)
      stage = .running
    case .running:
      try collect(&bus, now: now, samples: &samples)
    }
  }

  /// A trim memory with a wrong check sum makes every value doubtful.
  @inlinable func checkMemory(_ state: UInt16) throws(BusError) {
    guard state & INA228.memoryIsGood != 0 else { throw .chipFault }
  }

  @inlinable func verify(_ place: UInt8, _ bus: inout some I2CBus & ~Copyable) throws(BusError) {
    switch place {
    case 0: try bus.expectWord(address, register: INA228.configuration, INA228.range)
    case 1: try bus.expectWord(address, register: INA228.converter, INA228.settings)
    default: try bus.expectWord(address, register: INA228.calibration, scaleWord)
    }
  }

  @inlinable mutating func collect(
    _ bus: inout some I2CBus & ~Copyable, now: Instant, samples: inout ChannelSamples
  ) throws(BusError) {
    let state = try bus.readWord(address, register: INA228.diagnosis)
    guard state & INA228.alertOnReady != 0 else { throw .verifyFailed }
    try checkMemory(state)
    guard state & INA228.isFresh != 0 else { return }
    let bytes: InlineArray<3, UInt8> = try bus.read(address, register: INA228.current)
    let counts = Words.signed24(bytes[0], bytes[1], bytes[2]) >> 4
    samples.set(
      0, Double(counts) * amperesPerCount, at: now,
      quality: state & INA228.mathOverflow != 0 ? .outOfRange : .valid)
    // Beside the values, which take turns already: a voltage that waits for a check grows stale.
    if let place = check.next(of: 3) { try verify(place, &bus) }
    try collectOther(&bus, now: now, samples: &samples)
  }

  @inlinable mutating func collectOther(
    _ bus: inout some I2CBus & ~Copyable, now: Instant, samples: inout ChannelSamples
  ) throws(BusError) {
    turn = turn >= 2 ? 0 : turn &+ 1
    switch turn {
    case 0:
      let bytes: InlineArray<5, UInt8> = try bus.read(address, register: INA228.charge)
      var counts = Int64(Int8(bitPattern: bytes[0]))
      for index in 1..<5 { counts = counts << 8 | Int64(bytes[index]) }
      samples.set(2, Double(counts) * amperesPerCount / 3600, at: now)
    case 1:
      let bytes: InlineArray<3, UInt8> = try bus.read(address, register: INA228.busVoltage)
      let counts = Words.unsigned24(bytes[0], bytes[1], bytes[2]) >> 4
      samples.set(1, Double(counts) * 195.3125e-6, at: now)
    default:
      let bytes: InlineArray<2, UInt8> = try bus.read(address, register: INA228.dieTemperature)
      samples.set(3, Words.signed16(bytes[0], bytes[1]) * 0.0078125, at: now)
    }
  }
}
