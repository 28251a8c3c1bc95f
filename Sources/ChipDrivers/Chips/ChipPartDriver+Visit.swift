public import PerfusionCore

extension ChipPartDriver {
  /// Visits the part and says whether it is initialised.
  @inlinable mutating func visit(
    bus: inout some I2CBus & ~Copyable, now: Instant, samples: inout ChannelSamples,
    outputs: inout ChannelOutputs
  ) throws(BusError) -> Bool {
    switch self {
    case .none: return true
    case .ads1115(var chip):
      defer { self = .ads1115(chip) }
      try chip.visit(bus: &bus, now: now, samples: &samples)
      return chip.isReady
    case .honeywellSSC(var chip):
      defer { self = .honeywellSSC(chip) }
      try chip.visit(bus: &bus, now: now, samples: &samples)
      return chip.isReady
    case .honeywellABP2(var chip):
      defer { self = .honeywellABP2(chip) }
      try chip.visit(bus: &bus, now: now, samples: &samples)
      return chip.isReady
    case .nau7802(var chip):
      defer { self = .nau7802(chip) }
      try chip.visit(bus: &bus, now: now, samples: &samples)
      return chip.isReady
    case .tmp117(var chip):
      defer { self = .tmp117(chip) }
      try chip.visit(bus: &bus, now: now, samples: &samples)
      return chip.isReady
    case .mcp9808(var chip):
      defer { self = .mcp9808(chip) }
      try chip.visit(bus: &bus, now: now, samples: &samples)
      return chip.isReady
    case .mcp9600(var chip):
      defer { self = .mcp9600(chip) }
      try chip.visit(bus: &bus, now: now, samples: &samples)
      return chip.isReady
    case .slf3s(var chip):
      defer { self = .slf3s(chip) }
      try chip.visit(bus: &bus, now: now, samples: &samples)
      return chip.isReady
    case .as5600(var chip):
      defer { self = .as5600(chip) }
      try chip.visit(bus: &bus, now: now, samples: &samples)
      return chip.isReady
    case .ina226(var chip):
      defer { self = .ina226(chip) }
      try chip.visit(bus: &bus, now: now, samples: &samples)
      return chip.isReady
    case .ina228(var chip):
      defer { self = .ina228(chip) }
      try chip.visit(bus: &bus, now: now, samples: &samples)
      return chip.isReady
    case .fdc1004(var chip):
      defer { self = .fdc1004(chip) }
      try chip.visit(bus: &bus, now: now, samples: &samples)
      return chip.isReady
    case .ds3231(var chip):
      defer { self = .ds3231(chip) }
      try chip.visit(bus: &bus, now: now, samples: &samples)
      return chip.isReady
    case .pca9685(var chip):
      defer { self = .pca9685(chip) }
      try chip.visit(bus: &bus, now: now, outputs: &outputs)
      return chip.isReady
    case .mcp4725(var chip):
      defer { self = .mcp4725(chip) }
      try chip.visit(bus: &bus, now: now, outputs: &outputs)
      return chip.isReady
    case .mcp4728(var chip):
      defer { self = .mcp4728(chip) }
      try chip.visit(bus: &bus, now: now, outputs: &outputs)
      return chip.isReady
    case .mcp23017(var chip):
      defer { self = .mcp23017(chip) }
      try chip.visit(bus: &bus, now: now, samples: &samples, outputs: &outputs)
      return chip.isReady
    case .eeprom(var chip):
      defer { self = .eeprom(chip) }
      try chip.visit(bus: &bus, now: now)
      return chip.isReady
    }
  }

  /// A transfer failed and was forgiven: settings that no result shows are looked at soon.
  mutating func doubt() {
    switch self {
    case .mcp9600(var chip):
      chip.check.doubt()
      self = .mcp9600(chip)
    case .as5600(var chip):
      chip.visits = 254
      self = .as5600(chip)
    case .ina226(var chip):
      chip.check.doubt()
      self = .ina226(chip)
    case .ina228(var chip):
      chip.check.doubt()
      self = .ina228(chip)
    default: break
    }
  }

  /// Lets the part begin its initialisation anew.
  mutating func restart() {
    switch self {
    case .none: break
    case .ads1115(var chip):
      chip.restart()
      self = .ads1115(chip)
    case .honeywellSSC(var chip):
      chip.restart()
      self = .honeywellSSC(chip)
    case .honeywellABP2(var chip):
      chip.restart()
      self = .honeywellABP2(chip)
    case .nau7802(var chip):
      chip.restart()
      self = .nau7802(chip)
    case .tmp117(var chip):
      chip.restart()
      self = .tmp117(chip)
    case .mcp9808(var chip):
      chip.restart()
      self = .mcp9808(chip)
    case .mcp9600(var chip):
      chip.restart()
      self = .mcp9600(chip)
    case .slf3s(var chip):
      chip.restart()
      self = .slf3s(chip)
    case .as5600(var chip):
      chip.restart()
      self = .as5600(chip)
    case .ina226(var chip):
      chip.restart()
      self = .ina226(chip)
    case .ina228(var chip):
      chip.restart()
      self = .ina228(chip)
    case .fdc1004(var chip):
      chip.restart()
      self = .fdc1004(chip)
    case .ds3231(var chip):
      chip.restart()
      self = .ds3231(chip)
    case .pca9685(var chip):
      chip.restart()
      self = .pca9685(chip)
    case .mcp4725(var chip):
      chip.restart()
      self = .mcp4725(chip)
    case .mcp4728(var chip):
      chip.restart()
      self = .mcp4728(chip)
    case .mcp23017(var chip):
      chip.restart()
      self = .mcp23017(chip)
    case .eeprom(var chip):
      chip.restart()
      self = .eeprom(chip)
    }
  }
}
