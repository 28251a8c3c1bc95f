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
  /// What the input carries when the board file wires nothing to it.
  var unwired: Double = 0

  /// The rails of a channel of a part.
  static func of(_ part: ChipPart, channel: Int) -> InputRails {
    switch part {
    case .ads1115(_, let fullScale):
      InputRails(range: 0...(fullScale > 5 ? 5 : 3.3), open: .pulled)
    case .nau7802: InputRails(range: -1...1, open: .carries(1))
    case .honeywellSSC, .honeywellABP2:
      InputRails(range: -1e6...1e6, open: .insideChip, unwired: channel == 1 ? 25 : 0)
    case .tmp117, .mcp9808, .ds3231:
      InputRails(range: -273...1000, open: .insideChip, unwired: 25)
    case .mcp9600: InputRails(range: -200...1372, open: .carries(1372), unwired: 25)
    case .slf3s:
      InputRails(range: -1e6...1e6, open: .insideChip, unwired: channel == 1 ? 25 : 0)
    case .as5600:
      InputRails(range: -1e12...1e12, open: .insideChip, perChannel: 1.0 / 4096)
    case .ina226, .ina228:
      InputRails(
        range: -1e6...1e6, open: .carries(0), unwired: [0, 24, 0, 25][min(max(channel, 0), 3)])
    case .fdc1004: InputRails(range: -15...115, open: .carries(0))
    case .none, .pca9685, .mcp4725, .mcp4728, .mcp23017, .eeprom24LC256, .tca9548a:
      InputRails(range: -1e6...1e6, open: .carries(0))
    }
  }
}
