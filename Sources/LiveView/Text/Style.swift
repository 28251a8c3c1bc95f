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
}
