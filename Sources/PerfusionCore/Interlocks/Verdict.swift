/// What the interlocks ask of one pump in this tick.
public struct Verdict: BitwiseCopyable, Equatable, Sendable {
  /// The highest reaction of all rows that stand or are latched.
  public var grade = Grade.none
  /// Why, in the words of the status.
  public var reason = CommandReason.asSet
  /// The pump was stopped: it stands until the operator resumes it.
  public var needsResume = false
  /// A row takes torque away; told apart because isolating the patient ranks above it.
  public var removesTorque = false
  /// A cause of the latched reaction still stands, so resuming is refused.
  public var causeStands = false
  /// Nothing asked.
  public init() {}
}

/// A latched reaction of one pump.
struct HeldReaction: BitwiseCopyable, Equatable, Sendable {
  var machineRows: UInt128 = 0
  var pumpRows: UInt128 = 0
  var grade = Grade.none
  var closesClamp = false
  var removesTorque = false
}

/// What the rows that stand come to for one pump.
struct Fold {
  var grade = Grade.none
  var machineRows: UInt128 = 0
  var pumpRows: UInt128 = 0
  var closesClamp = false
  var removesTorque = false
}

/// What the verdicts depend on beside the rows; while none of it changes, they stand.
struct Basis: BitwiseCopyable, Equatable, Sendable {
  var phase = Phase.off
  var started: UInt8 = 0
  var overrides = 0
}

extension Response {
  /// The grade that the response stands for.
  var grade: Grade {
    switch self {
    case .none: .none
    case .alarm: .annunciate
    case .regulate: .regulate
    case .hold: .zeroFlow
    case .stop, .stopAndClamp: .stop
    }
  }
}

extension Grade {
  /// The reason that a pump shows under this grade.
  var reason: CommandReason {
    switch self {
    case .none, .annunciate, .keepRunning, .regulate: .asSet
    case .hold: .held
    case .zeroFlow: .zeroFlowHold
    case .stop, .isolate: .stopped
    case .forcedStop: .torqueOff
    }
  }
}
