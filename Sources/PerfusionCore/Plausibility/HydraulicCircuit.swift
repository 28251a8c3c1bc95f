/// What the lattice has to know of a circuit beside its readings.
struct HydraulicCircuit: BitwiseCopyable, Sendable {
  /// Curve of a centrifugal pump; nothing for a roller.
  var curve: CentrifugalHead?
  /// Height of the patient over the transducers, mmHg.
  var column: Double

  /// How much more head there is than speed and flow make; nothing where that is not known.
  func headError(_ view: HydraulicView, flow: Double) -> Double? {
    guard let curve, let before = view.before.value, let inlet = view.inlet.value,
      let turns = view.speed.value
    else { return nil }
    return before - inlet - curve.made(turns, flow)
  }
}

/// Sets one moment of a known circuit against what its flow makes of it.
struct HydraulicJudgement: Sendable {
  private(set) var relations = Relations.none
  private let view: HydraulicView
  private let known: HydraulicBaseline
  private let circuit: HydraulicCircuit
  private let blood: Temperature?
  private var flow = 0.0

  /// Judges a steady moment; without flow or baseline no relation is violated.
  init(
    _ view: HydraulicView, _ known: HydraulicBaseline, _ circuit: HydraulicCircuit,
    blood: Temperature?
  ) {
    self.view = view
    self.known = known
    self.circuit = circuit
    self.blood = blood
    guard known.isLearned, let flow = flowToTrust() else { return }
    self.flow = flow
    guard flow >= HydraulicBaseline.leastFlow else {
      relations = .none
      return
    }
    judgeDrops()
    judgeInlet()
    judgeHead()
    if circuit.curve != nil { judgeProportion() }
  }

  /// The probe's flow, or that of the rotor when only it fits the pressures.
  private mutating func flowToTrust() -> Double? {
    guard let rotor = view.rotor.value else { return view.probe.value }
    guard let probe = view.probe.value else { return rotor }
    let own = probe / known.share
    guard (own - rotor).magnitude > 0.08 * max(own, rotor) + 0.05 else { return probe }
    relations.insert(.flow)
    guard let total = total() else { return probe }
    let byProbe = (total - expectedTotal(probe)).magnitude
    let byRotor = (total - expectedTotal(rotor * known.share)).magnitude
    guard (byProbe - byRotor).magnitude > 4 else { return probe }
    relations.insert(byRotor < byProbe ? .rotorFits : .probeFits)
    return byRotor < byProbe ? rotor * known.share : probe
  }

  private func expectedDrop(_ flow: Double) -> Double {
    known.oxygenator * LineBaseline.oxygenatorDrop(.litersPerMinute(flow), blood: blood)
  }
  private func expectedReturn(_ flow: Double) -> Double {
    known.returnLine * LineBaseline.returnDrop(.litersPerMinute(flow))
  }
  private var fall: Double? {
    guard let after = view.after.value, let patient = view.patient.value else { return nil }
    return after - patient - circuit.column
  }
  private var drop: Double? {
    guard let before = view.before.value, let after = view.after.value else { return nil }
    return before - after
  }
  /// From the pump to the patient, as far as it is measured.
  private func total() -> Double? { fall.map { $0 + (drop ?? 0) } }
  private func expectedTotal(_ flow: Double) -> Double {
    expectedReturn(flow) + (drop == nil ? 0 : expectedDrop(flow))
  }

  private mutating func judgeDrops() {
    if let drop {
      let expected = expectedDrop(flow)
      let error = drop - expected
      let tolerance = 12 + 0.15 * expected
      if error > tolerance { relations.insert(.dropHigh) }
      if error < -tolerance { relations.insert(.dropLow) }
      if drop < -0.5 * expected { relations.insert(.dropReversed) }
    }
    guard let fall, let patient = view.patient.value, let after = view.after.value else { return }
    let expected = expectedReturn(flow)
    let error = fall - expected
    let tolerance = 12 + 0.1 * expected
    if error.magnitude > 0.4 * tolerance { relations.insert(.returnLeans) }
    if error > tolerance { relations.insert(.returnHigh) }
    if error < -tolerance { relations.insert(.returnLow) }
    guard error.magnitude > tolerance else { return }
    let patientMoved = known.patient - patient
    if patientMoved * (error < 0 ? -1 : 1) > 0.6 * error.magnitude,
      (after - known.after).magnitude < 0.4 * error.magnitude
    {
      relations.insert(.patientMoved)
    }
  }

  private mutating func judgeInlet() {
    guard let inlet = view.inlet.value, let rest = known.inlet else { return }
    let ratio = flow / max(known.flow, 0.1)
    var expected = rest
    if let drainage = known.drainage, let central = view.central.value {
      expected = central - drainage * ratio * ratio
    } else if (ratio - 1).magnitude > 0.15 {
      return
    }
    let tolerance = 15 + 0.15 * expected.magnitude
    if inlet > expected + tolerance { relations.insert(.inletHigh) }
    if inlet < expected - tolerance { relations.insert(.inletLow) }
    judgeCentral(inlet - expected, tolerance: tolerance, inlet: inlet)
  }

  /// Which of the two moved: what drives the drainage, or what the pump sucks.
  private mutating func judgeCentral(_ error: Double, tolerance: Double, inlet: Double) {
    guard error.magnitude > tolerance, let central = view.central.value else { return }
    let moved = known.central - central
    if moved * (error < 0 ? -1 : 1) > 0.6 * error.magnitude,
      (inlet - known.inletNow).magnitude < 0.4 * error.magnitude
    {
      relations.insert(.centralMoved)
    }
  }

  private mutating func judgeHead() {
    guard let offset = known.headOffset, let error = circuit.headError(view, flow: flow)
    else { return }
    let tolerance = 15.0
    if error - offset > tolerance { relations.insert(.headHigh) }
    if error - offset < -tolerance { relations.insert(.headLow) }
  }

  /// A centrifugal pump's curve is too flat to tell its flow, but three drops that are all off by
  /// the same share can only have the probe in common.
  private mutating func judgeProportion() {
    guard let drop, let fall, let inlet = view.inlet.value, let central = view.central.value,
      let drainage = known.drainage
    else { return }
    let ratio = flow / max(known.flow, 0.1)
    let first = drop / max(expectedDrop(flow), 1)
    let second = fall / max(expectedReturn(flow), 1)
    let third = (central - inlet) / max(drainage * ratio * ratio, 1)
    let highest = max(max(first, second), third)
    let lowest = min(min(first, second), third)
    guard highest - lowest < 0.2 else { return }
    if highest < 0.9 { relations.insert(.allLow) }
    if lowest > 1.1 { relations.insert(.allHigh) }
  }
}
