/// What the automatic setting of the occlusion aims at.
public enum OcclusionTarget: BitwiseCopyable, Sendable {
  /// A decay of the clamped line at 300 mmHg; 1.3 mmHg/s is the clinical mean.
  case decay(PressureRate)
  /// A dynamic pressure at 5 rpm, 75...450 mmHg in the literature.
  case dynamicPressure(Pressure)
}

/// Sets a roller's occlusion by itself: tries gaps by bisection, each with a short clamped-line
/// test, until the target is met (docs/domain.md 2.3).
///
/// Each try first opens the gap to let the pressure out of the line, then moves to the gap on
/// trial, then tests. A wider gap leaks more, so the search halves the range at each of at most
/// `mostTries` tries. Call `update` every tick while `isRunning`, turn the pump at `speed` and put
/// `gap` through the `OcclusionActuator`, which alone decides whether it may move.
public struct OcclusionSetting: BitwiseCopyable, Sendable {
  /// How the setting ended.
  public enum Outcome: UInt8, BitwiseCopyable, Sendable {
    /// The target is met at the present gap.
    case set
    /// Even the tightest gap leaks too much.
    case tooLoose
    /// Even the widest gap leaks too little.
    case tooTight
    /// The target was not met within the tries.
    case notFound
    /// The actuator did not reach its place, or the line did not lose its pressure.
    case actuatorFailed
    /// A test could not be done; `lastTest` says why.
    case testFailed
    /// The operator ended it.
    case cancelled
  }

  /// Most tries.
  public static var mostTries: Int { 12 }
  /// Deviation from the target that is accepted, 15 %.
  public static var tolerance: Double { 0.15 }

  /// Gap to ask of the actuator.
  public private(set) var gap: Fraction
  /// Speed the pump must turn at now.
  public private(set) var speed = RotationalSpeed.zero
  /// How it ended; nothing while it runs.
  public private(set) var outcome: Outcome?
  /// The setting is under way.
  public private(set) var isRunning = false
  /// The last short test.
  public private(set) var lastTest: OcclusionResult?
  /// Tries so far.
  public private(set) var tries = 0

  private enum Stage: BitwiseCopyable { case relieving, moving, testing }
  private let target: OcclusionTarget
  private let tick: Seconds
  private var test: OcclusionTest
  private var stage = Stage.relieving
  private var elapsed = Seconds.zero
  private var tight = Fraction.zero
  private var loose = Fraction.one
  private var trial = Fraction(value: 0.5)

  /// A setting that has not been started, for a pump with this stroke volume.
  public init(
    stroke: StrokeVolume, target: OcclusionTarget = .decay(.mmHgPerSecond(1.3)), tick: Seconds
  ) {
    self.target = target
    self.tick = tick
    test = OcclusionTest(stroke: stroke, tick: tick, plan: .brief)
    gap = .zero
  }

  /// Starts from the gap there is now, or says why not.
  public mutating func start(
    _ inputs: OcclusionTestInputs, pumpSpeed: Reading<RotationalSpeed>, gap present: Fraction
  ) -> Refusal? {
    if let refusal = test.start(inputs, pumpSpeed: pumpSpeed) { return refusal }
    test.cancel()
    isRunning = true
    outcome = nil
    tries = 0
    (tight, loose) = (.zero, .one)
    trial = present.clamped(.of(0.02), .of(0.98))
    enter(.relieving)
    return nil
  }

  /// Ends the setting at the operator's wish; the gap stays where it is.
  public mutating func cancel() {
    if isRunning { end(.cancelled) }
  }

  /// Carries the setting through one tick; `isInPosition` comes from the actuator.
  public mutating func update(
    _ inputs: OcclusionTestInputs, pumpSpeed: Reading<RotationalSpeed>, isInPosition: Bool
  ) {
    guard isRunning else { return }
    elapsed += tick
    switch stage {
    case .relieving: relieve(inputs, isInPosition)
    case .moving: move(inputs, pumpSpeed, isInPosition)
    case .testing: watch(inputs)
    }
  }

  private mutating func relieve(_ inputs: OcclusionTestInputs, _ isInPosition: Bool) {
    guard let line = inputs.line.usable, isInPosition, line < .mmHg(30) else {
      return failAfter(.seconds(30))
    }
    enter(.moving)
  }

  private mutating func move(
    _ inputs: OcclusionTestInputs, _ pumpSpeed: Reading<RotationalSpeed>, _ isInPosition: Bool
  ) {
    // The actuator needs a tick to take up the new gap before its position means anything.
    guard isInPosition, elapsed.seconds > 0.1 else { return failAfter(.seconds(10)) }
    guard test.start(inputs, pumpSpeed: pumpSpeed) == nil else { return failAfter(.seconds(10)) }
    tries += 1
    enter(.testing)
    speed = test.speed
  }

  private mutating func watch(_ inputs: OcclusionTestInputs) {
    test.update(inputs)
    speed = test.speed
    guard let result = test.result else { return }
    lastTest = result
    switch result.outcome {
    case .passed, .underOccluded, .overOccluded, .pressureNotReached: judge(result)
    case .pressureLimit, .sensorUnusable, .rotorDidNotTurn, .clampOpened, .wrongPhase, .cancelled:
      end(.testFailed)
    }
  }

  private mutating func judge(_ result: OcclusionResult) {
    let leak = Self.leakRatio(result, target)
    if leak >= 1 - Self.tolerance && leak <= 1 + Self.tolerance { return end(.set) }
    if leak > 1 { loose = trial } else { tight = trial }
    if tries >= Self.mostTries {
      if tight <= .zero { return end(.tooLoose) }
      return end(loose >= .one ? .tooTight : .notFound)
    }
    trial = (tight + loose) * 0.5
    enter(.relieving)
  }

  /// How much more than wanted the rollers let back; 1 is on target.
  static func leakRatio(_ result: OcclusionResult, _ target: OcclusionTarget) -> Double {
    switch target {
    case .decay(let wanted):
      guard result.outcome != .pressureNotReached else { return 100 }
      return result.fastestDecay.mmHgPerSecond / max(wanted.mmHgPerSecond, 0.01)
    case .dynamicPressure(let wanted):
      return wanted.millimetersOfMercury / max(result.dynamicPressure.millimetersOfMercury, 1)
    }
  }

  private mutating func failAfter(_ patience: Seconds) {
    if elapsed >= patience { end(.actuatorFailed) }
  }

  private mutating func enter(_ next: Stage) {
    stage = next
    elapsed = .zero
    speed = .zero
    switch next {
    case .relieving: gap = .one
    case .moving, .testing: gap = trial
    }
  }

  private mutating func end(_ reason: Outcome) {
    outcome = reason
    isRunning = false
    speed = .zero
  }
}
