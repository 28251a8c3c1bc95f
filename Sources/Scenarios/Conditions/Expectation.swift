/// What a case expects, as it was written and as it is checked.
public struct Expectation: Sendable {
  /// The text in the file.
  public var text: String
  /// Where it stands.
  public var place: Place
  /// What must come true.
  var trigger: Trigger
  /// It must not come true instead.
  var isNegated = false
  /// Seconds after the entry before which it must not come true.
  var notBefore: Double?
  /// Seconds after the entry by which it must have come true; without it, at once.
  var within: Double?
  /// Seconds that it must stay true.
  var hold: Double?
  /// For a reaction: what `trigger` must be followed by, and in how many seconds.
  var reaction: (to: Trigger, limit: Double)?
  /// What it is called as a measurement; nothing for a plain expectation.
  var measurement: MeasurementName?
}

/// A named measurement: its value is kept beside its limits, whatever comes of it.
public struct MeasurementName: Sendable, Equatable {
  /// What the file calls it.
  public var name: String
  /// A value inside the limits but nearer to one than this is marginal, in the value's base unit.
  public var band: Double
}

/// What must hold at every tick.
public struct Invariant: Sendable {
  /// The text in the file.
  public var text: String
  /// Where it stands.
  public var place: Place
  /// What must hold, or must never happen.
  var trigger: Trigger
  /// The event must never happen.
  var isNegated = false
  /// Only while this holds.
  var condition: Condition?
  /// Seconds of case time from which on it is checked; from power-on, prelude included, when nil.
  var from: Double?
  /// Seconds of case time until which it is checked.
  var until: Double?
}
