/// How this controller meets a hazard of docs/domain.md 8.3.
public enum HazardCoverage: BitwiseCopyable, Sendable {
  /// Rows of the interlock table name it.
  case rows
  /// It is met by other means than a row; where and why.
  case elsewhere(StaticString)
  /// The controller cannot sense it; why.
  case notSensed(StaticString)
}

extension HazardID {
  /// How the hazard is met.
  public var coverage: HazardCoverage {
    switch number {
    case 13:
      .elsewhere(
        "set-points are refused at the border: range, phase, and a second word for steps over 20 % or 1 L/min"
      )
    case 46:
      .elsewhere("the alarm system ends every pause after 120 s and with each new HIGH")
    case 59:
      .elsewhere(
        "there is no remote path: the link is a local socket, and every command is checked")
    case 60:
      .notSensed(
        "no sensor on the gas side; the checklist asks for an open exhaust before bypass")
    default: .rows
    }
  }
}
