internal import CLinkMessages
internal import ChipDrivers

extension Carrier {
  mutating func chip(_ message: inout perfusion_board_Chip, _ model: inout ChipWiring) {
    name(&message.id, &model.id)
    integer(&message.bus, &model.bus, 0...3)
    var address = model.address.bits
    integer(&message.address, &address, 0x08...0x77)
    model.address = I2CAddress(address)
    integer(&message.multiplexer, &model.multiplexer, -1...39)
    integer(&message.multiplexer_channel, &model.multiplexerChannel, 0...7)
    // Counted from 1, so that an image without the field names no line.
    var resetLine = model.resetLine &+ 1
    integer(&message.reset_line, &resetLine, 0...64)
    model.resetLine = resetLine &- 1
    integer(&message.every_ticks, &model.everyTicks, 1...60_000)
    part(&message, &model.part)
  }

  private mutating func part(_ message: inout perfusion_board_Chip, _ model: inout ChipPart) {
    switch direction {
    case .toMessage: PartMessage.fill(&message, model)
    case .toModel:
      if let part = PartMessage.model(message) { model = part } else { fail(.valueOutOfRange) }
    }
  }
}

/// A part with its settings, as fields of the chip's message.
enum PartMessage {
  static func fill(_ message: inout perfusion_board_Chip, _ part: ChipPart) {
    switch part {
    case .none: message.part = perfusion_board_Part_PART_NONE
    case .ads1115(let channels, let fullScale):
      message.part = perfusion_board_Part_PART_ADS1115
      message.channels = UInt32(channels)
      message.full_scale = fullScale
    case .honeywellSSC(let lowest, let highest):
      message.part = perfusion_board_Part_PART_HONEYWELL_SSC
      (message.lowest, message.highest) = (lowest, highest)
    case .honeywellABP2(let lowest, let highest):
      message.part = perfusion_board_Part_PART_HONEYWELL_ABP2
      (message.lowest, message.highest) = (lowest, highest)
    case .nau7802(let gain):
      message.part = perfusion_board_Part_PART_NAU7802
      message.gain = UInt32(gain)
    case .tmp117: message.part = perfusion_board_Part_PART_TMP117
    case .mcp9808: message.part = perfusion_board_Part_PART_MCP9808
    case .mcp9600: message.part = perfusion_board_Part_PART_MCP9600
    case .slf3s(let scale):
      message.part = perfusion_board_Part_PART_SLF3S
      message.scale = scale
    case .as5600: message.part = perfusion_board_Part_PART_AS5600
    case .pca9685(let frequency):
      message.part = perfusion_board_Part_PART_PCA9685
      message.frequency = frequency
    case .mcp4725(let reference):
      message.part = perfusion_board_Part_PART_MCP4725
      message.reference = reference
    case .mcp4728(let reference):
      message.part = perfusion_board_Part_PART_MCP4728
      message.reference = reference
    case .mcp23017: message.part = perfusion_board_Part_PART_MCP23017
    case .ina226(let shunt, let maximumCurrent):
      message.part = perfusion_board_Part_PART_INA226
      (message.shunt, message.maximum_current) = (shunt, maximumCurrent)
    case .ina228(let shunt, let maximumCurrent):
      message.part = perfusion_board_Part_PART_INA228
      (message.shunt, message.maximum_current) = (shunt, maximumCurrent)
    case .fdc1004: message.part = perfusion_board_Part_PART_FDC1004
    case .ds3231: message.part = perfusion_board_Part_PART_DS3231
    case .eeprom24LC256: message.part = perfusion_board_Part_PART_24LC256
    case .tca9548a: message.part = perfusion_board_Part_PART_TCA9548A
    }
  }

  static func model(_ message: perfusion_board_Chip) -> ChipPart? {
    switch message.part {
    case perfusion_board_Part_PART_ADS1115: converter(message)
    case perfusion_board_Part_PART_HONEYWELL_SSC: pressure(message, .honeywellSSC)
    case perfusion_board_Part_PART_HONEYWELL_ABP2: pressure(message, .honeywellABP2)
    case perfusion_board_Part_PART_NAU7802:
      (1...128).contains(message.gain) && message.gain.nonzeroBitCount == 1
        ? .nau7802(gain: UInt8(truncatingIfNeeded: message.gain)) : nil
    case perfusion_board_Part_PART_TMP117: .tmp117
    case perfusion_board_Part_PART_MCP9808: .mcp9808
    case perfusion_board_Part_PART_MCP9600: .mcp9600
    case perfusion_board_Part_PART_SLF3S:
      (1...100_000).contains(message.scale) ? .slf3s(scale: message.scale) : nil
    case perfusion_board_Part_PART_AS5600: .as5600
    case perfusion_board_Part_PART_PCA9685:
      (24...1526).contains(message.frequency) ? .pca9685(frequency: message.frequency) : nil
    case perfusion_board_Part_PART_MCP4725:
      (1...6).contains(message.reference) ? .mcp4725(reference: message.reference) : nil
    case perfusion_board_Part_PART_MCP4728:
      (1...6).contains(message.reference) ? .mcp4728(reference: message.reference) : nil
    case perfusion_board_Part_PART_MCP23017: .mcp23017
    case perfusion_board_Part_PART_INA226: current(message, .ina226)
    case perfusion_board_Part_PART_INA228: current(message, .ina228)
    case perfusion_board_Part_PART_FDC1004: .fdc1004
    case perfusion_board_Part_PART_DS3231: .ds3231
    case perfusion_board_Part_PART_24LC256: .eeprom24LC256
    case perfusion_board_Part_PART_TCA9548A: .tca9548a
    default: nil
    }
  }

  private static func converter(_ message: perfusion_board_Chip) -> ChipPart? {
    guard (1...15).contains(message.channels), (0.256...6.144).contains(message.full_scale)
    else { return nil }
    return .ads1115(
      channels: UInt8(truncatingIfNeeded: message.channels), fullScale: message.full_scale)
  }

  private enum PressurePart {
    case honeywellSSC
    case honeywellABP2
  }

  private static func pressure(
    _ message: perfusion_board_Chip, _ part: PressurePart
  ) -> ChipPart? {
    guard (-10_000...10_000).contains(message.lowest),
      (-10_000...10_000).contains(message.highest), message.lowest < message.highest
    else { return nil }
    return switch part {
    case .honeywellSSC: .honeywellSSC(lowest: message.lowest, highest: message.highest)
    case .honeywellABP2: .honeywellABP2(lowest: message.lowest, highest: message.highest)
    }
  }

  private enum CurrentPart {
    case ina226
    case ina228
  }

  private static func current(_ message: perfusion_board_Chip, _ part: CurrentPart) -> ChipPart? {
    guard (1e-5...1).contains(message.shunt), (0.001...1000).contains(message.maximum_current)
    else { return nil }
    let (shunt, maximum) = (message.shunt, message.maximum_current)
    return switch part {
    case .ina226: .ina226(shunt: shunt, maximumCurrent: maximum)
    case .ina228: .ina228(shunt: shunt, maximumCurrent: maximum)
    }
  }
}
