internal import ChipDrivers
internal import PerfusionCore

/// Whether every index inside a wiring points at something that is there.
///
/// An image is untrusted: a number that fits its field may still name a chip that the list does
/// not hold.
struct WiringIndices {
  let wiring: BoardWiring
  let pumps: Int

  var areSound: Bool { chipsAreSound && linesAreSound && sensorsAreSound && actuatorsAreSound }

  private var chipsAreSound: Bool {
    for index in wiring.chips.indices {
      let chip = wiring.chips[index]
      if Int(chip.bus) >= wiring.buses.count { return false }
      if chip.multiplexer >= 0 && !isMultiplexer(Int(chip.multiplexer)) { return false }
      if chip.resetLine >= 0 && !isReset(Int(chip.resetLine), of: index) { return false }
    }
    return true
  }

  private func isMultiplexer(_ index: Int) -> Bool {
    guard let chip = wiring.chips.element(at: index), case .tca9548a = chip.part else {
      return false
    }
    return true
  }

  /// A GPIO output that no actuator drives, on a multiplexer.
  private func isReset(_ index: Int, of chip: Int) -> Bool {
    guard isMultiplexer(chip), let line = wiring.lines.element(at: index),
      line.direction == .output, line.expander < 0
    else { return false }
    for place in wiring.actuators.indices {
      if case .line(let driven) = wiring.actuators[place].port, Int(driven) == index {
        return false
      }
    }
    return true
  }

  private var linesAreSound: Bool {
    for index in wiring.lines.indices where wiring.lines[index].expander >= 0 {
      guard let chip = wiring.chips.element(at: Int(wiring.lines[index].expander)),
        case .mcp23017 = chip.part
      else { return false }
    }
    return true
  }

  private var sensorsAreSound: Bool {
    for index in wiring.sensors.indices {
      let sensor = wiring.sensors[index]
      if !isSound(sensor.port) || Int(sensor.curve) >= wiring.curves.count { return false }
      if let pump = pump(sensor.site), Int(pump) >= pumps { return false }
    }
    return true
  }

  private var actuatorsAreSound: Bool {
    for index in wiring.actuators.indices {
      let actuator = wiring.actuators[index]
      if !isSound(actuator.port) { return false }
      if let pump = pump(actuator.site), Int(pump) >= pumps { return false }
    }
    return true
  }

  private func isSound(_ port: SignalPort) -> Bool {
    switch port {
    case .none: true
    case .channel(let chip, let channel): Int(chip) < wiring.chips.count && channel < 16
    case .line(let line): Int(line) < wiring.lines.count
    }
  }

  private func pump(_ site: SensorSite) -> UInt8? {
    switch site {
    case .rotor(let pump), .motorCurrent(let pump), .driveAlive(let pump), .driveFault(let pump),
      .torqueIsOff(let pump), .coverIsOpen(let pump), .occlusionGap(let pump):
      pump
    case .pressure, .flow, .temperature, .air, .switchInput, .reservoirVolume,
      .venousOccluderOpening, .batteryVoltage, .batteryCurrent, .batteryCharge:
      nil
    }
  }

  private func pump(_ site: ActuatorSite) -> UInt8? {
    switch site {
    case .pumpSpeed(let pump), .pumpReverse(let pump), .pumpEnable(let pump),
      .pumpTorqueAllowed(let pump), .occlusionGap(let pump):
      pump
    case .arterialClampOpen, .venousOccluder, .waterPump, .heater, .heaterContactor, .chiller,
      .buzzer, .redLamp, .yellowLamp, .cyanLamp, .airTest, .watchdogStroke:
      nil
    }
  }
}
