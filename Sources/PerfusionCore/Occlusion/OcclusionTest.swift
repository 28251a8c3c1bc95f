/// What the occlusion test sees in one tick.
public struct OcclusionTestInputs: BitwiseCopyable, Sendable {
  /// Pressure of the clamped line.
  public var line: Reading<Pressure>
  /// Angle of the rotor since start-up, by its encoder.
  public var turned: Reading<Revolutions>
  /// The arterial clamp is confirmed closed by its own switch.
  public var isClampClosed: Bool
  /// Where the treatment stands.
  public var phase: Phase

  /// Makes the inputs.
  public init(
    line: Reading<Pressure>, turned: Reading<Revolutions>, isClampClosed: Bool, phase: Phase
  ) {
    self.line = line
    self.turned = turned
    self.isClampClosed = isClampClosed
    self.phase = phase
  }
}

/// The clamped-line test of a roller pump's occlusion (docs/domain.md 2.3, AL-33).
///
/// The pump turns at 5 rpm against the closed arterial clamp until the line reaches 300 mmHg, then
/// the decay is watched at four rotor angles, a quarter turn apart, so that each roller is seen
/// twice. A laminar leak G out of a line of compliance C makes the decay -G P/C and the rise
/// (SV n - G P)/C, so rise and decay together give the leak and the dynamic pressure without
/// knowing C. Decays are given as at 300 mmHg, because each quarter turn adds pressure; in a stiff
/// line the first angle is taken lower, so that the last one stays below the abort limit.
///
/// Call `update` every tick while `isRunning` and turn the pump at `speed`; everything that goes
/// wrong stops the pump in the same tick and ends the test with its reason.
public struct OcclusionTest: BitwiseCopyable, Sendable {
  /// How the test is done.
  public let plan: OcclusionTestPlan
  /// Speed the pump must turn at now.
  public private(set) var speed = RotationalSpeed.zero
  /// The result, once the test has ended.
  public private(set) var result: OcclusionResult?
  /// The test is under way.
  public private(set) var isRunning = false

  private enum Stage: BitwiseCopyable { case filling, settling, watching, turning }
  private let stroke: StrokeVolume
  private let tick: Seconds
  private var stage = Stage.filling
  private var elapsed = Seconds.zero
  private var rise = PressureRise()
  private var decay = PressureDecay()
  private var found = OcclusionResult(outcome: .cancelled)
  private var relativeSum = 0.0
  private var stallPressure = Pressure.zero
  private var stallTime = Seconds.zero
  private var stallTurned = Revolutions.zero
  private var rotorTime = Seconds.zero
  private var nextAngle = Revolutions.zero
  private var unusable = SustainedCondition(for: .milliseconds(100))

  /// A test of a pump with this stroke volume that has not been started.
  public init(stroke: StrokeVolume, tick: Seconds, plan: OcclusionTestPlan = OcclusionTestPlan()) {
    self.stroke = stroke
    self.tick = tick
    self.plan = plan
  }

  /// Phases in which nobody depends on the pump and the line may be clamped and pressed.
  public static func isAllowed(in phase: Phase) -> Bool {
    switch phase {
    case .standby, .setup, .prime, .ready, .postBypass, .service: true
    case .off, .post, .partialBypass, .onBypass, .circulatoryArrest, .wean, .ecmo, .exVivo,
      .faultHold:
      false
    }
  }

  /// Starts the test, or says why not; `pumpSpeed` is the measured speed of the rotor.
  public mutating func start(
    _ inputs: OcclusionTestInputs, pumpSpeed: Reading<RotationalSpeed>
  ) -> Refusal? {
    guard Self.isAllowed(in: inputs.phase) else { return .wrongPhase }
    guard let moving = pumpSpeed.usable, let line = inputs.line.usable,
      let turned = inputs.turned.usable
    else { return .readingUnusable }
    guard moving.magnitude.revolutionsPerMinute < 0.5 else { return .pumpRunning }
    guard inputs.isClampClosed else { return .causeNotCleared }
    self = OcclusionTest(stroke: stroke, tick: tick, plan: plan)
    isRunning = true
    stallPressure = line
    stallTurned = turned
    speed = plan.speed
    return nil
  }

  /// Ends the test at the operator's wish.
  public mutating func cancel() {
    if isRunning { end(.cancelled) }
  }

  /// How far the test has come, 0...1.
  public var progress: Fraction {
    guard isRunning else { return result == nil ? .zero : .one }
    let line = Fraction(value: found.highest / plan.target).clamped() * 0.3
    let watched = stage == .watching ? elapsed / plan.watching : 0
    let share = (Double(found.angles) + watched) / Double(max(plan.angles, 1))
    return (line + .of(0.7 * share)).clamped()
  }

