import PerfusionCore
import Scenarios
import VirtualBoard

/// What one injection gave; milliseconds, no number where it did not come.
struct Injection {
  /// Index in `Reaction.all`.
  var reaction = 0
  /// Number of the machine and of the injection on it.
  var machine = 0
  var number = 0
  /// From cause to effect.
  var time = Double.nan
  /// From cause to the alarm tone.
  var tone = Double.nan
  /// The least share of its speed that the primary pump kept.
  var share = Double.nan

  /// How many numbers one takes on its way to the parent process.
  static var fields: Int { 6 }

  var values: [Double] {
    [Double(reaction), Double(machine), Double(number), time, tone, share]
  }

  init() {}

  init(values: [Double]) {
    reaction = Int(values[0])
    machine = Int(values[1])
    number = Int(values[2])
    time = values[3]
    tone = values[4]
    share = values[5]
  }
}

/// Watches one injection, millisecond by millisecond.
///
/// The cause counts from the beginning of the millisecond in which it came and the effect to the
/// end of its own: what is told is never too short, and too long by less than a millisecond.
final class InjectionWatch {
  private let reaction: Reaction
  private let bench: SafetyBench
  private var draws: SplitMix64
  private let perTick: Int
  private let offset: Int
  private var elapsed = 0
  private var causeAt: Int?
  private var steady = 0.0
  private var dip = 0
  private var wasSilent = false
  private(set) var problem: (any Error)?
  private(set) var result = Injection()

  init(_ reaction: Reaction, on bench: SafetyBench, draws: SplitMix64) {
    self.reaction = reaction
    self.bench = bench
    self.draws = draws
    perTick = max(1, Int(bench.rig.machine.tickMicroseconds) / 1000)
    offset = Int(self.draws.next() % UInt64(perTick))
  }

  /// Waits at random, injects within a tick and watches.
  func run() -> Injection {
    bench.run(seconds: draws.between(0.5, 1.7))
    steady = Moment(bench.machine).speed
    wasSilent = !bench.machine.truth.buzzerSounds
    bench.machine.eachMillisecond = { [unowned self] in step() }
    for _ in 0..<(reaction.window / perTick + 2) where !isDone { bench.tick() }
    bench.machine.eachMillisecond = nil
    if reaction.measuresDip { result.time = Double(dip) }
    return result
  }

  private var isDone: Bool {
    if reaction.measuresDip || reaction.mustHold { return false }
    return !result.time.isNaN && (!reaction.isHigh || !result.tone.isNaN)
  }

  private func step() {
    elapsed += 1
    if elapsed <= offset { return }
    if elapsed == offset + 1 { return provoke() }
    let now = Moment(bench.machine)
    if causeAt == nil, reaction.began(now) { causeAt = elapsed - 1 }
    guard let causeAt else { return }
    let time = Double(elapsed - causeAt)
    if result.time.isNaN, reaction.ended(now) { result.time = time }
    if result.tone.isNaN, wasSilent, now.board.buzzerSounds { result.tone = time }
    let share = steady == 0 ? 1 : now.speed / steady
    result.share = result.share.isNaN ? share : min(result.share, share)
    if share < 0.98 { dip += 1 }
  }

  private func provoke() {
    do { try reaction.provoke(bench, &draws) } catch { problem = error }
  }
}
