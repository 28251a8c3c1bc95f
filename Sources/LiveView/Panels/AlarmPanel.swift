import PerfusionCore
import Scenarios

/// Active alarms by priority: badge, state, cause, next action.
enum AlarmPanel {
  /// Alarms, most urgent first.
  static func alarms(_ set: AlarmSet) -> [AlarmID] {
    (1...AlarmID.highest).map { AlarmID($0) }.filter { set.contains($0) }
      .sorted { ($1.priority, $0.number) < ($0.priority, $1.number) }
  }

  static func lines(_ view: MachineView, width: Int, most: Int) -> [Line] {
    let alarms = alarms(view.status.alarms)
    guard !alarms.isEmpty, most > 0 else { return [] }
    var lines = alarms.prefix(most).map { line($0, width) }
    if alarms.count > most {
      lines[lines.count - 1] = Line("   and \(alarms.count - most + 1) more alarms", .warning)
    }
    return lines
  }

  private static func line(_ alarm: AlarmID, _ width: Int) -> Line {
    var line = Line()
    line.add(badge(alarm.priority), style(alarm.priority))
    line.add(" " + alarmName(alarm) + " ", .quiet)
    line.add("\(alarm.text.state)", .strong)
    let cause = " - \(alarm.text.cause)."
    if line.width + cause.count + 20 < width { line.add(cause) }
    line.add(" Next: \(alarm.text.action)", .warning)
    return line
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
