/// How this very circuit behaved while nothing was wrong: ten quiet seconds, taken as the measure.
///
/// Nominal are a drop of 8 Q + 1.2 Q2 over the oxygenator, 4.4 Q2 over line and cannula
/// (docs/domain.md 4.3), and a square law on the drainage side. The factors on them hold what
/// tolerances, cannulae and blood make of it.
struct HydraulicBaseline: BitwiseCopyable, Sendable {
  /// The circuit is known.
  private(set) var isLearned = false
  /// Factor on the nominal drop over the oxygenator.
  private(set) var oxygenator = 1.0
  /// Factor on the nominal drop over line and cannula.
  private(set) var returnLine = 1.0
  /// Probe over rotor.
  private(set) var share = 1.0
  /// Flow, pressure at the inlet and what drives the drainage then.
  private(set) var flow = 0.0
  private(set) var inlet: Double?
  private(set) var drainage: Double?
  /// Head of a centrifugal pump then, beyond what its curve says.
  private(set) var headOffset: Double?
  /// Pressures then; they follow slowly while all agrees.
  private(set) var patient = 0.0
  private(set) var after = 0.0
  private(set) var central = 0.0
  private(set) var inletNow = 0.0
  private var quiet = 0.0

  /// Quiet seconds from which it learns.
  static var time: Double { 10 }
  /// Flow under which nothing is learned or judged, L/min: drops are lost in tolerances there.
  static var leastFlow: Double { 1.5 }

  /// Learns from one more look at a steady circuit, `step` seconds after the last.
  mutating func learn(
    _ view: HydraulicView, _ circuit: HydraulicCircuit, blood: Temperature?, step: Double
  ) {
    guard !isLearned else { return follow(view, step: step) }
    guard view.isSteady, let now = view.probe.value ?? view.rotor.value,
      now >= Self.leastFlow, (now - flow).magnitude <= 0.1 * now
    else { return restart(view.probe.value ?? view.rotor.value ?? 0) }
    quiet += step
    guard quiet >= Self.time else { return }
    take(view, flow: now, blood: blood, circuit)
  }

  private mutating func take(
    _ view: HydraulicView, flow now: Double, blood: Temperature?, _ circuit: HydraulicCircuit
  ) {
    flow = now
    if let probe = view.probe.value, let rotor = view.rotor.value, rotor > 0 {
      share = min(max(probe / rotor, 0.7), 1.3)
    }
    if let before = view.before.value, let after = view.after.value {
      let nominal = LineBaseline.oxygenatorDrop(.litersPerMinute(now), blood: blood)
      oxygenator = min(max((before - after) / max(nominal, 1), 0.3), 3)
    }
    if let after = view.after.value, let patient = view.patient.value {
      let nominal = LineBaseline.returnDrop(.litersPerMinute(now))
      returnLine = min(max((after - patient - circuit.column) / max(nominal, 1), 0.1), 5)
    }
    inlet = view.inlet.value
    headOffset = circuit.headError(view, flow: now)
    if let inlet = view.inlet.value, let central = view.central.value { drainage = central - inlet }
    patient = view.patient.value ?? 0
    after = view.after.value ?? 0
    central = view.central.value ?? 0
    inletNow = view.inlet.value ?? 0
    isLearned = true
  }

  /// Half a minute behind: how far a pressure jumped is judged against this.
  private mutating func follow(_ view: HydraulicView, step: Double) {
    if let now = view.patient.value { patient += (now - patient) * min(step / 30, 1) }
    if let now = view.after.value { after += (now - after) * min(step / 30, 1) }
    if let now = view.central.value { central += (now - central) * min(step / 30, 1) }
    if let now = view.inlet.value { inletNow += (now - inletNow) * min(step / 30, 1) }
  }

  private mutating func restart(_ now: Double) {
    quiet = 0
    flow = now
  }
}
