import ChipDrivers
import CircuitModel
import PerfusionCore

/// Connects every sensor of the wiring to its chip input or line.
extension BoardHardware {
  /// Wires all sensors and gives the free inputs what they carry by themselves.
  func wireSensors(_ parts: BoardParts, random: inout SplitMix64) {
    for chip in wiring.chips.indices {
      let part = wiring.chips[chip].part
      for net in 0..<netCount(of: part) {
        parts.map.set(parts.firstNets[chip] + net, .nothing(InputRails.unwired(part, net: net)))
      }
    }
    for line in wiring.lines.indices where wiring.lines[line].expander >= 0 {
      wirePin(line, parts)
    }
    if isWiredOutside { return }
    for index in wiring.sensors.indices { wire(wiring.sensors[index], parts, &random) }
  }

  private func wirePin(_ line: Int, _ parts: BoardParts) {
    let place = wiring.lines[line]
    guard place.direction == .input, parts.firstNets.indices.contains(Int(place.expander))
    else { return }
    parts.map.set(parts.firstNets[Int(place.expander)] + Int(place.expanderPin), .line(line))
  }

  private func wire(_ sensor: SensorWiring, _ parts: BoardParts, _ random: inout SplitMix64) {
    switch sensor.port {
    case .none: return
    case .line(let line): wire(sensor.site, line: Int(line))
    case .channel(let chip, let channel):
      guard let part = wiring.chips.element(at: Int(chip))?.part,
        let net = InputRails.net(of: part, channel: Int(channel))
      else { return }
      let rails = InputRails.of(part)
      let index = sensors.add(
        sensor, rails: rails, truth: truth(sensor.site, &circuit), errors: &random)
      parts.map.set(parts.firstNets[Int(chip)] + net, .sensor(index))
    }
  }

  private func wire(_ site: SensorSite, line: Int) {
    if case .rotor(let pump) = site, Int(pump) < drives.count {
      let counts = machine.pumps[Int(pump)].countsPerRevolution
      lines.addTachometer(line, pump: Int(pump), countsPerRevolution: counts)
    } else {
      lines.add(line, site: site, truth: states(&circuit)[site])
    }
  }
}
