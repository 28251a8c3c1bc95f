/// How a piece of text looks in the terminal.
public enum Style: UInt8, Sendable {
  /// The terminal's own colours.
  case plain
  /// Quiet: labels, units, rules.
  case quiet
  /// Headings.
  case heading
  /// A value that matters.
  case strong
  /// As it should be.
  case good
  /// Near a limit, or a medium alarm's text.
  case warning
  /// Beyond a limit.
  case bad
  /// The bar at top and bottom.
  case bar
  /// Badge of a high alarm.
  case highAlarm
  /// Badge of a medium alarm.
  case mediumAlarm
  /// Badge of a low alarm.
  case lowAlarm

  /// The escape sequence that turns it on from the terminal's own colours.
  var escape: String {
    switch self {
    case .plain: ""
    case .quiet: "\u{1b}[90m"
    case .heading: "\u{1b}[1;36m"
    case .strong: "\u{1b}[1m"
    case .good: "\u{1b}[32m"
    case .warning: "\u{1b}[33m"
    case .bad: "\u{1b}[1;31m"
    case .bar: "\u{1b}[7m"
    case .highAlarm: "\u{1b}[1;97;41m"
    case .mediumAlarm: "\u{1b}[30;43m"
    case .lowAlarm: "\u{1b}[30;46m"
    }
  }
}
