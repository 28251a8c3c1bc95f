import PerfusionCore
import Scenarios

/// Alarms that are told, most urgent first: badge, number, state with its pumps and the time it
/// stands, cause, next action; a line for each cause of high priority; above them what keeps signals from being given.
enum AlarmPanel {
  static func lines(_ view: MachineView, width: Int, most: Int) -> [Line] {
    guard most > 0 else { return [] }
    let list = view.status.alarmList
    let standing = list.indices.map { list[$0] }
    var lines = audio(view).map { [$0] } ?? []
    let room = max(0, most - lines.count)
    lines += standing.prefix(room).map { line($0, view, width) }
    var missing = view.status.alarms
    for alarm in standing { missing.set(alarm.id, false) }
    let hidden = missing.count + max(0, standing.count - room)
    if hidden > 0, !lines.isEmpty {
      var more = Line("   and \(hidden + 1) more alarms", .warning)
      more.keepsContrast = standing.dropFirst(room - 1).contains { $0.priority == .high }
      lines[lines.count - 1] = more
    }
    return lines
  }

  /// The crossed bell: dashed while a pause runs, solid without an end; time that is left.
  private static func audio(_ view: MachineView) -> Line? {
    let audio = view.status.audio
    var line = Line()
    switch audio.inactivation {
    case .none: return nil
    case .audioPaused, .alarmPaused: line.add(" -X- ", .mediumAlarm)
    case .audioOff: line.add("  X  ", .mediumAlarm)
    }
    line.add(" " + spokenInactivation(audio.inactivation).uppercased(), .strong)
    if audio.inactivation != .audioOff {
      line.add("  " + clockText(seconds: audio.left.seconds.rounded(.up), decimals: 0) + " left")
    }
    line.add("   e ends it", .quiet)
    return line
  }

  private static func line(_ alarm: StandingAlarm, _ view: MachineView, _ width: Int) -> Line {
    let text = alarm.text
    var line = Line()
    line.keepsContrast = alarm.priority == .high
    line.add(badge(alarm.priority), style(alarm.priority))
    line.add(mark(alarm), .quiet)
    line.add(alarmName(alarm.id) + " ", .quiet)
    line.add(width < narrow ? "\(text.title)" : "\(text.state)", .strong)
    let pumps = pumpNames(alarm.cause, machine: view.machine)
    if !pumps.isEmpty { line.add(" (" + pumps.joined(separator: ", ") + ")", .strong) }
    if isTimed(alarm) { line.add(" " + elapsed(alarm, view), .bad) }
    if alarm.state == .latched { line.add(" [cause gone]", .good) }
    // Where not all of it fits, what to do next comes before why; the events tell why.
    let cause = " - \(text.cause)."
    let action = " Next: \(text.action)"
    if line.width + cause.count + action.count <= width { line.add(cause) }
    line.add(action, .warning)
    return line
  }

  /// Under this width the short title stands for the state.
  static let narrow = 70

  /// A tick for an alarm that somebody took note of.
  private static func mark(_ alarm: StandingAlarm) -> String {
    alarm.acknowledgement == nil ? " " : "\u{2713}"
  }

  /// Flow has stopped: what counts is for how long (docs/domain.md C7).
  private static func isTimed(_ alarm: StandingAlarm) -> Bool {
    [1, 21].contains(alarm.id.number)
  }

  private static func elapsed(_ alarm: StandingAlarm, _ view: MachineView) -> String {
    let time = alarm.elapsed(at: view.status.tick, period: view.machine.tick)
    return "for " + clockText(seconds: time.seconds, decimals: 1)
  }

  static func badge(_ priority: AlarmPriority) -> String {
    switch priority {
    case .high: " HIGH "
    case .medium: " MED  "
    case .low: " LOW  "
    }
  }

  static func style(_ priority: AlarmPriority) -> Style {
    switch priority {
    case .high: .highAlarm
    case .medium: .mediumAlarm
    case .low: .lowAlarm
    }
  }
}
