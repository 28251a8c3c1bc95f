/// How an expectation ended.
public enum Verdict: String, Sendable {
  /// It came as expected.
  case met
  /// It did not.
  case notMet
  /// The run ended before its turn came.
  case notReached
  /// The rig cannot do what it needs.
  case unsupported
}

/// What became of one expectation, wait, invariant, action or stimulus.
public struct Outcome: Sendable {
  /// What kind of line of the file it belongs to.
  public enum Kind: String, Sendable {
    /// `expect:`
    case expectation
    /// `wait:`
    case wait
    /// `always:`
    case always
    /// `do:`
    case action
    /// `circuit:`, `fault:`, `clear:`, `supply:`, `firmware:`
    case stimulus
  }

  /// The file in which it stands.
  public var file: String
  /// Where.
  public var place: Place
  /// What kind it is.
  public var kind: Kind
  /// The file's words.
  public var text: String
  /// How it ended.
  public var verdict: Verdict
  /// Case time at which it became due, seconds; nothing when its turn never came.
  public var dueAt: Double?
  /// Case time at which it was decided, seconds.
  public var decidedAt: Double?
  /// The value that decided it; seconds for events and reactions.
  public var value: Double?
  /// Its unit.
  public var unit = ""
  /// How far inside the bound it was, in the same unit; negative outside.
  public var margin: Double?
  /// What was seen, in words.
  public var message = ""

  /// `FILE:LINE:COLUMN: not met: TEXT: what was seen`.
  public var description: String {
    let head = "\(file):\(place.line):\(place.column): "
    let verdictText =
      switch verdict {
      case .met: "met"
      case .notMet: "not met"
      case .notReached: "not reached"
      case .unsupported: "unsupported"
      }
    return head + verdictText + ": " + text + (message.isEmpty ? "" : ": " + message)
  }
}
