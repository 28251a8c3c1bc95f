/// The plausibility lattice (docs/domain.md 8.4): redundant measures of one circuit are set against
/// each other ten times a second, and what is violated together is given its one common cause.
///
/// It states facts and stops nothing: the interlock table tells what it finds. Pressures and flows
/// are judged only while the pump keeps its speed and somebody depends on it; whether a sensor lives
/// is watched always.
public struct Plausibility: Sendable {
  /// The cause that has stood long enough to be named.
  public private(set) var cause = CommonCause.none
  /// Sensors that are lost or repeat themselves.
  private(set) var lives = LivelinessWatch()
  private var view = HydraulicView()
  private var known = HydraulicBaseline()
  private(set) var balance = VolumeBalance()
  private var candidate = CommonCause.none
  private var stood = 0.0
  private var isSettled = false
  private var learnedWarm: Temperature?
  /// The relations that are violated now, for tests.
  private(set) var relations = Relations.none

  /// Time that a cause must stand before it is named, seconds.
  static var raise: Double { 5 }
  /// The same where probe and rotor are apart (AL-25).
  static var raiseFlow: Double { 8 }
  /// Time that a named cause must be gone, seconds.
  static var clear: Double { 3 }

  /// Nothing known yet.
  public init() {}

  /// Looks at one sensor for signs of life.
  mutating func look(at sensor: WatchedSensor, _ sample: SensorSample) {
    lives.look(at: sensor, sample)
  }

  /// Sets level and flows of the reservoir against each other.
  mutating func weigh(_ level: VolumeBalance.Level, net: Flow?, step: Seconds) {
    balance.update(level, net: net, step: step)
  }

  /// Forgets the circuit: nobody depends on it.
  mutating func rest() {
    known = HydraulicBaseline()
    view = HydraulicView()
    balance = VolumeBalance()
    relations = .none
    isSettled = false
    settle(.none, step: Self.clear)
  }

  /// Judges the circuit, `step` seconds after the last look.
  ///
  /// * `line`: what the pattern of the line pressures says.
  /// * `isCalm`: the pump turns as its operator wants, in continuous flow.
  /// * `witnessed`: the sensor that a witness contradicts at once, which has waited for itself too.
  mutating func judge(
    _ moment: HydraulicView.Moment, _ circuit: HydraulicCircuit, blood: Temperature?,
    line: LineDiagnosis, isCalm: Bool, witnessed: CommonCause = .none, step: Double
  ) {
    view.update(moment, step: step)
    relearn(blood)
    relations = .none
    if isCalm && view.isSteady {
      relations = HydraulicJudgement(view, known, circuit, blood: blood).relations
    }
    var found = CauseRow.cause(relations)
    // The pattern of the line pressures has waited for itself.
    isSettled = false
    if !found.isSensor, isCalm, let seen = line.cause { (found, isSettled) = (seen, true) }
    if found == .none { found = balance.cause }
    if found == .none, witnessed != .none { (found, isSettled) = (witnessed, true) }
    if relations.isEmpty && line.cause == nil && isCalm {
      known.learn(view, circuit, blood: blood, step: step)
      if known.isLearned && learnedWarm == nil { learnedWarm = blood }
    }
    settle(found, step: step)
  }

  /// Colder blood is thicker: a circuit that was learned five kelvins away is learned anew.
  private mutating func relearn(_ blood: Temperature?) {
    guard let blood, let before = learnedWarm, (blood - before).magnitude > .kelvins(5),
      cause == .none, candidate == .none
    else { return }
    known = HydraulicBaseline()
    learnedWarm = nil
  }

  private mutating func settle(_ found: CommonCause, step: Double) {
    if found == cause {
      (candidate, stood) = (.none, 0)
      return
    }
    if found != candidate { (candidate, stood) = (found, 0) }
    stood += step
    let isFlow = found == .flowProbe || found == .pumpHead || found == .flowDisagreement
    let needed = found == .none ? Self.clear : isFlow ? Self.raiseFlow : Self.raise
    guard isSettled || stood >= needed - 1e-6 else { return }
    (cause, candidate, stood) = (found, .none, 0)
  }
}

extension LineDiagnosis {
  /// The cause that the pattern of the line pressures names.
  var cause: CommonCause? {
    switch self {
    case .clear, .unknown: nil
    case .returnKinkOrClamp, .returnObstruction: .returnObstruction
    case .oxygenatorClot, .oxygenatorKink: .oxygenator
    case .drainageObstruction: .drainage
    case .disconnection: .leak
    }
  }
}
