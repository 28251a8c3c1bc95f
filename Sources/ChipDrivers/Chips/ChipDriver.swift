public import PerfusionCore

/// The driver of one part.
public enum ChipPartDriver: BitwiseCopyable, Sendable {
  /// An unused place, or a part that is not visited (the multiplexer is switched by its worker).
  case none
  /// See `ADS1115`.
  case ads1115(ADS1115)
  /// See `HoneywellSSC`.
  case honeywellSSC(HoneywellSSC)
  /// See `HoneywellABP2`.
  case honeywellABP2(HoneywellABP2)
  /// See `NAU7802`.
  case nau7802(NAU7802)
  /// See `TMP117`.
  case tmp117(TMP117)
  /// See `MCP9808`.
  case mcp9808(MCP9808)
  /// See `MCP9600`.
  case mcp9600(MCP9600)
  /// See `SLF3S`.
  case slf3s(SLF3S)
  /// See `AS5600`.
  case as5600(AS5600)
  /// See `PCA9685`.
  case pca9685(PCA9685)
  /// See `MCP4725`.
  case mcp4725(MCP4725)
  /// See `MCP4728`.
  case mcp4728(MCP4728)
  /// See `MCP23017`.
  case mcp23017(MCP23017)
  /// See `INA226`.
  case ina226(INA226)
  /// See `INA228`.
  case ina228(INA228)
  /// See `FDC1004`.
  case fdc1004(FDC1004)
  /// See `DS3231`.
  case ds3231(DS3231)
  /// See `EEPROM24LC256`.
  case eeprom(EEPROM24LC256)
}

/// One chip of the board: its part's driver and its health.
///
/// `visit` is all that a worker knows: it does at most a few short transactions and returns, never
/// waits, and after an error takes care by itself that the chip is initialised again.
public struct ChipDriver: BitwiseCopyable, Sendable {
  /// How the chip fares.
  @inlinable public var health: ChipHealth { standing }
  @usableFromInline var standing = ChipHealth()
  @usableFromInline var part: ChipPartDriver

  /// An unused place.
  public init() { part = .none }

  /// The driver of a chip; `pins` matters to expanders only.
  public init(_ chip: ChipWiring, pins: ExpanderPins = ExpanderPins()) {
    part = ChipDriver.makePart(chip, pins)
  }

  /// The driver of chip `index` of the wiring; an unused place when there is none.
  public init(_ wiring: borrowing BoardWiring, chip index: Int) {
    guard let chip = wiring.chips.element(at: index) else {
      self.init()
      return
    }
    self.init(chip, pins: ExpanderPins(wiring, chip: index))
  }

  static func makePart(_ chip: ChipWiring, _ pins: ExpanderPins) -> ChipPartDriver {
    let address = chip.address
    return switch chip.part {
    case .none, .tca9548a: .none
    case .ads1115(let channels, let fullScale):
      .ads1115(ADS1115(address: address, channels: channels, fullScale: fullScale))
    case .honeywellSSC(let lowest, let highest):
      .honeywellSSC(HoneywellSSC(address: address, lowest: lowest, highest: highest))
    case .honeywellABP2(let lowest, let highest):
      .honeywellABP2(HoneywellABP2(address: address, lowest: lowest, highest: highest))
    case .nau7802(let gain): .nau7802(NAU7802(address: address, gain: gain))
    case .tmp117: .tmp117(TMP117(address: address))
    case .mcp9808: .mcp9808(MCP9808(address: address))
    case .mcp9600: .mcp9600(MCP9600(address: address))
    case .slf3s(let scale): .slf3s(SLF3S(address: address, scale: scale))
    case .as5600: .as5600(AS5600(address: address))
    case .pca9685(let frequency): .pca9685(PCA9685(address: address, frequency: frequency))
    case .mcp4725(let reference): .mcp4725(MCP4725(address: address, reference: reference))
    case .mcp4728(let reference): .mcp4728(MCP4728(address: address, reference: reference))
    case .mcp23017: .mcp23017(MCP23017(address: address, use: pins))
    case .ina226(let shunt, let current):
      .ina226(INA226(address: address, shunt: shunt, maximumCurrent: current))
    case .ina228(let shunt, let current):
      .ina228(INA228(address: address, shunt: shunt, maximumCurrent: current))
    case .fdc1004: .fdc1004(FDC1004(address: address))
    case .ds3231: .ds3231(DS3231(address: address))
    case .eeprom24LC256: .eeprom(EEPROM24LC256(address: address))
    }
  }

  /// Visits the chip: starts, collects, drives or initialises, whatever is next.
  ///
  /// While a lost chip waits for its next try nothing is transferred. When the chip is lost by
  /// this visit all its channels become `faulted`. The error is passed on so that the worker can
  /// count it; nothing needs to be done about it for this chip.
  @inlinable public mutating func visit(
    bus: inout some I2CBus & ~Copyable, now: Instant, samples: inout ChannelSamples,
    outputs: inout ChannelOutputs
  ) throws(BusError) {
    guard standing.isDue(now) else { return }
    do throws(BusError) {
      let isReady = try part.visit(bus: &bus, now: now, samples: &samples, outputs: &outputs)
      standing.succeed(isReady: isReady)
    } catch {
      fail(error, now: now, samples: &samples)
      throw error
    }
  }

  /// Counts a failure that happened on the way to the chip, for example at its multiplexer.
  public mutating func fail(_ error: BusError, now: Instant, samples: inout ChannelSamples) {
    guard standing.fail(error, at: now) else { return part.doubt() }
    part.restart()
    samples.fail()
  }

  /// The chip is initialised and answers.
  @inlinable public var isRunning: Bool { mutating get { standing.state == .running } }

  /// True unless the chip is lost and waits for its next try.
  @inlinable public mutating func isDue(_ now: Instant) -> Bool { standing.isDue(now) }

  /// Lets a lost chip be tried at its next visit.
  @inlinable public mutating func retrySoon() { standing.retrySoon() }

  /// The record of an EEPROM; nothing for another part or when it holds none.
  public var record: EEPROMRecord? {
    if case .eeprom(let memory) = part { memory.record } else { nil }
  }

  /// Begins to write the record of an EEPROM; false when that cannot be done now.
  public mutating func write(_ record: EEPROMRecord) -> Bool {
    guard case .eeprom(var memory) = part else { return false }
    let isBegun = memory.write(record)
    part = .eeprom(memory)
    return isBegun
  }
}
