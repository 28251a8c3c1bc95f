import BoardFiles
import ChipDrivers
import CircuitModel
import PerfusionCore

@testable import VirtualBoard

/// A small board in code: a roller and a centrifugal pump, clamp, occluder, one water circuit, and
/// one sensor of every kind on two buses.
enum TinyBoard {
  /// The board; `primary` decides which of the two heads the arterial pump has.
  static func make(primary: PumpKind = .roller) -> BoardDescription {
    var wiring = BoardWiring()
    addBuses(&wiring)
    addChips(&wiring)
    addLines(&wiring)
    addSensors(&wiring)
    addActuators(&wiring)
    return BoardDescription(
      name: "tiny", summary: "a board for tests", machine: machine(primary: primary),
      wiring: wiring, circuit: plant(primary: primary))
  }

  private static func machine(primary: PumpKind) -> MachineConfiguration {
    var machine = MachineConfiguration()
    var arterial = PumpConfiguration()
    arterial.kind = primary
    arterial.maximumSpeed = .rpm(primary == .roller ? 250 : 4500)
    machine.pumps.append(arterial)
    var sucker = PumpConfiguration()
    sucker.role = .sucker
    sucker.kind = .roller
    sucker.rotorSensor = .tachometer
    sucker.countsPerRevolution = 20
    sucker.hasPressureLimit = false
    machine.pumps.append(sucker)
    machine.arterialClamp.isFitted = true
    machine.venousOccluder.isFitted = true
    machine.reservoir.isFitted = true
    machine.patientCircuit.isFitted = true
    return machine
  }

  private static func plant(primary: PumpKind) -> CircuitParameters {
    var plant = CircuitParameters()
    var arterial = PlantPump()
    arterial.kind = primary
    plant.pumps.append(arterial)
    var sucker = PlantPump()
    sucker.role = .sucker
    sucker.strokeVolume = 13
    plant.pumps.append(sucker)
    return plant
  }

  private static func addBuses(_ wiring: inout BoardWiring) {
    for (name, hertz) in [("safety", 400_000), ("slow", 100_000)] {
      var bus = BusWiring()
      bus.id = Identifier(name)
      bus.clockHertz = UInt32(hertz)
      wiring.buses.append(bus)
    }
  }

  /// Indices of the chips, in the order in which they are added.
  enum Chip: Int, CaseIterable {
    case adc, inlet, encoder, speeds, expander, servos, motorGauge, level, multiplexer
    case bath, secondEncoder
  }

  private static func addChips(_ wiring: inout BoardWiring) {
    add(&wiring, "adcPressures", .ads1115(channels: 0b0111, fullScale: 4.096), 0x48)
    add(&wiring, "inletSensor", .honeywellSSC(lowest: -300, highest: 500), 0x28)
    add(&wiring, "arterialEncoder", .as5600, 0x36)
    add(&wiring, "speeds", .mcp4728(reference: 5), 0x60)
    add(&wiring, "expander", .mcp23017, 0x20)
    add(&wiring, "servos", .pca9685(frequency: 200), 0x41)
    // As on a real board: what it reads back does not fit into every tick beside the others.
    wiring.chips[Chip.servos.rawValue].everyTicks = 4
    add(&wiring, "motorGauge", .ina226(shunt: 0.01, maximumCurrent: 8), 0x44)
    add(&wiring, "levelGauge", .fdc1004, 0x50)
    add(&wiring, "multiplexer", .tca9548a, 0x71, bus: 1)
    wiring.chips[Chip.multiplexer.rawValue].resetLine = Int8(Line.multiplexerReset.rawValue)
    add(&wiring, "bathProbe", .tmp117, 0x4A, bus: 1)
    add(&wiring, "secondEncoder", .as5600, 0x36, bus: 1, multiplexer: 8, channel: 3)
  }

  private static func add(
    _ wiring: inout BoardWiring, _ name: String, _ part: ChipPart, _ address: UInt8,
    bus: UInt8 = 0, multiplexer: Int8 = -1, channel: UInt8 = 0
  ) {
    var chip = ChipWiring()
    chip.id = Identifier(name)
    chip.part = part
    chip.address = I2CAddress(address)
    chip.bus = bus
    chip.multiplexer = multiplexer
    chip.multiplexerChannel = channel
    if bus == 1 { chip.everyTicks = 40 }
    wiring.chips.append(chip)
  }

  /// Indices of the lines, in the order in which they are added.
  enum Line: Int, CaseIterable {
    case bubble, bubbleTest, tach, alive, clampOpen, clampClosed, stopFirst, stopSecond
    case mains, watchdog, stroke, torque, enable, clamp, heater, contactor, buzzer, cover
    case torqueFeedback, aboveAlarm, cutOut, reverse, suckerTorque, waterPump, multiplexerReset
  }

