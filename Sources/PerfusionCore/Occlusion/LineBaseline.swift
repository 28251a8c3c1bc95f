/// The resistance of oxygenator and return line as it was when the circuit ran undisturbed.
///
/// Nominal are a drop of 8 Q + 1.2 Q2 over the oxygenator and of 4.4 Q2 over arterial line and
/// cannula (docs/domain.md 4.3); the baseline is a factor on each, learned from ten quiet seconds.
struct LineBaseline: BitwiseCopyable, Sendable {
  /// Factor on the nominal drop over the oxygenator, 0.3...3.
  private(set) var oxygenator = 1.0
  /// Factor on the nominal drop over line and cannula, 0.1...5.
  private(set) var returnLine = 1.0
  /// The factors were learned and are not nominal.
  private(set) var isLearned = false

  private var quietTime = Seconds.zero
  private var quietFlow = Flow.zero
  private var sumOxygenator = 0.0
  private var sumReturn = 0.0
  private var samples = 0.0

  /// Quiet time from which the baseline is learned.
  static var quiet: Seconds { Seconds(seconds: 10) }

  /// Nominal drop over the oxygenator at a flow and blood temperature, mmHg.
  static func oxygenatorDrop(_ flow: Flow, blood: Temperature?) -> Double {
    let liters = max(flow.litersPerMinute, 0)
    let viscosity = 1 + 0.022 * (37 - (blood?.degreesCelsius ?? 37))
    return (8 * liters + 1.2 * liters * liters) * max(viscosity, 0.8)
  }

  /// Nominal drop over arterial line and cannula at a flow, mmHg.
  static func returnDrop(_ flow: Flow) -> Double {
    let liters = max(flow.litersPerMinute, 0)
    return 4.4 * liters * liters
  }

  /// Takes both ratios to nominal after one more `step` of undisturbed running.
  mutating func learn(
    flow: Flow, oxygenator drop: Double, returnLine fall: Double, step: Seconds
  ) {
    guard !isLearned else { return }
    let isSteady = (flow - quietFlow).magnitude <= quietFlow.magnitude * 0.1
    guard flow.litersPerMinute > 1, isSteady else { return restart(flow) }
    quietTime += step
    sumOxygenator += drop
    sumReturn += fall
    samples += 1
    guard quietTime >= Self.quiet, samples > 0 else { return }
    oxygenator = min(max(sumOxygenator / samples, 0.3), 3)
    returnLine = min(max(sumReturn / samples, 0.1), 5)
    isLearned = true
  }

  /// Waits for quiet again.
  mutating func restart(_ flow: Flow = .zero) {
    guard !isLearned else { return }
    quietFlow = flow
    quietTime = .zero
    sumOxygenator = 0
    sumReturn = 0
    samples = 0
  }
}
