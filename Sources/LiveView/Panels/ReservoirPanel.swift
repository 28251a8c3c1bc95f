import PerfusionCore
import Scenarios

/// Reservoir, clamps, supply and timers.
enum ReservoirPanel {
  static func lines(_ view: MachineView, width: Int) -> [Line] {
    let reservoir = view.machine.reservoir
    guard reservoir.isFitted else { return [] }
    let volume = view.sensors.reservoirVolume
    let bar = LimitBar(
      low: 0, high: min(reservoir.capacity.base, 2000), warning: reservoir.alert.base,
      bad: reservoir.alarm.base, isLowBad: true)
    let value = volume.usable?.base ?? .nan
    var line = Line()
    line.add("  volume", .plain, width: 12)
    line.add(shown(volume, decimals: 0) + " ml", bar.style(value), width: 9, right: true)
    line.add("  ")
    line.add(bar.line(value, width: max(0, min(24, width - 24))))
    var empty = Line()
    empty.add("  empty in", .plain, width: 12)
    let time = view.status.timeToEmpty.seconds
    let isSoon = time < reservoir.alertTime.seconds
    empty.add(
      time.isFinite && time < 3600 ? fixedNumber(time, decimals: 0) + " s" : "not falling",
      isSoon ? .bad : .quiet)
    return [Line("RESERVOIR", .heading), line, empty]
  }

  static func clamps(_ view: MachineView, width: Int) -> [Line] {
    var lines = [Line("LINES AND SUPPLY", .heading)]
    if view.machine.arterialClamp.isFitted { lines.append(clamp(view)) }
    if view.machine.venousOccluder.isFitted {
      var line = Line()
      line.add("  venous line", .plain, width: 18)
      let opening = view.sensors.venousOccluderOpening.usable ?? view.status.venousOccluder
      line.add(fixedNumber(opening.base * 100, decimals: 0) + " % open", .strong)
      lines.append(line)
    }
    lines.append(supply(view))
    return lines
  }

  private static func clamp(_ view: MachineView) -> Line {
    let isOpen = view.sensors[.arterialClampIsOpen].usable == true
    let isClosed = view.sensors[.arterialClampIsClosed].usable == true
    let isAsTold = view.actuators.openArterialClamp ? isOpen : isClosed
    var line = Line()
    line.add("  arterial clamp", .plain, width: 18)
    let text = isOpen ? "open" : isClosed ? "closed" : "moving"
    line.add(text, isAsTold ? .strong : .warning)
    if !isAsTold, isOpen || isClosed { line.add(" against its command", .bad) }
    return line
  }

  private static func supply(_ view: MachineView) -> Line {
    var line = Line()
    line.add("  supply", .plain, width: 18)
    switch view.sensors[.mainsGood].usable {
    case true: line.add("mains", .good)
    case false: line.add("BATTERY", .warning)
    default: line.add("not known", .quiet)
    }
    if let volts = view.sensors.supply.batteryVoltage.usable {
      line.add("  battery " + fixedNumber(volts.base, decimals: 1) + " V", .quiet)
    }
    return line
  }

  static func timers(_ view: MachineView, width: Int) -> [Line] {
    var lines: [Line] = []
    for raw in 0..<TimerID.count {
      guard let timer = TimerID(rawValue: UInt8(raw)) else { continue }
      let seconds = view.status.timers[raw].seconds
      guard seconds >= 0 else { continue }
      var line = Line()
      line.add("  " + spoken("\(timer)"), .plain, width: 18)
      line.add(clockText(seconds: seconds, decimals: 0), .strong)
      lines.append(line)
    }
    if view.status.isDosing || view.status.dose.base > 0 {
      var line = Line()
      line.add("  cardioplegia dose", .plain, width: 20)
      line.add(fixedNumber(view.status.dose.base, decimals: 0) + " ml", .strong)
      lines.append(line)
    }
    return lines.isEmpty ? [] : [Line("TIMERS", .heading)] + lines
  }
}