  /// Carries the test through one tick.
  public mutating func update(_ inputs: OcclusionTestInputs) {
    guard isRunning else { return }
    guard Self.isAllowed(in: inputs.phase) else { return end(.wrongPhase) }
    guard inputs.isClampClosed else { return end(.clampOpened) }
    guard let line = inputs.line.usable, let turned = inputs.turned.usable else {
      if unusable.update(true, step: tick) { end(.sensorUnusable) }
      return
    }
    unusable.reset()
    found.highest = max(found.highest, line)
    guard line < plan.limit else { return end(.pressureLimit) }
    elapsed += tick
    switch stage {
    case .filling: fill(line, turned)
    case .settling: settle()
    case .watching: watch(line, turned)
    case .turning: turn(turned)
    }
  }

  private mutating func fill(_ line: Pressure, _ turned: Revolutions) {
    rise.append(line, turned: turned, step: tick)
    if line >= firstTarget { return enter(.settling) }
    guard rotorFollows(turned) else { return }
    stallTime += tick
    if line >= stallPressure + plan.leastRise {
      stallPressure = line
      stallTime = .zero
    } else if stallTime >= plan.patience {
      found.dynamicPressure = max(found.highest, .mmHg(1))
      found.leak = .millilitersPerMinutePerMmHg(
        (stroke * plan.speed).millilitersPerMinute / found.dynamicPressure.millimetersOfMercury)
      end(.pressureNotReached)
    }
  }

  /// Where the first angle is taken: the target, or lower where the later ones would go too high.
  private var firstTarget: Pressure {
    guard rise.isKnown else { return plan.target }
    let later = plan.spacing.revolutions * Double(max(plan.angles - 1, 0)) * rise.perTurn
    return (plan.limit - .mmHg(15 + later)).clamped(.mmHg(100), plan.target)
  }

  private mutating func settle() {
    if elapsed >= plan.settling { enter(.watching) }
  }

  private mutating func watch(_ line: Pressure, _ turned: Revolutions) {
    decay.append(line, at: elapsed)
    guard elapsed >= plan.watching else { return }
    if found.angles < 4 {
      found.decays[found.angles] =
        .mmHgPerSecond(decay.relative * OcclusionTestPlan.reference.millimetersOfMercury)
      found.angles += 1
      relativeSum += decay.relative
    }
    if found.angles >= min(max(plan.angles, 1), 4) { return evaluate() }
    nextAngle = turned + plan.spacing
    stallTurned = turned
    enter(.turning)
  }

  private mutating func turn(_ turned: Revolutions) {
    if turned >= nextAngle { return enter(.settling) }
    _ = rotorFollows(turned)
  }

  /// Ends the test when the rotor has made less than a third of its way in three seconds.
  private mutating func rotorFollows(_ turned: Revolutions) -> Bool {
    rotorTime += tick
    guard rotorTime.seconds >= 3 else { return true }
    let moved = turned - stallTurned
    guard moved.revolutions * 3 >= (plan.speed * rotorTime).revolutions else {
      end(.rotorDidNotTurn)
      return false
    }
    stallTurned = turned
    rotorTime = .zero
    return true
  }

  private mutating func enter(_ next: Stage) {
    stage = next
    elapsed = .zero
    rotorTime = .zero
    if next == .watching { decay = PressureDecay() }
    speed = next == .turning || next == .filling ? plan.speed : .zero
  }

  private mutating func evaluate() {
    let relative = max(relativeSum / Double(max(found.angles, 1)), 1e-5)
    let total = rise.rate.mmHgPerSecond + relative * rise.mean.millimetersOfMercury
    if rise.isKnown, total > 0 {
      found.dynamicPressure = Pressure.mmHg(total / relative).clamped(.mmHg(1), .mmHg(2000))
      let displaced = stroke * rise.speed
      found.leak = .millilitersPerMinutePerMmHg(
        displaced.millilitersPerMinute * relative / total)
      found.lineCompliance = displaced.millilitersPerSecond / total
    }
    let isReached = found.highest >= plan.target * 0.95
    if found.fastestDecay > plan.fastest {
      end(.underOccluded)
    } else if !isReached {
      end(.pressureNotReached)
    } else {
      end(found.slowestDecay < plan.slowest ? .overOccluded : .passed)
    }
  }

  private mutating func end(_ outcome: OcclusionOutcome) {
    found.outcome = outcome
    result = found
    isRunning = false
    speed = .zero
  }
}
