public import ChipDrivers

/// How many nets a part feels. Their order and units:
///
/// | part | nets |
/// | --- | --- |
/// | ADS1115 | 0...3 volts at AIN0...AIN3 |
/// | SSC, ABP2 | 0 mmHg at the port, 1 degC |
/// | NAU7802 | 0 and 1 volts between the inputs of channel 1 and 2 |
/// | TMP117, MCP9808, DS3231 | 0 degC |
/// | MCP9600 | 0 hot and 1 cold junction, degC |
/// | SLF3S | 0 ml/min, 1 degC, 2 air in line (0 or 1) |
/// | AS5600 | 0 turns, accumulated, 1 magnet strength (1 nominal) |
/// | PCA9685 | 0 OE pin (0 lets the outputs through) |
/// | MCP4728 | 0 LDAC pin (0 moves the outputs at once) |
/// | MCP23017 | 0...15 levels at GPA0...GPA7, GPB0...GPB7 |
/// | INA226 | 0 amperes, 1 volts on the bus |
/// | INA228 | 0 amperes, 1 volts on the bus, 2 degC of the die |
/// | FDC1004 | 0...3 picofarads at CIN1...CIN4 |
/// | 24LC256 | 0 WP pin (1 protects) |
/// | MCP4725, TCA9548A, none | no nets |
public func netCount(of part: ChipPart) -> Int {
  switch part {
  case .none, .mcp4725, .tca9548a: 0
  case .tmp117, .mcp9808, .ds3231, .pca9685, .mcp4728, .eeprom24LC256: 1
  case .honeywellSSC, .honeywellABP2, .nau7802, .mcp9600, .as5600, .ina226: 2
  case .slf3s, .ina228: 3
  case .ads1115, .fdc1004: 4
  case .mcp23017: 16
  }
}

/// A sound, powered chip as it sits on a commissioned board, or nil for `none`.
///
/// Commissioned means: the clock is set (2026-01-01 00:00:00 at virtual time zero) and the DACs'
/// EEPROMs hold code 0 on the supply as reference, as docs/domain.md 10.1 asks. Make a model
/// directly for a part ex factory. Its nets are `firstNet..<firstNet + netCount(of: part)`; output
/// pins are those of the model's documentation.
public func makeModel(
  part: ChipPart, nets: Nets, firstNet: Int, seed: UInt64
) -> (any ChipModel)? {
  switch part {
  case .none: return nil
  case .ads1115(_, let fullScale):
    return ADS1115Model(nets: nets, firstNet: firstNet, fullScale: fullScale)
  case .honeywellSSC(let lowest, let highest):
    return HoneywellSSCModel(nets: nets, firstNet: firstNet, lowest: lowest, highest: highest)
  case .honeywellABP2(let lowest, let highest):
    return HoneywellABP2Model(nets: nets, firstNet: firstNet, lowest: lowest, highest: highest)
  case .nau7802: return NAU7802Model(nets: nets, firstNet: firstNet)
  case .tmp117: return TMP117Model(nets: nets, firstNet: firstNet, seed: seed)
  case .mcp9808: return MCP9808Model(nets: nets, firstNet: firstNet)
  case .mcp9600: return MCP9600Model(nets: nets, firstNet: firstNet)
  case .slf3s(let scale):
    return SLF3SModel(nets: nets, firstNet: firstNet, scale: scale, seed: seed)
  case .as5600: return AS5600Model(nets: nets, firstNet: firstNet, seed: seed)
  case .pca9685: return PCA9685Model(nets: nets, firstNet: firstNet)
  case .mcp4725(let reference):
    return MCP4725Model(
      nets: nets, firstNet: firstNet, reference: reference, seed: seed, stored: 0)
  case .mcp4728(let reference):
    return MCP4728Model(
      nets: nets, firstNet: firstNet, reference: reference, seed: seed, stored: 0)
  case .mcp23017: return MCP23017Model(nets: nets, firstNet: firstNet)
  case .ina226(let shunt, let maximumCurrent):
    return INA226Model(
      nets: nets, firstNet: firstNet, shunt: shunt, maximumCurrent: maximumCurrent)
  case .ina228(let shunt, let maximumCurrent):
    return INA228Model(
      nets: nets, firstNet: firstNet, shunt: shunt, maximumCurrent: maximumCurrent)
  case .fdc1004: return FDC1004Model(nets: nets, firstNet: firstNet)
  case .ds3231: return DS3231Model(nets: nets, firstNet: firstNet, year: 2_026)
  case .eeprom24LC256: return EEPROM24LC256Model(nets: nets, firstNet: firstNet)
  case .tca9548a: return TCA9548AModel(nets: nets, firstNet: firstNet)
  }
}
