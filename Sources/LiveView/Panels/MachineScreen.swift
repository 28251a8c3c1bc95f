import PerfusionCore
import Scenarios

/// Lays the panels out on a screen of any size.
public enum MachineScreen {
  /// From this width on, panels stand in two columns.
  static let twoColumns = 104

  /// The screen: exactly `height` lines of exactly `width` columns.
  public static func lines(_ view: MachineView, width: Int, height: Int) -> [Line] {
    guard width > 0, height > 0 else { return [] }
    var lines = [titleBar(view, width)]
    lines += AlarmPanel.lines(view, width: width, most: max(1, min(5, height / 6)))
    let room = max(0, height - lines.count - 1)
    let body = view.help.isEmpty ? panels(view, width) : help(view)
    lines += body.prefix(room)
    let left = room - body.count
    if left > 1 { lines += events(view, left) }
    let above = max(1, height - 1)
    lines = lines.prefix(above).map { $0.fitted(width) }
    while lines.count < above { lines.append(Line().fitted(width)) }
    if view.age > MachineView.oldest { lines = old(view, lines, width) }
    if height > 1 { lines.append(Line(" " + view.hint, .bar).fitted(width)) }
    return lines
  }

  /// A frozen screen must not look alive (HZ-14): everything grey, and said on top how old it is.
  private static func old(_ view: MachineView, _ lines: [Line], _ width: Int) -> [Line] {
    let age = shortNumber((view.age * 10).rounded() / 10)
    let title = Line(" NO DATA FOR \(age) s: WHAT IS SHOWN IS OLD", .highAlarm).fitted(width)
    return [title] + lines.dropFirst().map(\.greyed)
  }

  private static func titleBar(_ view: MachineView, _ width: Int) -> Line {
    var line = Line()
    line.add(" Perfusion Core  ", .bar)
    line.add(" " + phaseName(view.status.phase) + " ", phaseStyle(view.status.phase))
    line.add("  \(clockText(seconds: view.seconds, decimals: 1))", .bar)
    line.add("  x\(shortNumber(view.speed))", .bar)
    if !view.activity.isEmpty { line.add("  " + view.activity, .bar) }
    let board = view.board + " "
    let gap = width - line.width - board.count
    if gap > 1 { line.add(String(repeating: " ", count: gap) + board, .bar) }
    return line
  }

  private static func phaseStyle(_ phase: Phase) -> Style {
    phase == .faultHold ? .highAlarm : phase.isSupporting ? .strong : .bar
  }

  private static func panels(_ view: MachineView, _ width: Int) -> [Line] {
    guard width >= twoColumns else { return column(left(view, width) + right(view, width)) }
    let leftWidth = min(78, width * 2 / 3)
    let rightWidth = width - leftWidth - 2
    let leftLines = column(left(view, leftWidth))
    let rightLines = column(right(view, rightWidth))
    return (0..<max(leftLines.count, rightLines.count)).map { row in
      var line = (row < leftLines.count ? leftLines[row] : Line()).fitted(leftWidth)
      line.add("  ")
      line.add((row < rightLines.count ? rightLines[row] : Line()).fitted(rightWidth))
      return line
    }
  }

  private static func left(_ view: MachineView, _ width: Int) -> [[Line]] {
    [
      PumpPanel.lines(view, width: width), PressurePanel.lines(view, width: width),
      PressurePanel.flows(view, width: width), ReservoirPanel.timers(view, width: width),
    ]
  }

  private static func right(_ view: MachineView, _ width: Int) -> [[Line]] {
    [
      ReservoirPanel.lines(view, width: width), ThermalPanel.lines(view, width: width),
      ThermalPanel.heaterCooler(view, width: width), ReservoirPanel.clamps(view, width: width),
    ]
  }

  /// Panels under each other with an empty line between.
  private static func column(_ panels: [[Line]]) -> [Line] {
    var lines: [Line] = []
    for panel in panels where !panel.isEmpty {
      lines.append(Line())
      lines += panel
    }
    return lines
  }

  private static func help(_ view: MachineView) -> [Line] {
    [Line(), Line("HELP", .heading)] + view.help.map { Line("  " + $0) }
  }

  private static func events(_ view: MachineView, _ room: Int) -> [Line] {
    var lines = [Line()]
    if room > 2 { lines.append(Line("EVENTS", .heading)) }
    for entry in view.log.lines.suffix(max(0, room - lines.count)) {
      var line = Line()
      line.add(clockText(seconds: entry.time, decimals: 1), .quiet, width: 10, right: true)
      line.add("  " + entry.text, style(entry.kind))
      lines.append(line)
    }
    return lines
  }

  private static func style(_ kind: EventLog.Line.Kind) -> Style {
    switch kind {
    case .stimulus: .quiet
    case .event: .plain
    case .alarm: .warning
    case .failure: .bad
    }
  }
}
