/// A hazard of docs/domain.md section 8.3; HZ-01 has number 1.
public struct HazardID: BitwiseCopyable, Equatable, Sendable {
  /// The number in HZ-nn, 1...60.
  public var number: UInt8
  /// Makes the identifier HZ-`number`.
  @inlinable public init(_ number: UInt8) { self.number = number }
  /// Highest number of the table.
  public static var highest: UInt8 { 60 }
}

/// What stays after the cause of a row has gone.
///
/// Whatever a row latches, a pump that it stopped (zero flow or more) stands until the operator
/// resumes it, and its alarm stays as long: a board file's matrix, or another phase, may make a stop
/// of a row that mostly slows or tells (docs/domain.md 8.1 R6).
public enum Latch: UInt8, BitwiseCopyable, Sendable {
  /// Nothing.
  case none
  /// The alarm, until it is reset.
  case signal
  /// The row is there to stop: the reaction, until the operator resumes the pump; where there is
  /// none, the alarm.
  case reaction

  /// How the pump comes back, in words (docs/domain.md 8.1 R6, 8.4).
  public var restartRule: StaticString {
    switch self {
    case .none: "recovers by itself when the cause is gone; a pump that it stopped waits for RESUME"
    case .signal: "the alarm stays until it is reset; a pump that it stopped waits for RESUME"
    case .reaction:
      "cause gone for the clear time and RESUME by the operator; ramp from 10 % or floor + 300 rpm in 2 s"
    }
  }
}

/// Who may override a row (docs/domain.md section 9).
public enum OverrideClass: UInt8, BitwiseCopyable, Sendable {
  /// Class A: by button, for one pump and event, 180 s.
  case timed
  /// Class B: by its limit, before bypass.
  case limit
  /// Class C: never.
  case never
  /// Section 9 lets it be overridden, but no pump stops or slows for it: there is nothing to lift.
  case notApplicable

  /// How long an override by button lasts (docs/domain.md 8.3).
  public static var time: Seconds { Seconds(seconds: 180) }
  /// How long that of a cardioplegia pump's slowing lasts (docs/domain.md 9, AL-37).
  public static var cardioplegiaTime: Seconds { Seconds(seconds: 10) }
}

/// The pumps that a row of the machine acts on.
public enum Reach: UInt8, BitwiseCopyable, Sendable {
  /// The primary pump, or every pump that the response matrix links to the row's event.
  case linked
  /// Every pump.
  case every
  /// The primary pump, and with a stop those that take their blood from it.
  case bloodPath
  /// Vents.
  case vents
  /// Suckers.
  case suckers
}

/// What a row does to a start (docs/domain.md 8.1 R4: before bypass any fault may block it).
public enum StartRule: UInt8, BitwiseCopyable, Comparable, Sendable {
  /// Nothing.
  case allows
  /// READY and support are refused while it stands.
  case blocks
  /// The machine goes to FAULT_HOLD, unless somebody depends on it.
  case holds
  /// Orders by strictness.
  public static func < (left: StartRule, right: StartRule) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// What a row does to the water circuits.
public enum WaterRule: UInt8, BitwiseCopyable, Comparable, Sendable {
  /// Nothing that the water circuits' own permits do not do already.
  case allows
  /// No circuit may be switched on while nobody depends on the machine.
  case locks
  /// Water pumps and heaters off.
  case stops
  /// Orders by strictness.
  public static func < (left: WaterRule, right: WaterRule) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// One rule of the interlock table: what is seen, for how long, and what follows.
public struct InterlockRow: BitwiseCopyable, Sendable {
  /// The hazard it guards against.
  public var hazard: HazardID
  /// A second hazard that has the same condition.
  public var also: HazardID?
  /// The alarm it raises.
  public var alarm: AlarmID
  /// How urgent the alarm is for this condition.
  public var priority: AlarmPriority
  /// How long the condition must stand.
  public var raise: Seconds
  /// How long it must be gone.
  public var clear: Seconds
  /// What it does.
  public var reactions: Reactions
  /// What stays.
  public var latch: Latch
  /// Who may override it.
  public var override: OverrideClass
  /// The event of the response matrix that decides the reaction under support; `nil` when the
  /// row decides by itself.
  public var event: CircuitEvent?
  /// What an override names to lift the reaction: the event, or what a row without one is called.
  public var key: CircuitEvent?
  /// It also closes the arterial clamp when the reaction is zero flow or more.
  public var closesClamp: Bool
  /// The pumps it acts on.
  public var reach: Reach
  /// What it does to a start.
  public var start: StartRule
  /// What it does to the water circuits.
  public var water: WaterRule

  init(
    _ hazard: UInt8, also: UInt8 = 0, _ alarm: UInt8, _ priority: AlarmPriority,
    after raise: Seconds, clear: Seconds = Seconds(seconds: 1), _ reactions: Reactions,
    latch: Latch = .none, override: OverrideClass = .limit, event: CircuitEvent? = nil,
    key: CircuitEvent? = nil, closesClamp: Bool = false, reach: Reach = .linked,
    start: StartRule = .allows,
    water: WaterRule = .allows
  ) {
    self.hazard = HazardID(hazard)
    self.also = also == 0 ? nil : HazardID(also)
    self.alarm = AlarmID(alarm)
    self.priority = priority
    self.raise = raise
    self.clear = clear
    self.reactions = reactions
    self.latch = latch
    self.override = override
    self.event = event
    self.key = key ?? event
    self.closesClamp = closesClamp
    self.reach = reach
    self.start = start
    self.water = water
  }

  /// Its alarm stays when the cause of this reaction has gone.
  func latches(_ grade: Grade) -> Bool {
    grade >= .zeroFlow || latch != .none && grade > .none
  }

  /// The row guards against a hazard.
  public func guards(_ other: HazardID) -> Bool { hazard == other || also == other }
}

/// A row in words, for documents and screens.
public struct RowWords: BitwiseCopyable, Sendable {
  /// The condition that must hold.
  public var condition: StaticString
  /// When it no longer holds, where that is more than its opposite.
  public var clears: StaticString

  init(_ condition: StaticString, clears: StaticString = "the condition no longer holds") {
    self.condition = condition
    self.clears = clears
  }
}
