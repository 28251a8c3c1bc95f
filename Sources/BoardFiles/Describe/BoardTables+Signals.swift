internal import ChipDrivers
internal import PerfusionCore

extension BoardTables {
  var sensors: DescribedTable {
    DescribedTable(
      "sensors", ["sensor", "source", "scale", "offset", "from", "to", "age", "policy"],
      wiring.sensors.indices.map { index in
        let sensor = wiring.sensors[index]
        let isNumber = sensor.lowest > -1e9
        let scale = sensor.curve >= 0 ? "curve \(sensor.curve)" : NumberText.text(sensor.scale)
        return [
          name(sensor.site), port(sensor.port), isNumber ? scale : "",
          isNumber && sensor.curve < 0 ? NumberText.text(sensor.offset) : "",
          isNumber ? text(sensor.site, sensor.lowest) : "",
          isNumber ? text(sensor.site, sensor.highest) : "",
          "\(NumberText.text(Double(sensor.maximumAge) / 1000)) ms", "\(sensor.policy)",
        ]
      })
  }

  var actuators: DescribedTable {
    DescribedTable(
      "actuators", ["actuator", "port", "scale", "offset", "lease", "when it runs out"],
      wiring.actuators.indices.map { index in
        let actuator = wiring.actuators[index]
        var isNumber = false
        if case .channel = actuator.port { isNumber = true }
        return [
          name(actuator.site), port(actuator.port),
          isNumber ? NumberText.text(actuator.scale) : "",
          isNumber ? NumberText.text(actuator.offset) : "",
          "\(NumberText.text(Double(actuator.lease) / 1000)) ms", "\(actuator.fallback)",
        ]
      })
  }

  private func port(_ port: SignalPort) -> String {
    switch port {
    case .none: "none"
    case .channel(let chip, let channel): "\(wiring.chips[Int(chip)].id):\(channel)"
    case .line(let line): "\(wiring.lines[Int(line)].id)"
    }
  }

  private func role(_ pump: UInt8) -> String {
    board.machine.pumps.element(at: Int(pump)).map { "\($0.role)" } ?? "?"
  }

  private func text(_ site: SensorSite, _ value: Double) -> String {
    let name = name(site)
    let kind = SensorFacts.sites.first { $0.name == name }?.kind
    return kind?.text(value) ?? NumberText.text(value)
  }

  /// The name of a sensor in the board file and in messages.
  func name(_ site: SensorSite) -> String {
    switch site {
    case .pressure(let site): "\(site)"
    case .flow(let site): "\(site)"
    case .temperature(let site): "\(site)"
    case .air(let site): "\(site)"
    case .switchInput(let site): "\(site)"
    case .reservoirVolume, .venousOccluderOpening, .batteryVoltage, .batteryCurrent,
      .batteryCharge:
      "\(site)"
    case .rotor(let pump): "\(role(pump)).rotor"
    case .motorCurrent(let pump): "\(role(pump)).current"
    case .driveAlive(let pump): "\(role(pump)).driveAlive"
    case .driveFault(let pump): "\(role(pump)).driveFault"
    case .torqueIsOff(let pump): "\(role(pump)).torqueIsOff"
    case .coverIsOpen(let pump): "\(role(pump)).coverIsOpen"
    case .occlusionGap(let pump): "\(role(pump)).occlusionGap"
    }
  }

  /// The name of an actuator in messages.
  func name(_ site: ActuatorSite) -> String {
    let circuits = ["patient", "cardioplegia"]
    return switch site {
    case .pumpSpeed(let pump): "\(role(pump)).speed"
    case .pumpReverse(let pump): "\(role(pump)).reverse"
    case .pumpEnable(let pump): "\(role(pump)).enable"
    case .pumpTorqueAllowed(let pump): "\(role(pump)).torqueAllowed"
    case .occlusionGap(let pump): "\(role(pump)).occlusionGap"
    case .waterPump(let circuit): "\(circuits[Int(circuit & 1)]).waterPump"
    case .heater(let circuit): "\(circuits[Int(circuit & 1)]).heater"
    case .heaterContactor(let circuit): "\(circuits[Int(circuit & 1)]).contactor"
    case .chiller(let circuit): "\(circuits[Int(circuit & 1)]).chiller"
    case .arterialClampOpen, .venousOccluder, .buzzer, .redLamp, .yellowLamp, .cyanLamp, .airTest,
      .watchdogStroke:
      "\(site)"
    }
  }
}
