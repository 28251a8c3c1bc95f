/// The colours of a screen: those of the day, or dim ones that do not blind anybody at night
/// (docs/domain.md C6).
///
/// A high alarm looks the same in both: night is a matter of everything else.
public enum Palette: Sendable {
  /// Full contrast.
  case day
  /// Dim, of the terminal's 256 colours.
  case night

  /// The other one.
  public var other: Palette { self == .day ? .night : .day }

  /// The escape sequence that turns a style on from the terminal's own colours.
  func escape(_ style: Style) -> String {
    switch self {
    case .day: day(style)
    case .night: night(style)
    }
  }

  private func day(_ style: Style) -> String {
    switch style {
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

  private func night(_ style: Style) -> String {
    let numbers =
      switch style {
      case .plain: "38;5;244"
      case .quiet: "38;5;239"
      case .heading: "38;5;66"
      case .strong: "38;5;248"
      case .good: "38;5;65"
      case .warning: "38;5;136"
      case .bad: "38;5;167"
      case .bar: "38;5;246;48;5;235"
      case .highAlarm: "1;97;41"
      case .mediumAlarm: "30;48;5;136"
      case .lowAlarm: "30;48;5;66"
      }
    return "\u{1b}[\(numbers)m"
  }
}
