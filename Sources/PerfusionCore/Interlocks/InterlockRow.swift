/// A hazard of docs/domain.md section 8.3; HZ-01 has number 1.
public struct HazardID: BitwiseCopyable, Equatable, Sendable {
  /// The number in HZ-nn, 1...60.
  public var number: UInt8
  /// Makes the identifier HZ-`number`.
  @inlinable public init(_ number: UInt8) { self.number = number }
}

/// What stays after the cause of a row has gone.
public enum Latch: UInt8, BitwiseCopyable, Sendable {
  /// Nothing.
  case none
  /// The alarm, until it is reset.
  case signal
  /// The reaction, until the operator resumes the pump.
  case reaction
}

/// Who may override a row (docs/domain.md section 9).
public enum OverrideClass: UInt8, BitwiseCopyable, Sendable {
  /// By button, for one pump and event, 180 s.
  case timed
  /// By its limit, before bypass.
  case limit
  /// Never.
  case never
}

/// What a row does to its pump by phase and kind of pump (docs/domain.md 8.2).
public struct Reactions: BitwiseCopyable, Sendable {
  /// Off, self test, standby, setup, post-bypass, service, fault hold.
  public var rest: Grade
  /// Prime and ready: air is expected, nobody is connected.
  public var prime: Grade
  /// A patient or organ depends on a roller pump.
  public var roller: Grade
  /// A patient or organ depends on a centrifugal pump.
  public var centrifugal: Grade
  /// Flow is stopped on purpose.
  public var arrest: Grade

  /// Different in every column.
  public init(rest: Grade, prime: Grade, roller: Grade, centrifugal: Grade, arrest: Grade) {
    self.rest = rest
    self.prime = prime
    self.roller = roller
    self.centrifugal = centrifugal
    self.arrest = arrest
  }
  /// The same everywhere.
  public static func always(_ grade: Grade) -> Reactions {
    Reactions(rest: grade, prime: grade, roller: grade, centrifugal: grade, arrest: grade)
  }
  /// Only while somebody depends on the flow; told elsewhere.
  public static func support(_ grade: Grade) -> Reactions {
    Reactions(
      rest: .none, prime: .none, roller: grade, centrifugal: grade, arrest: .annunciate)
  }

  /// The reaction in a phase on a kind of pump.
  public func grade(in phase: Phase, kind: PumpKind) -> Grade {
    switch phase {
    case .off, .post, .standby, .setup, .postBypass, .service, .faultHold: rest
    case .prime, .ready: prime
    case .partialBypass, .onBypass, .wean, .ecmo, .exVivo:
      kind == .roller ? roller : centrifugal
    case .circulatoryArrest: arrest
    }
  }
}

/// One rule of the interlock table: what is seen, for how long, and what follows.
public struct InterlockRow: BitwiseCopyable, Sendable {
  /// The hazard it guards against.
  public var hazard: HazardID
  /// The alarm it raises.
  public var alarm: AlarmID
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
  /// It also closes the arterial clamp when the reaction is zero flow or more.
  public var closesClamp: Bool
  /// It acts on every pump, not on the primary one alone (emergency stop).
  public var actsOnEveryPump: Bool

  init(
    _ hazard: UInt8, _ alarm: UInt8, after raise: Seconds, clear: Seconds = Seconds(seconds: 1),
    _ reactions: Reactions, latch: Latch = .none, override: OverrideClass = .limit,
    event: CircuitEvent? = nil, closesClamp: Bool = false, actsOnEveryPump: Bool = false
  ) {
    self.hazard = HazardID(hazard)
    self.alarm = AlarmID(alarm)
    self.raise = raise
    self.clear = clear
    self.reactions = reactions
    self.latch = latch
    self.override = override
    self.event = event
    self.closesClamp = closesClamp
    self.actsOnEveryPump = actsOnEveryPump
  }
}
