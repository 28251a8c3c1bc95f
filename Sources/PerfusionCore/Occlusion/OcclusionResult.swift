/// How an occlusion test ended.
public enum OcclusionOutcome: UInt8, BitwiseCopyable, Sendable {
  /// Every angle decays within the band.
  case passed
  /// A roller lets back too fast.
  case underOccluded
  /// A roller squeezes the tube more than is needed.
  case overOccluded
  /// The line stopped rising below the target pressure: grossly under-occluded, or it leaks.
  case pressureNotReached
  /// The pressure limit was exceeded; the line is stiffer than the test can work with.
  case pressureLimit
  /// The line pressure or the rotor could not be read.
  case sensorUnusable
  /// The rotor did not follow.
  case rotorDidNotTurn
  /// The arterial clamp did not stay closed.
  case clampOpened
  /// The phase changed to one that does not allow the test.
  case wrongPhase
  /// The operator ended it.
  case cancelled
  /// How many outcomes there are.
  public static var count: Int { 10 }
}

/// What an occlusion test found (docs/domain.md 2.3).
public struct OcclusionResult: BitwiseCopyable, Sendable {
  /// How it ended.
  public var outcome: OcclusionOutcome
  /// Pressure that the pump would hold against the clamp at the test speed, 0...2000 mmHg; for
  /// `pressureNotReached` the plateau. Zero when nothing was measured.
  public var dynamicPressure = Pressure.zero
  /// Leak past the rollers: stroke volume times speed over the dynamic pressure.
  public var leak = LeakConductance.zero
  /// Compliance of the clamped line in ml/mmHg, as it follows from rise and decay.
  public var lineCompliance: Double = 0
  /// Decay at each rotor angle, as at 300 mmHg, in the order in which they were taken.
  public var decays = InlineArray<4, PressureRate>(repeating: .zero)
  /// How many of `decays` were taken.
  public var angles = 0
  /// Highest pressure that was seen.
  public var highest = Pressure.zero

  /// A result with nothing measured.
  public init(outcome: OcclusionOutcome) { self.outcome = outcome }

  /// The pump may be used.
  public var isPassed: Bool { outcome == .passed }
  /// The fastest decay of all angles.
  public var fastestDecay: PressureRate {
    var fastest = PressureRate.zero
    for index in 0..<min(max(angles, 0), 4) { fastest = max(fastest, decays[index]) }
    return fastest
  }
  /// The slowest decay of all angles.
  public var slowestDecay: PressureRate {
    var slowest = fastestDecay
    for index in 0..<min(max(angles, 0), 4) { slowest = min(slowest, decays[index]) }
    return slowest
  }
}
