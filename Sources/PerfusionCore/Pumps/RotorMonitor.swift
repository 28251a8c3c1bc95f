/// Watches whether the rotor does what it is told: too fast, too slow, the wrong way, not at all,
/// or although it is off.
///
/// The rotor is compared with a band, not a line: between the command now and the command as a slow
/// drive would follow it (0.2 s), so that slopes and pulses raise nothing. One count of the sensor
/// in its window is allowed on top.
struct RotorMonitor: BitwiseCopyable, Sendable {
  private let lagShare: Double
  private var lagging: Double = 0
  private var over = SustainedCondition(for: .milliseconds(200))
  private var low = SustainedCondition(for: Seconds(seconds: 1))
  private var stuck = SustainedCondition(for: .milliseconds(400))
  private var limited = SustainedCondition(for: Seconds(seconds: 1))
  private var cranked = SustainedCondition(for: .milliseconds(300))
  private var stood = SustainedCondition(for: .milliseconds(100))
  private var offTime: Double = 0
  private var hasStood = false
  private var direction = DirectionWatch()
  private var inertia = InertiaWatch()
  /// Seconds outside the band of the command, run down at a tenth of the pace inside it.
  private var wandering: Double = 0

  init(tick: Seconds) { lagShare = tick.seconds / (0.2 + tick.seconds) }

  /// What the monitor needs to know of this tick.
  struct Situation {
    /// Signed speed the drive is told, trim left out.
    var commanded: RotationalSpeed
    /// The drive is enabled and has torque.
    var isDriven: Bool
    /// The loop's trim stands at its limit.
    var trimIsAtLimit: Bool
    /// The sensor knows the direction.
    var knowsDirection: Bool
    /// Rollers can be cranked by hand.
    var isRoller: Bool
    /// Probe on the pump's own line.
    var probe: Reading<Flow>
  }

  /// The sensor says what the rotor cannot do.
  var isSensorUntrue: Bool { direction.isSensorUntrue || inertia.isSensorUntrue }

  /// Expected speed, as a slow drive would have it, unsigned.
  var laggingCommand: RotationalSpeed { .rpm(lagging) }

  mutating func update(
    _ findings: inout PumpFindings, rotor: RotorMotion,
    signals: PumpSignals, limits: CircuitLimits, _ now: Situation,
    tick: Seconds
  ) {
    let command = now.commanded.magnitude.revolutionsPerMinute
    lagging += (command - lagging) * lagShare
    findings.rotorUnusable =
      signals.rotor.isPresent && rotor.speed.quality != .valid && rotor.speed.isPresent
      || signals.rotor.quality == .faulted && !rotor.speed.isPresent
    watchDirection(&findings, rotor, now, limits: limits, tick: tick)
    watchInertia(rotor, now, told: command, tick: tick)
    guard rotor.speed.quality == .valid else { return pause() }
    let isOff =
      signals.torqueIsOff.usable == true
      || (signals.driveAlive.usable == false && !now.isDriven)
    let fast = rotor.fastSpeed.value.magnitude.revolutionsPerMinute
    let grain = rotor.fastResolution.revolutionsPerMinute
    let highest = max(command, lagging)
    let margin =
      max(limits.overspeed.revolutionsPerMinute, limits.overspeedShare.value * highest) + grain
    findings.rawOverspeed = !isOff && fast > highest + margin
    findings.overspeed = over.update(findings.rawOverspeed, step: tick)
    watchSlow(&findings, rotor, signals, now, command: command, tick: tick)
    wander(now, fast: fast, highest: highest, margin: margin, tick: tick)
    findings.slip = findings.slip || wandering > RotorMonitor.mostWandering
    watchCrank(&findings, now, isOff: isOff, speed: fast, tick: tick)
  }

  /// Time outside its band that a rotor may gather: a shaft that grips and slips is never long enough
  /// on one side for the other findings (docs/domain.md 7.4, roller shaft thread).
  private static var mostWandering: Double { 1 }

  private mutating func wander(
    _ now: Situation, fast: Double, highest: Double, margin: Double, tick: Seconds
  ) {
    let lowest = min(now.commanded.magnitude.revolutionsPerMinute, lagging)
    guard now.isDriven, lowest > 5 else { return wandering = 0 }
    let isOutside = fast > highest + margin || fast < lowest - max(margin, 0.15 * lowest)
    let change = isOutside ? tick.seconds : -0.1 * tick.seconds
    wandering = min(max(wandering + change, 0), 2 * Self.mostWandering)
  }

  private mutating func watchSlow(
    _ findings: inout PumpFindings, _ rotor: RotorMotion,
    _ signals: PumpSignals, _ now: Situation, command: Double, tick: Seconds
  ) {
    let lowest = min(command, lagging)
    let smooth = rotor.speed.value.magnitude.revolutionsPerMinute
    let fast = rotor.fastSpeed.value.magnitude.revolutionsPerMinute
    let grain = rotor.fastResolution.revolutionsPerMinute
    let isTold = now.isDriven && lowest > 0.8
    findings.speedLow = low.update(
      isTold && smooth < 0.9 * lowest - 0.1 && fast < 0.9 * lowest + grain, step: tick)
    let isStuck =
      isTold && lowest > 2 && signals.driveAlive.usable != false && fast + grain < 0.1 * lowest
    let stands = stuck.update(isStuck, step: tick)
    let strays = limited.update(isTold && now.trimIsAtLimit, step: tick)
    findings.slip = stands || strays
  }

  /// Rotor that has once stood since the drive went off, or is off for 2 s, and turns: somebody
  /// cranks. Without that it may only be coasting.
  private mutating func watchCrank(
    _ findings: inout PumpFindings, _ now: Situation, isOff: Bool, speed: Double, tick: Seconds
  ) {
    offTime = isOff ? min(offTime + tick.seconds, 10) : 0
    if stood.update(isOff && speed < 2, step: tick) { hasStood = true }
    if !isOff { hasStood = false }
    findings.handCrank = cranked.update(
      now.isRoller && isOff && speed > 2 && (hasStood || offTime > 2), step: tick)
  }

  private mutating func watchDirection(
    _ findings: inout PumpFindings, _ rotor: RotorMotion, _ now: Situation, limits: CircuitLimits,
    tick: Seconds
  ) {
    guard now.isDriven && now.knowsDirection && now.commanded.magnitude > .rpm(0.5) else {
      return direction.rest()
    }
    direction.update(
      rotor,
      DirectionWatch.Situation(
        isForward: now.commanded > .zero, isRoller: now.isRoller, probe: now.probe,
        noFlow: limits.noFlow), tick: tick)
    findings.wrongDirection = direction.isWrongWay
  }

  /// A tachometer of a centrifugal pump; an encoder has its direction to show that it is untrue.
  private mutating func watchInertia(
    _ rotor: RotorMotion, _ now: Situation, told: Double, tick: Seconds
  ) {
    guard !now.isRoller, !now.knowsDirection, now.isDriven, rotor.speed.isPresent,
      rotor.speed.quality == .valid || inertia.isSensorUntrue
    else { return inertia.rest() }
    inertia.update(rotor, told: told, probe: now.probe, tick: tick)
  }

  private mutating func pause() {
    over.reset()
    low.reset()
    stuck.reset()
    cranked.reset()
  }
}
