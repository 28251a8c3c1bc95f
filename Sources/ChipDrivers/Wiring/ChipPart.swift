/// A part number with the settings that the board file may give it.
///
/// One case is one driver file in `Chips` and one model in the virtual board. The comment says
/// what the part's channels are; channel values are in the unit named there.
public enum ChipPart: BitwiseCopyable, Sendable {
  /// An unused place.
  case none
  /// TI ADS1115, 16-bit ADC. Input channels 0...3: volts at AIN0...AIN3 against ground, those in
  /// `channels` (bit i = AINi) in turn, one a visit. `fullScale` in volts: 6.144, 4.096, 2.048,
  /// 1.024, 0.512 or 0.256.
  case ads1115(channels: UInt8, fullScale: Double)
  /// Honeywell SSC. Input channel 0: mmHg between `lowest` and `highest` at 10...90 % counts;
  /// channel 1: degC.
  case honeywellSSC(lowest: Double, highest: Double)
  /// Honeywell ABP2, 24 bits with command. Channels as `honeywellSSC`.
  case honeywellABP2(lowest: Double, highest: Double)
  /// Nuvoton NAU7802, 24-bit bridge ADC. Input channel 0: volts at the bridge output, gain 1...128.
  case nau7802(gain: UInt8)
  /// TI TMP117. Input channel 0: degC.
  case tmp117
  /// Microchip MCP9808. Input channel 0: degC.
  case mcp9808
  /// Microchip MCP9600, type K. Input channel 0: hot junction, 1: cold junction, degC.
  case mcp9600
  /// Sensirion SLF3S-0600F/1300F/4000B by `scale` counts per ml/min. Input channel 0: ml/min;
  /// channel 1: degC; channel 2: 1 with air in line.
  case slf3s(scale: Double)
  /// ams AS5600 magnetic encoder. Input channel 0: accumulated counts (4096 a turn), signed.
  case as5600
  /// NXP PCA9685. Output channels 0...15: duty 0...1 at `frequency` Hz.
  case pca9685(frequency: Double)
  /// Microchip MCP4725. Output channel 0: volts, 0...`reference`.
  case mcp4725(reference: Double)
  /// Microchip MCP4728. Output channels 0...3: volts, 0...`reference`.
  case mcp4728(reference: Double)
  /// Microchip MCP23017. Its pins are lines of the board (`LineWiring.expander`); no channels.
  case mcp23017
  /// TI INA226 with a shunt in ohms and the largest current in amperes. Input channel 0: A;
  /// channel 1: V on the bus.
  case ina226(shunt: Double, maximumCurrent: Double)
  /// TI INA228. Input channel 0: A; 1: V; 2: charge in Ah; 3: degC of the die.
  case ina228(shunt: Double, maximumCurrent: Double)
  /// TI FDC1004. Input channels 0...3: picofarads at CIN1...CIN4.
  case fdc1004
  /// Maxim DS3231. Input channel 0: degC; channel 1: 1 while the time is valid; channel 2:
  /// seconds since 2000.
  case ds3231
  /// Microchip 24LC256. No channels; holds calibration records.
  case eeprom24LC256
  /// TI TCA9548A multiplexer. No channels; other chips name it.
  case tca9548a

  /// It keeps the time of day.
  public var isClock: Bool { if case .ds3231 = self { true } else { false } }
}
