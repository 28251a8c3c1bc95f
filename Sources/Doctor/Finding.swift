/// How a checked property of the machine stands.
public enum Fitness: String, Comparable, Sendable {
  /// As it should be.
  case ok
  /// The firmware runs, with less certainty than it could have.
  case warn
  /// The firmware cannot do its work here.
  case fail

  /// Orders from well to ill.
  public static func < (left: Fitness, right: Fitness) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .ok: 0
    case .warn: 1
    case .fail: 2
    }
  }
}

/// One line of the doctor's report: what was looked at, how it stands, and what mends it.
public struct Finding: Sendable, Equatable {
  /// What was looked at, such as `governor`.
  public var subject: String
  /// How it stands.
  public var fitness: Fitness
  /// What was seen.
  public var seen: String
  /// What to do; empty when all is well.
  public var mend: String

  /// A property that is as it should be.
  public static func ok(_ subject: String, _ seen: String) -> Finding {
    Finding(subject: subject, fitness: .ok, seen: seen, mend: "")
  }
  /// A property that costs certainty.
  public static func warn(_ subject: String, _ seen: String, mend: String) -> Finding {
    Finding(subject: subject, fitness: .warn, seen: seen, mend: mend)
  }
  /// A property without which the firmware cannot work.
  public static func fail(_ subject: String, _ seen: String, mend: String) -> Finding {
    Finding(subject: subject, fitness: .fail, seen: seen, mend: mend)
  }
}
