/// Tells a centrifugal rotor that changes its speed from a tachometer that loses or invents pulses
/// (R3): a rotor has mass, and its speed lies in a band that no drive and no brake can leave.
///
/// The band falls by six times the speed in a second, twice as fast as a rotor runs down whose drive
/// has died (docs/domain.md 3.3: 0.3 s), and rises by 10000 rpm/s, twice what a drive can do (3.5). A
/// speed that leaves it by two and a half pulses of the window is the sensor's. If the flow follows
/// within half a second, the rotor was blocked or runs away, and is believed after all. The sensor is believed again when it has shown the speed that is told for a second.
struct InertiaWatch: BitwiseCopyable, Sendable {
  /// The sensor shows what the rotor cannot do.
  private(set) var isSensorUntrue = false
  private var lowest = 0.0
  private var highest = 0.0
  private var isFollowing = false
  /// A rotor that the flow vouches for is believed until it turns as told.
  private var isVouchedFor = false
  private var flowThen = Reading<Flow>.absent
  private var sinceUntrue = 0.0
  private var asTold = SustainedCondition(for: Seconds(seconds: 1))

  /// Nothing is driven, or nothing can be read.
  mutating func rest() { self = InertiaWatch() }

  /// Takes one tick; `told` is the speed of the command in rpm.
  mutating func update(_ rotor: RotorMotion, told: Double, probe: Reading<Flow>, tick: Seconds) {
    let speed = rotor.fastSpeed.value.magnitude.revolutionsPerMinute
    let grain = 2.5 * rotor.fastResolution.revolutionsPerMinute
    let isAsTold = asTold.update((speed - told).magnitude < 0.15 * told + grain / 2.5, step: tick)
    if isSensorUntrue || isVouchedFor { return doubt(probe, isAsTold: isAsTold, tick: tick) }
    guard isFollowing else {
      (isFollowing, lowest, highest) = (true, speed, speed)
      return
    }
    lowest = max(lowest - 6 * lowest * tick.seconds, speed)
    highest = min(highest + 10_000 * tick.seconds, speed)
    if speed >= lowest - grain && speed <= highest + grain {
      if (speed - told).magnitude < 0.15 * told { flowThen = probe }
      return
    }
    isSensorUntrue = true
    sinceUntrue = 0
  }

  private mutating func doubt(_ probe: Reading<Flow>, isAsTold: Bool, tick: Seconds) {
    sinceUntrue = min(sinceUntrue + tick.seconds, 1)
    if isAsTold { return rest() }
    guard isSensorUntrue, sinceUntrue <= 0.5, let then = flowThen.usable, let flow = probe.usable,
      then > .zero, flow < then * 0.3 || flow > then * 1.2
    else { return }
    isSensorUntrue = false
    isVouchedFor = true
  }
}
