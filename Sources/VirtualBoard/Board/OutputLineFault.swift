/// What befalls a line that the board drives: `off` and half of the time `intermittent` it is
/// released, `stuck` as it was, `wrong` inverted.
struct OutputLineFault {
  let word: FaultWord
  private let held: Bool
  private var dropout: Dropout?

  /// A fault that begins while the line is at a level.
  init(_ word: FaultWord, holding level: Bool, random: SplitMix64) {
    self.word = word
    held = level
    dropout = word == .intermittent ? Dropout(random: random) : nil
  }

  /// The words that an output line knows.
  static var words: [FaultWord] { [.off, .stuck, .wrong, .intermittent] }

  /// Moves on by one millisecond.
  mutating func step() { dropout?.step() }

  /// What arrives at the other end.
  func arrives(_ level: Bool) -> Bool {
    switch word {
    case .off: false
    case .stuck: held
    case .wrong: !level
    case .intermittent: level && (dropout?.works ?? true)
    default: level
    }
  }
}
