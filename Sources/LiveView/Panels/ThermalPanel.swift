import PerfusionCore
import Scenarios

/// Blood and patient temperatures, and the heater-cooler.
enum ThermalPanel {
  static func lines(_ view: MachineView, width: Int) -> [Line] {
    var lines = [Line("TEMPERATURES  degC", .heading)]
    for raw in 0..<TemperatureSite.count {
      guard let site = TemperatureSite(rawValue: UInt8(raw)), view.sensors[site].isPresent,
        !"\(site)".hasSuffix("Second"), site != .electronicsTemperature
      else { continue }
      var line = Line()
      line.add("  " + spoken("\(site)").replacing(" temperature", with: ""), .plain, width: 20)
      line.add(shown(view.sensors[site], decimals: 1), style(site, view), width: 6, right: true)
      lines.append(line)
    }
    return lines.count > 1 ? lines : []
  }

  private static func style(_ site: TemperatureSite, _ view: MachineView) -> Style {
    guard let value = view.sensors[site].usable else { return .warning }
    guard site == .arterialBloodTemperature else { return .strong }
    let limits = view.machine.bloodTemperature
    return value >= limits.heatingStop ? .bad : value >= limits.ceiling ? .warning : .good
  }

  static func heaterCooler(_ view: MachineView, width: Int) -> [Line] {
    var lines = [Line("HEATER-COOLER", .heading)]
    if view.machine.patientCircuit.isFitted {
      lines += circuit("patient", view.status.patientWater)
    }
    if view.machine.cardioplegiaCircuit.isFitted {
      lines += circuit("cardioplegia", view.status.cardioplegiaWater)
    }
    return lines.count > 1 ? lines : []
  }

  private static func circuit(_ name: String, _ status: ThermalStatus) -> [Line] {
    var line = Line()
    line.add("  " + name, .plain, width: 16)
    line.add("\(status.mode)", status.mode == .standby ? .quiet : .strong)
    guard status.mode != .standby else { return [line] }
    line.add(" to " + fixedNumber(status.target.base, decimals: 1), .strong)
    line.add("  water to " + fixedNumber(status.waterSetpoint.base, decimals: 1), .quiet)
    var power = Line()
    power.add("", .plain, width: 16)
    power.add("heater " + fixedNumber(status.heaterDuty.base * 100, decimals: 0) + " %", .quiet)
    if status.chillerOn { power.add("  chiller on", .good) }
    if status.hold != .none { power.add("  held: " + spoken("\(status.hold)"), .warning) }
    return [line, power]
  }
}
