import ChipDrivers
import PerfusionCore

/// Wiring with every part, every sensor site and every actuator site.
enum SampleWiring {
  static var parts: [ChipPart] {
    [
      .tca9548a, .mcp23017, .ads1115(channels: 0b1011, fullScale: 2.048),
      .honeywellSSC(lowest: -12.5, highest: 775), .honeywellABP2(lowest: 0, highest: 258),
      .nau7802(gain: 64), .tmp117, .mcp9808, .mcp9600, .slf3s(scale: 500), .as5600,
      .pca9685(frequency: 200), .mcp4725(reference: 3.3), .mcp4728(reference: 5),
      .ina226(shunt: 0.01, maximumCurrent: 8), .ina228(shunt: 0.002, maximumCurrent: 40),
      .fdc1004, .ds3231, .eeprom24LC256,
    ]
  }

  static var wiring: BoardWiring {
    var wiring = BoardWiring()
    for index in 0..<2 {
      var bus = BusWiring()
      bus.id = Identifier("bus\(index)")
      bus.adapter = Identifier("/dev/i2c-\(index)")
      bus.clockHertz = index == 0 ? 400_000 : 100_000
      wiring.buses.append(bus)
    }
    for (index, part) in parts.enumerated() {
      var chip = ChipWiring()
      chip.id = Identifier("chip\(index)")
      chip.part = part
      chip.bus = UInt8(index & 1)
      chip.address = I2CAddress(UInt8(0x20 + index))
      chip.multiplexer = index > 10 ? 0 : -1
      chip.multiplexerChannel = UInt8(index & 7)
      chip.everyTicks = UInt16(1 + index * 10)
      chip.resetLine = index == 0 ? 3 : -1
      wiring.chips.append(chip)
    }
    addLines(&wiring)
    addSensors(&wiring)
    addActuators(&wiring)
    var curve = Curve()
    curve.count = 33
    for index in 0..<33 {
      curve.inputs[index] = Double(index) * 0.1
      curve.outputs[index] = 50 - Double(index)
    }
    wiring.curves.append(curve)
    return wiring
  }

  private static func addLines(_ wiring: inout BoardWiring) {
    var line = LineWiring()
    line.id = Identifier("bubble")
    line.lineName = Identifier("P8_07 [timer4]")
    line.bias = .pullUp
    line.edge = .both
    wiring.lines.append(line)
    line = LineWiring()
    line.id = Identifier("offset")
    line.chipLabel = Identifier("gpio-44e07000")
    line.offset = 311
    line.direction = .output
    line.isActiveLow = true
    wiring.lines.append(line)
    line = LineWiring()
    line.id = Identifier("pin")
    line.expander = 1
    line.expanderPin = 15
    line.bias = .pullDown
    wiring.lines.append(line)
    line = LineWiring()
    line.id = Identifier("reset")
    line.lineName = Identifier("GPIO11")
    line.direction = .output
    wiring.lines.append(line)
  }

  static var sensorSites: [SensorSite] {
    [
      .pressure(.organVeinPressure), .flow(.cardioplegiaWaterFlow),
      .temperature(.organTemperature), .air(.portalVeinBubble), .switchInput(.watchdogGood),
      .reservoirVolume, .venousOccluderOpening, .rotor(1), .motorCurrent(1), .driveAlive(1),
      .driveFault(1), .torqueIsOff(1), .coverIsOpen(1), .occlusionGap(1), .batteryVoltage,
      .batteryCurrent, .batteryCharge,
    ]
  }

  private static func addSensors(_ wiring: inout BoardWiring) {
    for (index, site) in sensorSites.enumerated() {
      var sensor = SensorWiring()
      sensor.site = site
      sensor.port = index & 1 == 0 ? .channel(chip: 2, channel: 3) : .line(2)
      sensor.scale = -1.5 / Double(index + 1)
      sensor.offset = 0.1 * Double(index)
      sensor.curve = index == 2 ? 0 : -1
      sensor.lowest = -3 - Double(index)
      sensor.highest = 3 + Double(index)
      sensor.maximumAge = 20_000 + Int32(index)
      sensor.policy = index & 1 == 0 ? .critical : .advisory
      wiring.sensors.append(sensor)
    }
  }

  static var actuatorSites: [ActuatorSite] {
    [
      .pumpSpeed(1), .pumpReverse(1), .pumpEnable(1), .pumpTorqueAllowed(1), .occlusionGap(1),
      .arterialClampOpen, .venousOccluder, .waterPump(1), .heater(1), .heaterContactor(1),
      .chiller(1), .buzzer, .redLamp, .yellowLamp, .cyanLamp, .airTest, .watchdogStroke,
    ]
  }

  private static func addActuators(_ wiring: inout BoardWiring) {
    for (index, site) in actuatorSites.enumerated() {
      var actuator = ActuatorWiring()
      actuator.site = site
      actuator.port = index & 1 == 0 ? .channel(chip: 13, channel: 2) : .line(1)
      actuator.scale = 0.02 * Double(index + 1)
      actuator.offset = -0.25
      actuator.lease = 500_000 + Int32(index)
      actuator.fallback = [.hold, .off, .on][index % 3]
      wiring.actuators.append(actuator)
    }
  }
}
