/// Tells a rotor that turns the wrong way from an encoder that says so (HZ-07; docs/domain.md 7.3:
/// torque goes off when reversed rotation is confirmed; 8.1, R3).
///
/// Travel against the command since the furthest point in its direction counts: 1/200 of a turn and
/// at least 3 counts, over two samples, far less than the 1/10 turn that is allowed. Then two
/// witnesses are asked. Inertia: a rotor that turns round was slow just before, so counts that turn
/// round at speed are the encoder's own; and one that was seen to lose a third of its speed on the way
/// is believed. Flow: where nobody saw the rotor slow down, a probe that showed forward flow has 80 ms
/// to follow it backwards; one that goes on is right. Without such a witness the rotor is believed.
struct DirectionWatch: BitwiseCopyable, Sendable {
  /// The rotor has turned the wrong way; stays until the drive is no longer told to turn.
  private(set) var isWrongWay = false
  /// The encoder counts backwards and the rotor does not; until it has counted a turn forwards.
  private(set) var isSensorUntrue = false

  private var isFollowing = false
  private var furthest: Int64 = 0
  private var samplesBack = 0
  /// Speeds over the last two intervals before the furthest point, rpm, and the longer one, seconds.
  private var approach = 0.0
  private var before = 0.0
  private var gap = 0.0
  /// Speed of the last tenths of a second, forgotten at 200 rpm/s.
  private var lately = 0.0
  private var sinceSetAnew = 1.0
  private var flowThen = Reading<Flow>.absent
  private var waited = 0.0
  private var regained: Int64 = 0

  /// What it needs to know beside the rotor.
  struct Situation {
    /// The rotor is told to turn forwards.
    var isForward: Bool
    var isRoller: Bool
    /// Probe on the pump's own line, and the flow under which it says nothing.
    var probe: Reading<Flow>
    var noFlow: Flow
  }

  /// No drive brakes faster, rpm/s: 1000 are commanded of a roller (docs/domain.md 8.4), 2000 to 5000
  /// are what a centrifugal rotor can do (3.5).
  private static func quickest(isRoller: Bool) -> Double { isRoller ? 2500 : 8000 }
  /// Time in which a probe with a lag of 0.1 s follows a flow that turned round to under `follows`.
  private static var patience: Double { 0.08 }
  private static var follows: Double { 0.6 }
  /// A rotor that turned this much faster a moment before has been seen to slow down: it passes through
  /// every speed, an encoder that turns round does not.
  private static var slowing: Double { 1.5 }

  /// The drive is not told to turn.
  mutating func rest() { self = DirectionWatch() }

  /// Takes one tick of a driven rotor.
  mutating func update(_ rotor: RotorMotion, _ now: Situation, tick: Seconds) {
    let place = now.isForward ? rotor.travel : 0 &- rotor.travel
    if !isFollowing { (isFollowing, furthest) = (true, place) }
    sinceSetAnew = rotor.wasRebased ? 0 : min(sinceSetAnew + tick.seconds, 1)
    if rotor.wasRebased { furthest = place }
    if rotor.interval > 0 {
      take(place, now.isForward ? rotor.advance : 0 &- rotor.advance, rotor, now)
    }
    let allowed = max(3, rotor.countsPerRevolution / 200)
    guard !isSensorUntrue, !isWrongWay, samplesBack >= 2, !rotor.isUneasy,
      Double(furthest &- place) > allowed
    else { return }
    judge(rotor, now, tick: tick)
  }

  private mutating func take(
    _ place: Int64, _ step: Int64, _ rotor: RotorMotion, _ now: Situation
  ) {
    let interval = rotor.interval / 1_000_000
    gap = max(interval, gap - interval)
    if isSensorUntrue { return regain(place, step, rotor) }
    guard place > furthest else {
      samplesBack = min(samplesBack + 1, 2)
      return
    }
    furthest = place
    samplesBack = 0
    waited = 0
    before = approach
    approach = Double(step) * 60 / (rotor.countsPerRevolution * interval)
    lately = max(lately - 200 * interval, min(approach, before))
    flowThen = now.probe
  }

  private mutating func regain(_ place: Int64, _ step: Int64, _ rotor: RotorMotion) {
    furthest = place
    regained = step > 0 ? regained &+ step : min(regained, 0)
    guard Double(regained) > rotor.countsPerRevolution else { return }
    isSensorUntrue = false
    samplesBack = 0
    (approach, before, lately) = (0, 0, 0)
  }

  private mutating func judge(_ rotor: RotorMotion, _ now: Situation, tick: Seconds) {
    let grain = 3 * 60 / (rotor.countsPerRevolution * max(gap, 0.001))
    let slowed = 2 * gap * Self.quickest(isRoller: now.isRoller) + grain
    let last = max(approach, before)
    if last > slowed { return disbelieve() }
    let mayDoubt = lately < Self.slowing * last || sinceSetAnew < 1
    guard mayDoubt, let then = flowThen.usable, then > now.noFlow, let flow = now.probe.usable,
      flow > then * Self.follows
    else { return isWrongWay = true }
    waited += tick.seconds
    if waited >= Self.patience - 1e-9 { disbelieve() }
  }

  private mutating func disbelieve() {
    isSensorUntrue = true
    regained = 0
  }
}
