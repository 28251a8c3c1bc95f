/// What the line diagnosis looks at; pressures are means without roller ripple.
public struct LineInputs: BitwiseCopyable, Sendable {
  /// Before the oxygenator.
  public var preOxygenator: Reading<Pressure>
  /// After the oxygenator: the arterial line.
  public var postOxygenator: Reading<Pressure>
  /// Pump inlet.
  public var inlet: Reading<Pressure>
  /// The patient's mean arterial pressure.
  public var arterial: Reading<Pressure>
  /// Flow by the probe.
  public var flow: Reading<Flow>
  /// Measured speed of the pump.
  public var speed: Reading<RotationalSpeed>
  /// Blood temperature, for its viscosity.
  public var blood: Reading<Temperature>

  /// Makes the inputs; sites that the board lacks are `.absent`.
  public init(
    preOxygenator: Reading<Pressure>, postOxygenator: Reading<Pressure>,
    inlet: Reading<Pressure>, arterial: Reading<Pressure>, flow: Reading<Flow>,
    speed: Reading<RotationalSpeed>, blood: Reading<Temperature>
  ) {
    self.preOxygenator = preOxygenator
    self.postOxygenator = postOxygenator
    self.inlet = inlet
    self.arterial = arterial
    self.flow = flow
    self.speed = speed
    self.blood = blood
  }
}

/// Tells kink, clamp, clot, cannula, disconnection and drainage obstruction apart by the pattern
/// of pressures and flow and by how fast it came (docs/domain.md 2.6, 3.4, 8.3 and case C6).
///
/// Return side up with the oxygenator's drop normal for the flow: the return line; within a second
/// a kink or clamp, else cannula or clot. Drop up by half with the return normal: oxygenator.
/// Inlet below the suction alert: drainage. Return down by 60 mmHg in half a second at unchanged
/// flow and speed: disconnection. It judges at 20 Hz inside `update`, which is called every tick.
public struct LineOcclusion: Sendable {
  /// Time between two judgements.
  public static var period: Seconds { .milliseconds(50) }
  /// The judgement now.
  public private(set) var assessment = LineAssessment()

  private let limits: CircuitLimits
  private let heightHead: Pressure
  private let ticks: UInt64
  private let step: Seconds
  private var history = LineHistory()
  private var baseline = LineBaseline()
  private var kink = SustainedCondition(for: .milliseconds(500))
  private var slowReturn = SustainedCondition(for: Seconds(seconds: 5))
  private var clot = SustainedCondition(for: Seconds(seconds: 10))
  private var drainage = SustainedCondition(for: Seconds(seconds: 1))
  private var lowPressure = SustainedCondition(for: .milliseconds(500))
  private var cleared = SustainedCondition(for: Seconds(seconds: 1))
  private var isReturnSudden = false
  private var isOxygenatorSudden = false
  private var isDisconnected = false

  /// Rise within a second that makes an obstruction sudden.
  static var suddenRise: Pressure { Pressure(millimetersOfMercury: 40) }
  /// Fall within half a second at constant flow that makes a disconnection.
  static var disconnectionFall: Pressure { Pressure(millimetersOfMercury: 60) }
  /// Excess over the expected return pressure that counts, with the arterial pressure known.
  static var excess: Pressure { Pressure(millimetersOfMercury: 40) }
  /// The same when the arterial pressure is assumed to be 60 mmHg.
  static var excessBlind: Pressure { Pressure(millimetersOfMercury: 60) }
  /// Ratio to the baseline that counts, for oxygenator and return.
  static var ratio: Double { 1.5 }

  /// A diagnosis with nominal baselines.
  public init(limits: CircuitLimits, subject: SubjectConfiguration, tick: Seconds) {
    self.limits = limits
    heightHead = subject.heightHead
    let count = tick.seconds > 0 ? Self.period / tick + 0.5 : 1
    ticks = count >= 1 && count < 1e6 ? UInt64(count) : 1
    step = tick * Double(ticks)
  }

  /// Learns the baselines anew; call it when the circuit or the phase changes.
  public mutating func relearn() { baseline = LineBaseline() }

