/// A position servo: the venous occluder, or the occlusion actuator of a roller head.
///
/// It moves to its target at its own greatest rate and stays where it is without supply or
/// without a target.
struct ServoActuator {
  /// Where it is told to go, 0...1; nothing while its input carries no signal.
  var target: Double?
  /// Where it is, 0...1.
  private(set) var position: Double
  private let rate: Double
  private var random: SplitMix64
  private var fault: FaultWord?
  private var late: DelayLine?
  private var dropout: Dropout?
  private var wandering: Double = 0
  private var milliseconds: Int32 = 0

  /// A servo at rest that moves at most `rate` of its travel a second.
  init(position: Double, rate: Double, random: SplitMix64) {
    self.position = position
    self.rate = rate
    self.random = random
  }

  /// What a servo may suffer: `off` and `stuck` stand still, `garbage` a random target every
  /// 200 ms, `wrong` goes to the mirrored position, `slow` a tenth of its rate, `delayed` 500 ms
  /// late, `intermittent` stands still half of the time.
  static var faultWords: [FaultWord] {
    [.off, .stuck, .garbage, .wrong, .slow, .delayed, .intermittent]
  }

  /// Applies or ends a fault.
  mutating func setFault(_ word: FaultWord?, random: SplitMix64) {
    fault = word
    self.random = random
    late = word == .delayed ? DelayLine(milliseconds: 500, holding: target ?? position) : nil
    dropout = word == .intermittent ? Dropout(random: self.random.fork()) : nil
  }

  /// Moves on by one millisecond.
  mutating func step(supplied: Bool) {
    if fault != nil { return stepFaulty(supplied: supplied) }
    guard supplied, let target, target != position else { return }
    move(to: min(max(target, 0), 1), rate: rate)
  }

  private mutating func stepFaulty(supplied: Bool) {
    dropout?.step()
    milliseconds &+= 1
    guard let goal = goal(), supplied else { return }
    move(to: goal, rate: fault == .slow ? rate / 10 : rate)
  }

  private mutating func move(to goal: Double, rate: Double) {
    let most = rate * 0.001
    position += min(max(goal - position, -most), most)
  }

  private mutating func goal() -> Double? {
    let wanted = target.map { min(max($0, 0), 1) }
    let delayed = late?.pass(wanted ?? position)
    switch fault {
    case .off, .stuck: return nil
    case .wrong: return wanted.map { 1 - $0 }
    case .delayed: return delayed
    case .intermittent: return dropout?.works ?? true ? wanted : nil
    case .garbage:
      if milliseconds % 200 == 0 { wandering = random.uniform() }
      return wandering
    default: return wanted
    }
  }
}
