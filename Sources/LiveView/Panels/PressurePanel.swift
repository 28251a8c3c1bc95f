import PerfusionCore
import Scenarios

/// Pressures with bars against their limits, and flows.
enum PressurePanel {
  static func lines(_ view: MachineView, width: Int) -> [Line] {
    var lines = [Line("PRESSURES  mmHg", .heading)]
    for raw in 0..<PressureSite.count {
      guard let site = PressureSite(rawValue: UInt8(raw)), view.sensors[site].isPresent else {
        continue
      }
      lines.append(line(site, view, width))
    }
    return lines.count > 1 ? lines : []
  }

  private static func line(_ site: PressureSite, _ view: MachineView, _ width: Int) -> Line {
    let reading = view.sensors[site]
    let bar = bar(site, view.machine)
    let value = reading.usable?.base ?? .nan
    var line = Line()
    line.add("  " + label(site), .plain, width: 20)
    line.add(
      shown(reading, decimals: 0), value == value ? bar.style(value) : .warning, width: 6,
      right: true)
    line.add("  ")
    if value == value {
      line.add(bar.line(value, width: max(0, min(40, width - 30))))
    } else {
      line.add("\(reading.quality)", .warning)
    }
    return line
  }

  private static func label(_ site: PressureSite) -> String {
    spoken("\(site)").replacing(" pressure", with: "")
  }

  private static func bar(_ site: PressureSite, _ machine: MachineConfiguration) -> LimitBar {
    let limits = machine.limits
    for index in machine.pumps.indices where machine.pumps[index].outletPressure == site {
      let pump = machine.pumps[index]
      guard pump.hasPressureLimit else { continue }
      let stop = pump.stopPressure.base
      return LimitBar(low: 0, high: stop * 1.15, warning: pump.regulatePressure.base, bad: stop)
    }
    switch site {
    case .preOxygenatorPressure:
      let high = limits.preOxygenatorHigh.base
      return LimitBar(low: 0, high: high * 1.15, warning: high * 0.9, bad: high)
    case .pumpInletPressure:
      return LimitBar(
        low: limits.suctionFast.base, high: 50, warning: limits.suctionAlert.base,
        bad: limits.suctionAlarm.base, isLowBad: true)
    case .ventPressure:
      return LimitBar(
        low: limits.ventSuction.base * 1.5, high: 20, warning: limits.ventSuction.base * 0.8,
        bad: limits.ventSuction.base, isLowBad: true)
    case .arterialPressure:
      return LimitBar(low: 0, high: 130, warning: 50, bad: 40, isLowBad: true)
    default: return LimitBar(low: -20, high: 120, warning: 90, bad: 110)
    }
  }

  /// Flows, blood in L/min and water with it.
  static func flows(_ view: MachineView, width: Int) -> [Line] {
    var lines = [Line("FLOWS  L/min", .heading)]
    for raw in 0..<FlowSite.count {
      guard let site = FlowSite(rawValue: UInt8(raw)), view.sensors[site].isPresent else {
        continue
      }
      var line = Line()
      line.add("  " + spoken("\(site)").replacing(" flow", with: ""), .plain, width: 20)
      line.add(shown(view.sensors[site], decimals: 2), .strong, width: 7, right: true)
      lines.append(line)
    }
    return lines.count > 1 ? lines : []
  }
}
