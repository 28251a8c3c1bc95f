/// What a screen says about an alarm: state, cause, next action (docs/domain.md section 9).
public struct AlarmText: BitwiseCopyable, Sendable {
  /// What is the case now.
  public var state: StaticString
  /// Why.
  public var cause: StaticString
  /// What to do next.
  public var action: StaticString
  /// The state in at most 20 letters, for narrow screens.
  public var title: StaticString

  init(
    _ title: StaticString, _ state: StaticString, cause: StaticString, action: StaticString
  ) {
    self.title = title
    self.state = state
    self.cause = cause
    self.action = action
  }
}

/// What an operator may do about an alarm before or while it stands (docs/domain.md section 9).
public enum AlarmOverride: UInt8, BitwiseCopyable, Sendable {
  /// Class A: by button, for one pump and event, 180 s; the pump keeps running.
  case timed
  /// Class B: its limit set, or the alarm switched off, before bypass only.
  case limit
  /// Class C: nothing; acknowledging does not silence it either.
  case never
  /// There is nothing to override: the alarm tells of an act of the operator, or no pump stops or
  /// slows for it (AL-02, 07, 21, 24 and 35, of class A in section 9, are told and no more).
  case notApplicable
}

/// The one circumstance under which an alarm is not shown or sounded (docs/domain.md section 9).
///
/// The table knows no other suppression, and each hides its own alarm only.
public enum AlarmSuppression: UInt8, BitwiseCopyable, Sendable {
  /// None: the alarm is always told.
  case none
  /// While the interlocks hold the primary pump at zero flow, whose cause has an alarm of its own.
  case arterialStop
  /// While the arterial clamp is closed and the phase is WEAN.
  case clampClosedInWean
  /// In the phase PRIME.
  case prime
}

/// Who can notice the condition of an alarm.
public enum AlarmRaiser: Equatable, BitwiseCopyable, Sendable {
  /// A row of the interlock table.
  case interlocks
  /// Nothing in this controller, and why.
  case nobody(UnraisedReason)
}

/// Why this controller cannot raise an alarm of the catalogue.
public enum UnraisedReason: UInt8, BitwiseCopyable, Sendable {
  /// Only an independent supervisor sees that this controller is gone; on these boards that is the
  /// window watchdog, which sounds the buzzer by itself.
  case needsIndependentSupervisor
  /// No sensor of this controller measures it.
  case hasNoSensor

  /// The reason in words.
  public var words: StaticString {
    switch self {
    case .needsIndependentSupervisor: "only an independent supervisor can see it"
    case .hasNoSensor: "no sensor of this controller measures it"
    }
  }
}

/// One alarm of the catalogue (docs/domain.md section 9).
public struct AlarmEntry: Sendable {
  /// Its number.
  public var id: AlarmID
  /// The condition in words.
  public var condition: StaticString
  /// The priority it begins with.
  public var priority: AlarmPriority
  /// When it rises above that priority, empty when it never does.
  public var rises: StaticString
  /// Default limit and, in brackets, the range it may be adjusted in; empty when it has none.
  public var limit: StaticString
  /// How long the condition stands before the alarm is raised; `nil` when it has no delay.
  public var delay: Seconds?
  /// What stays when the cause has gone.
  public var latch: Latch
  /// What the operator may do about it.
  public var override: AlarmOverride
  /// When it is not told.
  public var suppression: AlarmSuppression
  /// Who notices it.
  public var raiser: AlarmRaiser
  /// What the screen says.
  public var text: AlarmText

  init(
    _ number: UInt8, _ condition: StaticString, _ priority: AlarmPriority,
    rises: StaticString = "", limit: StaticString = "", after delay: Seconds? = nil,
    _ latch: Latch, _ override: AlarmOverride, suppressed: AlarmSuppression = .none,
    by raiser: AlarmRaiser = .interlocks, _ text: AlarmText
  ) {
    id = AlarmID(number)
    self.condition = condition
    self.priority = priority
    self.rises = rises
    self.limit = limit
    self.delay = delay
    self.latch = latch
    self.override = override
    suppression = suppressed
    self.raiser = raiser
    self.text = text
  }
}
