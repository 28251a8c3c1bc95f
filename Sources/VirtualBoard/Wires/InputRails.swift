import ChipDrivers

/// What the input of a chip's channel can carry, and what it carries when its wire is open.
struct InputRails: Sendable {
  /// What an open wire does.
  enum OpenWire: Sendable, Equatable {
    /// A resistor pulls the input to the rail that lies outside the sensor's range.
    case pulled
    /// The input carries this.
    case carries(Double)
    /// The transducer is inside the chip: the chip itself is unpowered.
    case insideChip
  }

  /// Least and greatest value of the input.
  var range: ClosedRange<Double>
  /// What an open wire does.
  var open: OpenWire
  /// Input unit for each unit of the driver's channel.
  var perChannel: Double = 1

  /// The rails of the inputs of a part.
  static func of(_ part: ChipPart) -> InputRails {
    switch part {
    case .ads1115(_, let fullScale):
      InputRails(range: 0...(fullScale > 5 ? 5 : 3.3), open: .pulled)
    case .nau7802: InputRails(range: -1...1, open: .carries(1))
    case .honeywellSSC, .honeywellABP2, .slf3s:
      InputRails(range: -1e6...1e6, open: .insideChip)
    case .tmp117, .mcp9808, .ds3231: InputRails(range: -273...1000, open: .insideChip)
    case .mcp9600: InputRails(range: -200...1372, open: .carries(1372))
    case .as5600:
      InputRails(range: -1e12...1e12, open: .insideChip, perChannel: 1.0 / 4096)
    case .ina226, .ina228: InputRails(range: -1e6...1e6, open: .carries(0))
    case .fdc1004: InputRails(range: -15...115, open: .carries(0))
    case .none, .pca9685, .mcp4725, .mcp4728, .mcp23017, .eeprom24LC256, .tca9548a:
      InputRails(range: -1e6...1e6, open: .carries(0))
    }
  }

  /// The net of a driver's channel, counted from the chip's first; nothing for a channel that the
  /// chip works out itself (charge, a valid time).
  static func net(of part: ChipPart, channel: Int) -> Int? {
    switch part {
    case .ina228: [0: 0, 1: 1, 3: 2][channel]
    case .ds3231: channel == 0 ? 0 : nil
    case .pca9685, .mcp4728, .eeprom24LC256, .mcp23017: nil
    default: channel < netCount(of: part) ? channel : nil
    }
  }

  /// What a net carries that the board file wires nothing to: parts at 25 degC on a 24 V bus, a
  /// good magnet, control pins that let everything through, floating expander pins.
  static func unwired(_ part: ChipPart, net: Int) -> Double {
    switch part {
    case .honeywellSSC, .honeywellABP2, .slf3s: net == 1 ? 25 : 0
    case .tmp117, .mcp9808, .ds3231, .mcp9600: 25
    case .as5600: net == 1 ? 1 : 0
    case .ina226, .ina228: [0, 24, 25][min(max(net, 0), 2)]
    case .mcp23017: .nan
    default: 0
    }
  }
}
