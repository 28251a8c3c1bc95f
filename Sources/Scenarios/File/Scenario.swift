/// A case or scenario as its file describes it, checked against one machine (docs/scenarios.md).
public struct Scenario: Sendable {
  /// The file as the person named it.
  public var file: String
  /// Title line.
  public var title: String
  /// What the case is about, in the file's words.
  public var summary = ""
  /// Identifiers of hazards, alarms, cases and requirements that it gives evidence for.
  public var identifiers: [String] = []
  /// The seed of every random draw; nothing when the file leaves it to the caller.
  public var seed: UInt64?
  /// Numbers of the plant that differ from the board file, by name.
  public var overrides: [PlantOverride] = []
  /// What is played before time 0, in this order.
  public var preludes: [Scenario] = []
  /// What happens, in order.
  public var entries: [TimelineEntry] = []
  /// What must hold at every tick.
  public var invariants: [Invariant] = []
  /// Seconds after which the run ends; nothing lets it end with the last expectation.
  public var duration: Double?

  /// A scenario in which nothing happens.
  public init(file: String, title: String) {
    self.file = file
    self.title = title
  }
}

/// A number of the plant that a case changes.
public struct PlantOverride: Sendable {
  /// The parameter's name.
  public var name: String
  /// Its value in the parameter's own unit.
  public var value: Double
  /// Where it stands.
  public var place: Place
  /// Makes an override.
  public init(name: String, value: Double, place: Place) {
    self.name = name
    self.value = value
    self.place = place
  }
}

/// One entry of a timeline.
public struct TimelineEntry: Sendable {
  /// When an entry is due.
  public enum Due: Sendable, Equatable {
    /// Seconds after time 0; not before the previous entry.
    case at(Double)
    /// Seconds after the previous entry.
    case after(Double)
  }

  /// Where it stands.
  public var place: Place
  /// When it is due.
  public var due = Due.after(0)
  /// What is to be read in log and report.
  public var note = ""
  /// What must come true before the entry goes on.
  public var wait: Expectation?
  /// What happens to the world.
  public var stimuli: [PlannedStimulus] = []
  /// What the operator does.
  public var actions: [PlannedAction] = []
  /// The operator's actions in the file's words.
  public var actionTexts: [String] = []
  /// A refusal of the actions is no failure.
  public var mayBeRefused = false
  /// What is expected from here.
  public var expectations: [Expectation] = []

  /// An entry without content.
  public init(place: Place) { self.place = place }
}

/// A stimulus some time after its entry is due.
public struct PlannedStimulus: Sendable {
  /// Seconds after the entry.
  public var after: Double
  /// What happens.
  public var step: Step
  /// The file's words.
  public var text: String
  /// Where it stands.
  public var place: Place

  /// What a stimulus does: at once, or step by step towards a value.
  public enum Step: Sendable {
    /// Done once.
    case once(Stimulus)
    /// Moves a number of the plant from its present value to this one in so many seconds.
    case ramp(String, to: Double, over: Double)
    /// Mains goes and comes back after so many seconds.
    case dip(Double)
  }

  /// Makes a planned stimulus.
  public init(after: Double = 0, _ step: Step, text: String, place: Place) {
    self.after = after
    self.step = step
    self.text = text
    self.place = place
  }
}
