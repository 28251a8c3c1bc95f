/// A fault word that acts on one analogue sensor.
struct SensorFaultState {
  let word: FaultWord
  /// What was shown when the fault began, engineering unit.
  let held: Double
  private var late: DelayLine?
  private var lateValue: Double
  private var dropout: Dropout?

  /// A fault that begins while the sensor shows `value`.
  init(_ word: FaultWord, showing value: Double, random: SplitMix64) {
    self.word = word
    held = value
    lateValue = value
    late = word == .delayed ? DelayLine(milliseconds: 500, holding: value) : nil
    dropout = word == .intermittent ? Dropout(random: random) : nil
  }

  /// Moves on by one millisecond.
  mutating func step(showing value: Double) {
    dropout?.step()
    if let value = late?.pass(value) { lateValue = value }
  }

  /// The wire is open at this moment.
  var isOpen: Bool { word == .off || dropout.map { !$0.works } ?? false }
  /// What the transducer shows instead of `value`.
  func shown(_ value: Double) -> Double {
    switch word {
    case .stuck: held
    case .delayed: lateValue
    default: value
    }
  }
}
