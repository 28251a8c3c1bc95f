public import ChipDrivers

extension PartFacts {
  /// Every part that a board file may name.
  static let catalogue: [PartFacts] = [
    PartFacts(
      "ADS1115", Array(0x48...0x4B), shortest: 0.0012, usual: 0.005, read: PartSettings.ads1115),
    PartFacts(
      "SSC", [0x28, 0x38, 0x48, 0x58, 0x68], usual: 0.005
    ) { section in
      PartSettings.range(section).map {
        .honeywellSSC(lowest: $0.lowerBound, highest: $0.upperBound)
      }
    },
    PartFacts(
      "ABP2", [0x28, 0x38, 0x48, 0x58, 0x68], shortest: 0.005, usual: 0.01
    ) { section in
      PartSettings.range(section).map {
        .honeywellABP2(lowest: $0.lowerBound, highest: $0.upperBound)
      }
    },
    PartFacts(
      "NAU7802", [0x2A], shortest: 0.003125, usual: 0.02, read: PartSettings.nau7802),
    PartFacts("TMP117", Array(0x48...0x4B), shortest: 0.0155, usual: 0.25) { _ in .tmp117 },
    PartFacts("MCP9808", Array(0x18...0x1F), shortest: 0.25, usual: 0.25) { _ in .mcp9808 },
    PartFacts(
      "MCP9600", Array(0x60...0x67), shortest: 0.32, usual: 0.5
    ) { _ in .mcp9600 },
    PartFacts("SLF3S", [0x08], usual: 0.05, read: PartSettings.slf3s),
    PartFacts("AS5600", [0x36], usual: 0.005) { _ in .as5600 },
    PartFacts("PCA9685", Array(0x40...0x77), usual: 0.02, read: PartSettings.pca9685),
    PartFacts("MCP4725", Array(0x60...0x67), usual: 0.01) { section in
      PartSettings.reference(section).map { .mcp4725(reference: $0) }
    },
    PartFacts("MCP4728", Array(0x60...0x67), usual: 0.01) { section in
      PartSettings.reference(section).map { .mcp4728(reference: $0) }
    },
    PartFacts("MCP23017", Array(0x20...0x27), usual: 0.01) { _ in
      .mcp23017
    },
    PartFacts("INA226", Array(0x40...0x4F), usual: 0.01) { section in
      PartSettings.shunt(section).map { .ina226(shunt: $0.shunt, maximumCurrent: $0.current) }
    },
    PartFacts("INA228", Array(0x40...0x4F), usual: 0.1) { section in
      PartSettings.shunt(section).map { .ina228(shunt: $0.shunt, maximumCurrent: $0.current) }
    },
    PartFacts("FDC1004", [0x50], shortest: 0.01, usual: 0.04) { _ in .fdc1004 },
    PartFacts("DS3231", [0x68], usual: 1) { _ in .ds3231 },
    PartFacts("24LC256", Array(0x50...0x57), usual: 1) { _ in .eeprom24LC256 },
    PartFacts("TCA9548A", Array(0x70...0x77), usual: 1) { _ in .tca9548a },
  ]

  static func named(_ name: String) -> PartFacts? { catalogue.first { $0.name == name } }

  static func of(_ part: ChipPart) -> PartFacts? { named(part.catalogueName) }
}

extension ChipPart {
  /// The name of the part with its article.
  var named: String {
    let name = catalogueName
    let isSpelledWithVowel = name.first.map { "AEFHILMNORSX".contains($0) } ?? false
    return "\(isSpelledWithVowel ? "an" : "a") \(name)"
  }

  /// The name of the part in a board file.
  public var catalogueName: String {
    switch self {
    case .none: "none"
    case .ads1115: "ADS1115"
    case .honeywellSSC: "SSC"
    case .honeywellABP2: "ABP2"
    case .nau7802: "NAU7802"
    case .tmp117: "TMP117"
    case .mcp9808: "MCP9808"
    case .mcp9600: "MCP9600"
    case .slf3s: "SLF3S"
    case .as5600: "AS5600"
    case .pca9685: "PCA9685"
    case .mcp4725: "MCP4725"
    case .mcp4728: "MCP4728"
    case .mcp23017: "MCP23017"
    case .ina226: "INA226"
    case .ina228: "INA228"
    case .fdc1004: "FDC1004"
    case .ds3231: "DS3231"
    case .eeprom24LC256: "24LC256"
    case .tca9548a: "TCA9548A"
    }
  }
}