  /// Takes the readings of one tick.
  public mutating func update(tick now: Tick, inputs: LineInputs) {
    guard now.count % ticks == 0 else { return }
    remember(inputs)
    guard let flow = inputs.flow.usable, let speed = inputs.speed.usable,
      speed.magnitude.revolutionsPerMinute > 1
    else { return forget() }
    let pattern = Pattern(inputs, flow: flow, baseline: baseline, heightHead: heightHead)
    assessment.oxygenatorRatio = pattern.oxygenatorRatio
    assessment.returnRatio = pattern.returnRatio
    judge(pattern, inputs)
    if assessment.diagnosis == .clear, let drop = pattern.oxygenatorNominal,
      let fall = pattern.returnNominal
    {
      baseline.learn(flow: flow, oxygenator: drop, returnLine: fall, step: step)
    } else {
      baseline.restart()
    }
  }

  private mutating func remember(_ inputs: LineInputs) {
    let post = inputs.postOxygenator.usable
    var drop: Pressure?
    if let pre = inputs.preOxygenator.usable, let post { drop = pre - post }
    history.append(
      LineHistory.Moment(
        post: post, drop: drop, flow: inputs.flow.usable, speed: inputs.speed.usable))
  }

  private mutating func forget() {
    assessment = LineAssessment()
    kink.reset()
    slowReturn.reset()
    clot.reset()
    drainage.reset()
    lowPressure.reset()
    (isReturnSudden, isOxygenatorSudden, isDisconnected) = (false, false, false)
    baseline.restart()
  }

  private mutating func judge(_ pattern: Pattern, _ inputs: LineInputs) {
    if let rise = history.postRise, rise > Self.suddenRise { isReturnSudden = true }
    if let rise = history.dropRise, rise > Self.suddenRise { isOxygenatorSudden = true }
    let returnUp = pattern.isReturnUp && pattern.isOxygenatorNormal
    let oxygenatorUp = pattern.isOxygenatorUp && !pattern.isReturnUp
    let isKinked = kink.update(
      (returnUp && isReturnSudden) || (oxygenatorUp && isOxygenatorSudden), step: step)
    // What comes slowly shows only against a baseline of this very circuit.
    let isSlow = slowReturn.update(returnUp && baseline.isLearned, step: step)
    let isClot = clot.update(oxygenatorUp && baseline.isLearned, step: step)
    let isDraining = drainage.update(
      inputs.inlet.usable.map { $0 < limits.suctionAlert } ?? false, step: step)
    let isLost = isDisconnected(pattern, inputs)
    let found: LineDiagnosis =
      if isLost {
        .disconnection
      } else if isKinked && returnUp {
        .returnKinkOrClamp
      } else if isSlow {
        .returnObstruction
      } else if isKinked {
        .oxygenatorKink
      } else if isClot {
        .oxygenatorClot
      } else if isDraining {
        .drainageObstruction
      } else if pattern.isJudgeable {
        .clear
      } else {
        .unknown
      }
    if !returnUp { isReturnSudden = isReturnSudden && (history.postRise ?? .zero) > .zero }
    if !oxygenatorUp {
      isOxygenatorSudden = isOxygenatorSudden && (history.dropRise ?? .zero) > .zero
    }
    assessment.diagnosis = found
    assessment.confidence = confidence(found, pattern, inputs)
  }

  /// A disconnection stands until the line holds pressure again for a second.
  private mutating func isDisconnected(_ pattern: Pattern, _ inputs: LineInputs) -> Bool {
    let isLow = lowPressure.update(
      pattern.flow.litersPerMinute > 1
        && (inputs.postOxygenator.usable.map { $0 < limits.pressureLow } ?? false),
      step: step)
    if history.lost(Self.disconnectionFall) || isLow { isDisconnected = true }
    let holds = inputs.postOxygenator.usable.map { $0 >= pattern.expectedReturn * 0.8 } ?? false
    if cleared.update(isDisconnected && holds, step: step) { isDisconnected = false }
    return isDisconnected
  }

  private func confidence(
    _ found: LineDiagnosis, _ pattern: Pattern, _ inputs: LineInputs
  ) -> DiagnosisConfidence {
    switch found {
    case .clear, .unknown: .none
    case .returnKinkOrClamp, .returnObstruction:
      inputs.preOxygenator.usable != nil && inputs.arterial.usable != nil ? .confirmed : .likely
    case .oxygenatorClot, .oxygenatorKink: baseline.isLearned ? .confirmed : .likely
    case .drainageObstruction, .disconnection:
      inputs.postOxygenator.usable != nil && inputs.inlet.usable != nil ? .confirmed : .likely
    }
  }
}
