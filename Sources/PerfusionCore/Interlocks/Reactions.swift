/// The columns of the phase table in docs/domain.md 8.2.
///
/// The phase is that of `Phase.duty`: while the primary pump may deliver, READY, an arrest and
/// post-bypass are support.
public enum PhaseColumn: UInt8, BitwiseCopyable, Sendable {
  /// Off, self test, standby, setup, post-bypass, service, fault hold.
  case rest
  /// Prime, and ready while nothing is pumped at a patient: air is expected.
  case prime
  /// A patient or organ depends on a roller pump.
  case roller
  /// A patient or organ depends on a centrifugal pump.
  case centrifugal
  /// Flow is stopped on purpose, and the primary pump stands.
  case arrest
  /// How many columns there are.
  public static var count: Int { 5 }

  /// The column of a kind of pump in a phase.
  public init(_ phase: Phase, _ kind: PumpKind) {
    self =
      switch phase {
      case .off, .post, .standby, .setup, .postBypass, .service, .faultHold: .rest
      case .prime, .ready: .prime
      case .partialBypass, .onBypass, .wean, .ecmo, .exVivo:
        kind == .roller ? .roller : .centrifugal
      case .circulatoryArrest: .arrest
      }
  }
}

/// What a row does to its pump by phase and kind of pump (docs/domain.md 8.2).
public struct Reactions: BitwiseCopyable, Sendable {
  /// Off, self test, standby, setup, post-bypass, service, fault hold.
  public var rest: Grade
  /// Prime, and ready while nothing is pumped at a patient: air is expected.
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
  /// Only while somebody depends on the flow; told in an arrest.
  public static func support(_ grade: Grade) -> Reactions {
    Reactions(
      rest: .none, prime: .none, roller: grade, centrifugal: grade, arrest: .annunciate)
  }
  /// While somebody is connected, an arrest included.
  public static func whileConnected(_ grade: Grade) -> Reactions {
    Reactions(rest: .none, prime: .none, roller: grade, centrifugal: grade, arrest: grade)
  }

  /// The reaction in a column.
  public subscript(column: PhaseColumn) -> Grade {
    switch column {
    case .rest: rest
    case .prime: prime
    case .roller: roller
    case .centrifugal: centrifugal
    case .arrest: arrest
    }
  }

  /// The reaction in a phase on a kind of pump.
  public func grade(in phase: Phase, kind: PumpKind) -> Grade { self[PhaseColumn(phase, kind)] }
}
