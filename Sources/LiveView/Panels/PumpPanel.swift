import PerfusionCore
import Scenarios

/// One line a pump: what was set, what is commanded, what it does, why.
enum PumpPanel {
  static func lines(_ view: MachineView, width: Int) -> [Line] {
    var lines = [heading(width)]
    for index in view.machine.pumps.indices {
      lines.append(line(view.machine.pumps[index], view.status.pumps[index], width))
    }
    return lines
  }

  private static func heading(_ width: Int) -> Line {
    var line = Line()
    line.add("PUMPS", .heading, width: 16)
    for (title, columns) in [("set", 11), ("command", 9), ("actual", 9), ("flow", 9)] {
      line.add(title, .quiet, width: columns, right: true)
    }
    line.add("  why", .quiet)
    return line
  }

  private static func line(
    _ pump: PumpConfiguration, _ status: PumpStatus, _ width: Int
  ) -> Line {
    var line = Line()
    line.add(status.isStarted ? "● " : "○ ", status.isStarted ? .good : .quiet)
    line.add(spoken("\(pump.role)"), .strong, width: 14)
    line.add(setText(status), .plain, width: 11, right: true)
    line.add(fixedNumber(status.commandedSpeed.base, decimals: 1), width: 9, right: true)
    line.add(shown(status.measuredSpeed, decimals: 1), .strong, width: 9, right: true)
    line.add(flowText(status), width: 9, right: true)
    line.add("  ")
    line.add(reasonText(status), reasonStyle(status))
    return line
  }

  private static func setText(_ status: PumpStatus) -> String {
    switch status.mode {
    case .speed: fixedNumber(status.setSpeed.base, decimals: 0) + " rpm"
    case .flow: fixedNumber(status.setFlow.base, decimals: 2) + " L/min"
    case .pressure: fixedNumber(status.setPressure.base, decimals: 0) + " mmHg"
    case .follow: "ratio " + shortNumber(status.ratio)
    }
  }

  private static func flowText(_ status: PumpStatus) -> String {
    let flow = status.flow.usable?.litersPerMinute ?? .nan
    return flow.magnitude < 1
      ? fixedNumber(flow * 1000, decimals: 0) + " ml"
      : fixedNumber(flow, decimals: 2) + " L "
  }

  private static func reasonText(_ status: PumpStatus) -> String {
    if status.needsResume { return "STOPPED, resume needed" }
    return status.reason == .asSet
      ? (status.isStarted ? "as set" : "stands") : spoken("\(status.reason)")
  }

  private static func reasonStyle(_ status: PumpStatus) -> Style {
    if status.needsResume { return .bad }
    switch status.reason {
    case .asSet, .slewing, .following: return .quiet
    case .stopped, .stoppedWithLink, .torqueOff: return .bad
    default: return .warning
    }
  }
}
