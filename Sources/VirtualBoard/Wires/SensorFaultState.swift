/// A fault word that acts on one analogue sensor.
struct SensorFaultState {
  let word: FaultWord
  /// What was shown when the fault began, engineering unit.
  let held: Double
  /// What was shown half a second ago.
  private(set) var late: Double
  private var line: DelayLine?
  private var dropout: Dropout?

  /// A fault that begins while the sensor shows `value`.
  init(_ word: FaultWord, showing value: Double, random: SplitMix64) {
    self.word = word
    held = value
    late = value
    line = word == .delayed ? DelayLine(milliseconds: 500, holding: value) : nil
    dropout = word == .intermittent ? Dropout(random: random) : nil
  }

  /// Moves on by one millisecond.
  mutating func step(showing value: Double) {
    dropout?.step()
    if let value = line?.pass(value) { late = value }
  }

  /// The wire is open at this moment.
  var isOpen: Bool { word == .off || dropout.map { !$0.works } ?? false }
}
