extension ChipPart {
  /// What one visit costs at most once the chip is initialised (docs/domain.md 10.3).
  ///
  /// Visits that initialise a chip may cost up to three transactions more; the ceiling leaves room
  /// for them.
  public var visitCost: TransferCost {
    let word = TransferCost(write: 1, read: 2)
    return switch self {
    case .none, .tca9548a: .none
    case .ads1115: TransferCost(write: 0, read: 2) + word + TransferCost(write: 3, read: 0)
    case .honeywellSSC: TransferCost(write: 0, read: 4)
    case .honeywellABP2: TransferCost(write: 3, read: 0) + TransferCost(write: 0, read: 7)
    case .nau7802: TransferCost(write: 1, read: 3) + TransferCost(write: 1, read: 3)
    case .tmp117, .mcp9808, .ina226: word + word
    case .mcp9600: TransferCost(write: 1, read: 1) + word + word + TransferCost(write: 2, read: 0)
    case .slf3s: TransferCost(write: 0, read: 9)
    case .as5600: TransferCost(write: 1, read: 3)
    case .pca9685: TransferCost(write: 5, read: 0) + TransferCost(write: 1, read: 4)
    case .mcp4725: TransferCost(write: 2, read: 0) + TransferCost(write: 0, read: 3)
    case .mcp4728: TransferCost(write: 0, read: 24)
    case .mcp23017: TransferCost(write: 1, read: 4) + TransferCost(write: 1, read: 4)
    case .ina228: word + word + TransferCost(write: 1, read: 3) + TransferCost(write: 1, read: 5)
    case .fdc1004: word + word + word
    case .ds3231: TransferCost(write: 1, read: 7)
    case .eeprom24LC256: TransferCost(write: 2, read: 32)
    }
  }

  /// What switching a multiplexer costs, read-back included.
  public static var switchCost: TransferCost { TransferCost(write: 1, read: 1) }

  /// The part drives something, so it comes first in the tick.
  public var isActuator: Bool {
    switch self {
    case .pca9685, .mcp4725, .mcp4728, .mcp23017: true
    default: false
    }
  }

  /// The worker visits it; a multiplexer is only switched.
  public var isVisited: Bool {
    switch self {
    case .none, .tca9548a: false
    default: true
    }
  }

  /// The fastest bus clock of the part.
  public var highestClock: UInt32 {
    switch self {
    case .mcp9600: 100_000
    case .as5600, .pca9685: 1_000_000
    default: 400_000
    }
  }

  /// Conversions that are wanted in a tick: an ADC with several inputs in use wants one for each.
  public var conversions: Int32 {
    if case .ads1115(let channels, _) = self {
      return max(1, Int32((channels & 0xF).nonzeroBitCount))
    }
    return 1
  }

  /// Whether the part can have this address (docs/domain.md 10.1 and 10.2).
  public func answers(at address: I2CAddress) -> Bool {
    let bits = address.bits
    return switch self {
    case .none: false
    case .ads1115, .tmp117: 0x48...0x4B ~= bits
    case .honeywellSSC, .honeywellABP2: bits & 0x0F == 0x08 && 0x28...0x78 ~= bits
    case .nau7802: bits == 0x2A
    case .mcp9808: 0x18...0x1F ~= bits
    case .mcp9600, .mcp4725, .mcp4728: 0x60...0x67 ~= bits
    case .slf3s: bits == 0x08
    case .as5600: bits == 0x36
    case .pca9685: 0x40...0x77 ~= bits
    case .mcp23017: 0x20...0x27 ~= bits
    case .ina226, .ina228: 0x40...0x4F ~= bits
    case .fdc1004: bits == 0x50
    case .ds3231: bits == 0x68
    case .eeprom24LC256: 0x50...0x57 ~= bits
    case .tca9548a: 0x70...0x77 ~= bits
    }
  }
}
