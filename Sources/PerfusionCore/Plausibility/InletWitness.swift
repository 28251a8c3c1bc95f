/// Believes a suction at the pump's inlet only where what comes out of the pump does not contradict
/// it (docs/domain.md 8.4; 8.1, R3).
///
/// A suction that is real shows on the other side of the pump: a rotor makes no more head than its
/// curve has, and a roller's tube that is sucked flat delivers less. An inlet pressure that asks for
/// less flow and shows no such trace is the sensor's error.
struct InletWitness: BitwiseCopyable, Sendable {
  private var contradiction = Contradiction()
  /// The inlet pressure was contradicted in ten of the last samples or more; for up to 10 s after.
  var isContradicted: Bool { contradiction.stands }

  /// The inlet pressure as the pump and its limits may take it.
  ///
  /// * `limit`: pressure down to which nothing is asked for.
  mutating func believe(
    _ inlet: Reading<Pressure>, limit: Pressure, against evidence: InletEvidence, tick: Seconds
  ) -> Reading<Pressure> {
    let isUntrue = inlet.usable.map { $0 < limit && evidence.excludes($0) } ?? false
    contradiction.note(isUntrue, tick: tick)
    return isUntrue ? inlet.disbelieved : inlet
  }
}

/// What speaks for or against a suction.
enum InletEvidence {
  /// Nothing that could be believed.
  case none
  /// The pressure before the oxygenator, over the inlet by what speed and flow make of the curve.
  /// Without a flow the most head that the speed can make is taken.
  case head(
    before: Reading<Pressure>, speed: Reading<RotationalSpeed>, flow: Reading<Flow>,
    CentrifugalHead)
  /// The probe, and what the rollers would deliver from a full tube.
  case delivery(probe: Reading<Flow>, full: Reading<Flow>)

  /// What the head may be more than the curve says: 25 mmHg and a twelfth of the shut-off head.
  static var headMargin: Double { 25 }
  static var headShare: Double { 1.0 / 12 }
  /// What a tube may deliver more than it is filled at that inlet, of a full one: probe and stroke
  /// volume are each known to some per cent.
  static var deliveryShare: Double { 0.12 }

  /// An inlet pressure that cannot be.
  func excludes(_ inlet: Pressure) -> Bool {
    switch self {
    case .none: return false
    case .head(let before, let speed, let flow, let curve):
      guard let before = before.usable, let speed = speed.usable else { return false }
      let turns = speed.revolutionsPerMinute
      let made = curve.made(turns, flow.usable?.litersPerMinute ?? 0)
      let most = made + Self.headMargin + Self.headShare * curve.shutOff(turns)
      return (before - inlet).millimetersOfMercury > most
    case .delivery(let probe, let full):
      guard let probe = probe.usable, let full = full.usable, full > .zero else { return false }
      let fill = FlowEstimate.fill(inlet: Reading(inlet, takenAt: .start))
      return probe > full * (fill.value + Self.deliveryShare)
    }
  }
}
