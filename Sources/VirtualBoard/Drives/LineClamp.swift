/// A line clamp that a spring closes and a coil holds open.
///
/// The coil needs the command, the supply and, where the clamp guards a centrifugal pump, that
/// drive's own drive-alive signal: a dead computer cannot close it, a dead drive does
/// (docs/domain.md 8.4).
final class LineClamp {
  /// The command input.
  var isCommandedOpen = false
  /// Somebody holds the manual lever in the open position.
  var leverHoldsOpen = false
  /// Opening, 0 closed to 1 open.
  private(set) var opening: Double
  /// The time it takes to close, 150...300 ms by the seed.
  let closingMilliseconds: Double
  /// The time it takes to open, 200...300 ms by the seed.
  let openingMilliseconds: Double

  private let isFitted: Bool
  private var fault: FaultWord?
  private var late: DelayLine?
  private var dropout: Dropout?

  /// A clamp without power: closed; always open where the board has none.
  init(isFitted: Bool, random: SplitMix64) {
    var random = random
    self.isFitted = isFitted
    opening = isFitted ? 0 : 1
    closingMilliseconds = random.between(150, 300)
    openingMilliseconds = random.between(200, 300)
  }

  /// What a clamp may suffer: `stuck` does not move, `off` coil dead, `wrong` both position
  /// switches lie, `slow` ten times its travel, `delayed` 500 ms late, `intermittent` the coil
  /// drops out half of the time.
  static var faultWords: [FaultWord] { [.off, .stuck, .wrong, .slow, .delayed, .intermittent] }

  /// The open-position switch.
  var openSwitch: Bool { (opening > 0.97) != (fault == .wrong) }
  /// The closed-position switch.
  var closedSwitch: Bool { (opening < 0.03) != (fault == .wrong) }

  /// Applies or ends a fault.
  func setFault(_ word: FaultWord?, random: SplitMix64) {
    fault = word
    late =
      word == .delayed ? DelayLine(milliseconds: 500, holding: isCommandedOpen ? 1 : 0) : nil
    dropout = word == .intermittent ? Dropout(random: random) : nil
  }

  /// Moves on by one millisecond.
  func step(supplied: Bool, driveHolds: Bool) {
    guard isFitted else { return }
    if fault != nil { return stepFaulty(supplied: supplied, driveHolds: driveHolds) }
    move(coil: isCommandedOpen && supplied && driveHolds, stretch: 1)
  }

  private func stepFaulty(supplied: Bool, driveHolds: Bool) {
    dropout?.step()
    var command = isCommandedOpen
    if let value = late?.pass(command ? 1 : 0) { command = value > 0.5 }
    let works = fault != .off && (dropout?.works ?? true)
    guard fault != .stuck || leverHoldsOpen else { return }
    move(coil: command && supplied && driveHolds && works, stretch: fault == .slow ? 10 : 1)
  }

  private func move(coil: Bool, stretch: Double) {
    if coil || leverHoldsOpen {
      opening = min(1, opening + 1 / (openingMilliseconds * stretch))
    } else {
      opening = max(0, opening - 1 / (closingMilliseconds * stretch))
    }
  }
}
