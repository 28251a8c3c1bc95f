import BoardFiles
import ChipDrivers
import PerfusionCore

/// The names under which faults find their target: identifiers of the board file for chips, buses
/// and lines, the name of the site for sensors, the role for pump drives.
struct FaultDirectory {
  private(set) var targets: [String: FaultTarget] = [:]

  /// Every name on a board. Where two things share a name the sensor wins, then the actuator, the
  /// line, the chip and the bus.
  init(_ board: BoardHardware) {
    addSensors(board)
    addActuators(board)
    addLines(board)
    for index in board.wiring.chips.indices {
      add(board.wiring.chips[index].id.description, .chip(index))
    }
    for index in board.wiring.buses.indices {
      add(board.wiring.buses[index].id.description, .bus(index))
    }
  }

  private mutating func add(_ name: String, _ target: FaultTarget) {
    if !name.isEmpty && targets[name] == nil { targets[name] = target }
  }

  private mutating func addSensors(_ board: BoardHardware) {
    for (index, channel) in board.sensors.channels.enumerated() {
      add(SiteName.of(channel.wiring.site, machine: board.machine), .sensor(index))
    }
    for line in board.lines.inputs {
      add(SiteName.of(line.site, machine: board.machine), .inputLine(Int(line.index)))
    }
    for tachometer in board.lines.tachometers {
      let site = SensorSite.rotor(UInt8(tachometer.pump))
      add(SiteName.of(site, machine: board.machine), .tachometer(line: Int(tachometer.line)))
    }
  }

  private mutating func addLines(_ board: BoardHardware) {
    for line in board.lines.inputs {
      add(board.wiring.lines[Int(line.index)].id.description, .inputLine(Int(line.index)))
    }
    for tachometer in board.lines.tachometers {
      let line = Int(tachometer.line)
      add(board.wiring.lines[line].id.description, .tachometer(line: line))
    }
    for index in board.wiring.lines.indices
    where board.taps.contains(where: { $0.line == index }) {
      add(board.wiring.lines[index].id.description, .outputLine(index))
    }
  }

  private mutating func addActuators(_ board: BoardHardware) {
    for index in board.machine.pumps.indices {
      let role = "\(board.machine.pumps[index].role)"
      add(role, .drive(index))
      add("\(role).drive", .drive(index))
      add("\(role).shaft", .shaft(index))
    }
    add("mains", .mains)
    add("battery", .battery)
    add("store", .store)
    add("display", .display)
    for tap in board.taps {
      guard let (name, target) = actuator(tap.site, machine: board.machine) else { continue }
      add(name, target)
    }
    for index in [0, 1] where targets[WaterName.of(index, "Heater")] != nil {
      add(WaterName.of(index, "CutOut"), .cutOut(index))
    }
  }

  /// What an output of the board drives, nothing for the signals of a pump.
  func target(of tap: OutputTap, _ machine: MachineConfiguration) -> FaultTarget? {
    actuator(tap.site, machine: machine)?.1
  }

  /// Pump signals have no entry of their own: the drive or the line stands for them.
  private func actuator(
    _ site: ActuatorSite, machine: MachineConfiguration
  ) -> (String, FaultTarget)? {
    switch site {
    case .pumpSpeed, .pumpReverse, .pumpEnable, .pumpTorqueAllowed, .airTest: nil
    case .occlusionGap(let pump):
      ("\(machine.pumps[Int(pump & 7)].role).occlusionActuator", .occlusionActuator(Int(pump)))
    case .arterialClampOpen: ("arterialClamp", .arterialClamp)
    case .venousOccluder: ("venousOccluder", .venousOccluder)
    case .waterPump(let circuit): (WaterName.of(circuit, "WaterPump"), .waterPump(Int(circuit)))
    case .heater(let circuit): (WaterName.of(circuit, "Heater"), .heater(Int(circuit)))
    case .heaterContactor(let circuit):
      (WaterName.of(circuit, "HeaterContactor"), .contactor(Int(circuit)))
    case .chiller(let circuit): (WaterName.of(circuit, "Chiller"), .chiller(Int(circuit)))
    case .buzzer: ("buzzer", .buzzer)
    case .redLamp: ("redLamp", .redLamp)
    case .yellowLamp: ("yellowLamp", .yellowLamp)
    case .cyanLamp: ("cyanLamp", .cyanLamp)
    case .watchdogStroke: ("watchdog", .watchdog)
    }
  }
}

/// Names of what belongs to a water circuit: `patientHeater`, `cardioplegiaWaterPump`.
enum WaterName {
  /// The name of a part of circuit 0 (patient) or 1 (cardioplegia).
  static func of(_ circuit: some BinaryInteger, _ part: String) -> String {
    (circuit == 0 ? "patient" : "cardioplegia") + part
  }
}