  private static func addLines(_ wiring: inout BoardWiring) {
    let outputs: Set<Line> = [
      .bubbleTest, .stroke, .torque, .enable, .clamp, .heater, .contactor, .buzzer, .reverse,
      .suckerTorque, .waterPump, .multiplexerReset,
    ]
    let onExpander: [Line: UInt8] = [
      .clamp: 0, .heater: 1, .contactor: 2, .cover: 8, .aboveAlarm: 9, .cutOut: 10, .waterPump: 3,
    ]
    for place in Line.allCases {
      var line = LineWiring()
      line.id = Identifier("line-\(place)")
      line.lineName = Identifier("GPIO-\(place)")
      line.direction = outputs.contains(place) ? .output : .input
      if let pin = onExpander[place] {
        line.expander = Int8(Chip.expander.rawValue)
        line.expanderPin = pin
        line.lineName = Identifier()
      }
      line.isActiveLow = place == .cover
      line.bias = place == .stopFirst || place == .stopSecond ? .pullUp : .none
      line.edge = place == .bubble || place == .tach ? .both : .none
      wiring.lines.append(line)
    }
  }

  private static func addSensors(_ wiring: inout BoardWiring) {
    add(&wiring, .pressure(.arterialLinePressure), .adc, 0, 200, -100, -100, 550)
    add(&wiring, .flow(.arterialFlow), .adc, 1, 4, -2, -2, 10)
    add(&wiring, .temperature(.arterialBloodTemperature), .adc, 2, 20, 0, 0, 60)
    add(&wiring, .pressure(.pumpInletPressure), .inlet, 0, 1, 0, -300, 500)
    add(&wiring, .rotor(0), .encoder, 0, 1, 0, -1e12, 1e12)
    add(&wiring, .motorCurrent(0), .motorGauge, 0, 1, 0, -8, 8)
    add(&wiring, .batteryVoltage, .motorGauge, 1, 1, 0, 0, 36)
    add(&wiring, .reservoirVolume, .level, 0, 400, 0, -50, 4500)
    add(&wiring, .temperature(.patientBathTemperature), .bath, 0, 1, 0, -20, 90)
    let onLines: [(SensorSite, Line)] = [
      (.air(.arterialBubble), .bubble), (.rotor(1), .tach), (.driveAlive(0), .alive),
      (.switchInput(.arterialClampIsOpen), .clampOpen),
      (.switchInput(.arterialClampIsClosed), .clampClosed),
      (.switchInput(.emergencyStopFirst), .stopFirst),
      (.switchInput(.emergencyStopSecond), .stopSecond), (.switchInput(.mainsGood), .mains),
      (.switchInput(.watchdogGood), .watchdog), (.coverIsOpen(0), .cover),
      (.torqueIsOff(0), .torqueFeedback), (.switchInput(.reservoirAboveAlarm), .aboveAlarm),
      (.switchInput(.patientCutOutTripped), .cutOut),
    ]
    for (site, line) in onLines {
      var sensor = SensorWiring()
      sensor.site = site
      sensor.port = .line(UInt8(line.rawValue))
      wiring.sensors.append(sensor)
    }
  }

  private static func add(
    _ wiring: inout BoardWiring, _ site: SensorSite, _ chip: Chip, _ channel: UInt8,
    _ scale: Double, _ offset: Double, _ lowest: Double, _ highest: Double
  ) {
    var sensor = SensorWiring()
    sensor.site = site
    sensor.port = .channel(chip: UInt8(chip.rawValue), channel: channel)
    sensor.scale = scale
    sensor.offset = offset
    sensor.lowest = lowest
    sensor.highest = highest
    sensor.maximumAge = chip == .bath ? 2_000_000 : 50_000
    wiring.sensors.append(sensor)
  }

  private static func addActuators(_ wiring: inout BoardWiring) {
    let channels: [(ActuatorSite, Chip, UInt8, Double, LeaseFallback)] = [
      (.pumpSpeed(0), .speeds, 0, 5.0 / 300, .hold), (.pumpSpeed(1), .speeds, 1, 5.0 / 300, .hold),
      (.venousOccluder, .servos, 0, 0.5, .hold), (.occlusionGap(0), .servos, 1, 0.5, .off),
    ]
    for (site, chip, channel, scale, fallback) in channels {
      var actuator = ActuatorWiring()
      actuator.site = site
      actuator.port = .channel(chip: UInt8(chip.rawValue), channel: channel)
      actuator.scale = scale
      actuator.offset = chip == .servos ? 0.25 : 0
      actuator.fallback = fallback
      wiring.actuators.append(actuator)
    }
    let lines: [(ActuatorSite, Line, LeaseFallback)] = [
      (.airTest, .bubbleTest, .off), (.watchdogStroke, .stroke, .hold),
      (.pumpTorqueAllowed(0), .torque, .hold), (.pumpEnable(0), .enable, .hold),
      (.pumpReverse(0), .reverse, .hold), (.pumpTorqueAllowed(1), .suckerTorque, .hold),
      (.arterialClampOpen, .clamp, .hold), (.heater(0), .heater, .off),
      (.heaterContactor(0), .contactor, .off), (.waterPump(0), .waterPump, .hold),
      (.buzzer, .buzzer, .on),
    ]
    for (site, line, fallback) in lines {
      var actuator = ActuatorWiring()
      actuator.site = site
      actuator.port = .line(UInt8(line.rawValue))
      actuator.fallback = fallback
      wiring.actuators.append(actuator)
    }
  }
}
