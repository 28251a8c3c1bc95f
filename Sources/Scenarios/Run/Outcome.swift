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
    /// `measure:`
    case measurement
    /// `wait:`
    case wait
    /// `always:`
    case always
    /// `do:`
    case action
    /// A step of the rig: its start, its time limit, its safe end.
    case step
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
  /// What it is called, when it is a measurement.
  public var measurement: MeasurementName?
  /// The limits in the value's unit.
  public var limits = Limits()
  /// The quantity from the moment at which it became due on; empty for events.
  public var curve: [PeakSeries.Point] = []

  /// A lower and an upper limit, of which one may be missing.
  public struct Limits: Sendable, Equatable {
    /// The value must not be below.
    public var low: Double?
    /// The value must not be above.
    public var high: Double?
    /// No limits, or these.
    public init(low: Double? = nil, high: Double? = nil) {
      self.low = low
      self.high = high
    }
  }

  /// Inside its limits, but nearer to one of them than the marginal band.
  public var isMarginal: Bool {
    guard verdict == .met, let measurement, let margin else { return false }
    return margin < measurement.band
  }

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
