internal import ChipDrivers

extension ChipPart {
  /// The channels that can be read, in the order of the comment at the part.
  var inputs: [ChannelFacts] {
    switch self {
    case .ads1115(_, let fullScale):
      // Against ground and within the supply of 5 V.
      Array(repeating: ChannelFacts(.voltage, "V", 0...min(fullScale, 5)), count: 4)
    case .honeywellSSC(let lowest, let highest), .honeywellABP2(let lowest, let highest):
      [
        ChannelFacts(.pressure, "mmHg", lowest...highest),
        ChannelFacts(.temperature, "degC", -50...150),
      ]
    case .nau7802(let gain):
      [ChannelFacts(.voltage, "V", -3 / Double(gain)...3 / Double(gain))]
    case .tmp117: [ChannelFacts(.temperature, "degC", -55...150)]
    case .mcp9808: [ChannelFacts(.temperature, "degC", -40...125)]
    case .mcp9600:
      [
        ChannelFacts(.temperature, "degC", -200...1372),
        ChannelFacts(.temperature, "degC", -40...125),
      ]
    case .slf3s(let scale):
      [
        ChannelFacts(.flow, "ml/min", -32_767 / scale...32_767 / scale),
        ChannelFacts(.temperature, "degC", -40...125), ChannelFacts(.state, "(0 or 1)", 0...1),
      ]
    case .as5600: [ChannelFacts(.counts, "counts", -1e15...1e15)]
    case .ina226(_, let current):
      [ChannelFacts(.current, "A", -current...current), ChannelFacts(.voltage, "V", 0...36)]
    case .ina228(_, let current):
      [
        ChannelFacts(.current, "A", -current...current), ChannelFacts(.voltage, "V", 0...85),
        ChannelFacts(.charge, "Ah", -10_000...10_000),
        ChannelFacts(.temperature, "degC", -40...125),
      ]
    case .fdc1004: Array(repeating: ChannelFacts(.capacitance, "pF", -15...111.9), count: 4)
    case .ds3231:
      [ChannelFacts(.temperature, "degC", -40...85), ChannelFacts(.state, "(0 or 1)", 0...1)]
    case .none, .pca9685, .mcp4725, .mcp4728, .mcp23017, .eeprom24LC256, .tca9548a: []
    }
  }

  /// The channels that can be driven.
  var outputs: [ChannelFacts] {
    switch self {
    case .pca9685: Array(repeating: ChannelFacts.duty, count: 16)
    case .mcp4725(let reference): [ChannelFacts(.voltage, "V", 0...reference)]
    case .mcp4728(let reference):
      Array(repeating: ChannelFacts(.voltage, "V", 0...reference), count: 4)
    case .none, .ads1115, .honeywellSSC, .honeywellABP2, .nau7802, .tmp117, .mcp9808, .mcp9600,
      .slf3s, .as5600, .mcp23017, .ina226, .ina228, .fdc1004, .ds3231, .eeprom24LC256, .tca9548a:
      []
    }
  }
}
