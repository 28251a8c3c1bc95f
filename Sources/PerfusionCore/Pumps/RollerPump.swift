/// Decides the speed of a roller pump: mode, servos, grades, slopes, direction and pulse.
public struct RollerPump: BitwiseCopyable, Sendable {
  /// Size of the commanded speed, the pulse left out.
  public private(set) var commanded = RotationalSpeed.zero
  /// It turns in reverse.
  public private(set) var isReversed = false
  /// The pulse.
  public private(set) var profile = PulsatileProfile()
  /// The pulse was given up by itself, and stays so until it is turned off and on again.
  public private(set) var hasReverted = false

  private let maximum: RotationalSpeed
  private let slewUp: Acceleration
  private let slewDown: Acceleration
  private let role: PumpRole
  private var pressure = PressureLoop()
  private var follower = MasterFollower()
  private var held = RotationalSpeed.zero
  private var isHolding = false
  private var stopFrom = RotationalSpeed.zero
  private var isStopping = false
  private var wasStoppedByInterlock = false
  private var lastMode = PumpMode.speed
  private var standing: Double = 0
  private var isHeldBack = false
  private var enabled = false
  private var turnsNow = RotationalSpeed.zero

  /// Time of the normal stop ramp (docs/domain.md 11.3: 0.5...2 s).
  static var stopTime: Seconds { Seconds(seconds: 1) }
  /// Time of the ramp that carries out an interlock stop (8.1, G4: at most 200 ms).
  static var interlockStopTime: Seconds { .milliseconds(150) }
  /// Time of the ramp after a resumed stop (8.4).
  static var resumeTime: Seconds { Seconds(seconds: 2) }

  /// A roller pump at rest.
  public init(configuration: PumpConfiguration) {
    maximum = configuration.maximumSpeed
    slewUp = configuration.slewUp
    slewDown = configuration.slewDown
    role = configuration.role
  }

  /// Takes a turning rotor over as it is.
  public mutating func adopt(_ speed: RotationalSpeed) {
    commanded = speed.magnitude.clamped(.zero, maximum)
    isReversed = speed < .zero
    held = commanded
    turnsNow = commanded
    pressure.adopt(commanded)
    isStopping = false
    enabled = commanded > .zero
  }

  /// Roles whose pumps may be turned in reverse.
  static func mayReverse(_ role: PumpRole) -> Bool {
    role == .vent || role == .sucker || role == .secondSucker
  }

  /// Decides the speed of this tick.
  ///
  /// * `stroke`: stroke volume in use.
  /// * `measured`: signed speed of the rotor.
  /// * `mean`: outlet pressure without ripple.
  /// * `mayStart`: the tube is confirmed; a standing pump needs it.
  mutating func decide(
    _ intent: PumpIntent, _ constraint: PumpConstraint,
    _ environment: PumpEnvironment, stroke: StrokeVolume,
    measured: Reading<RotationalSpeed>, mean: Reading<Pressure>, mayStart: Bool
  ) -> (demand: SpeedDemand, pulsatileReverted: Bool) {
    var demand = SpeedDemand()
    let isForbidden = constraint.grade >= .zeroFlow
    let isAllowed = intent.isStarted && !isForbidden && (commanded > .zero || mayStart || enabled)
    var target = RotationalSpeed.zero
    if isAllowed {
      target = wantedSpeed(
        intent, environment, stroke: stroke, mean: mean, reason: &demand.reason)
      target = limit(target, intent, constraint, reason: &demand.reason)
      target = turned(target, intent, measured: measured)
    } else {
      isHolding = false
    }
    move(to: target, intent, isForbidden: isForbidden, isAllowed: isAllowed, environment.tick)
    if isForbidden { demand.reason = Self.stopReason(constraint) }
    if demand.reason == .asSet && commanded != target { demand.reason = .slewing }
    let reverted = drawPulse(
      into: &demand, intent, environment, measured: measured, isAllowed: isAllowed)
    enable(&demand, isAllowed: isAllowed, constraint.grade, measured, environment.tick)
    return (demand, reverted)
  }

  private static func stopReason(_ constraint: PumpConstraint) -> CommandReason {
    if constraint.grade == .forcedStop { return .torqueOff }
    return constraint.reason == .asSet ? .stopped : constraint.reason
  }

  private mutating func wantedSpeed(
    _ intent: PumpIntent, _ environment: PumpEnvironment,
    stroke: StrokeVolume, mean: Reading<Pressure>, reason: inout CommandReason
  ) -> RotationalSpeed {
    if intent.mode != lastMode || commanded == .zero { pressure.adopt(commanded) }
    lastMode = intent.mode
    switch intent.mode {
    case .speed: return intent.setSpeed.magnitude
    case .flow: return (intent.setFlow.clamped(.zero, .litersPerMinute(100)) / stroke)
    case .pressure:
      return pressure.speed(
        set: intent.setPressure, mean: mean, maximum: maximum, heldBack: isHeldBack, steepness: 1,
        tick: environment.tick)
    case .follow:
      reason = .following
      return follower.speed(
        master: environment.masterSpeed, masterStroke: environment.masterStrokeVolume,
        stroke: stroke, ratio: intent.ratio, tick: environment.tick)
    }
  }

  private mutating func limit(
    _ wanted: RotationalSpeed, _ intent: PumpIntent,
    _ constraint: PumpConstraint, reason: inout CommandReason
  ) -> RotationalSpeed {
    var target = wanted.clamped(.zero, maximum)
    if target < wanted { reason = .speedLimit }
    if constraint.grade == .hold {
      if !isHolding { held = commanded }
      isHolding = true
      let kept = intent.mode == .pressure ? held : min(target, held)
      if kept != target { reason = constraint.reason == .asSet ? .held : constraint.reason }
      target = kept
    } else {
      isHolding = false
    }
    if constraint.factor < .one {
      let least: Fraction = role == .arterial ? .percent(10) : .zero
      target = target * constraint.factor.clamped(least, .one).value
      reason = constraint.reason == .asSet ? .pressureServo : constraint.reason
    }
    if let cap = constraint.speedCap, target > cap {
      target = max(cap, .zero)
      reason = .speedLimit
    }
    isHeldBack = target < wanted
    return target
  }

  /// Lets the direction change only while the rotor stands.
  private mutating func turned(
    _ target: RotationalSpeed, _ intent: PumpIntent, measured: Reading<RotationalSpeed>
  ) -> RotationalSpeed {
    let wantsReverse =
      intent.mode == .speed && intent.setSpeed < .zero && RollerPump.mayReverse(role)
    if intent.mode == .speed && intent.setSpeed < .zero && !RollerPump.mayReverse(role) {
      return .zero
    }
    guard wantsReverse != isReversed else { return target }
    let stands =
      commanded == .zero
      && (measured.quality == .valid ? measured.value.magnitude < .rpm(2) : standing >= 1)
    guard stands else { return .zero }
    isReversed = wantsReverse
    return target
  }

  private mutating func move(
    to target: RotationalSpeed, _ intent: PumpIntent, isForbidden: Bool,
    isAllowed: Bool, _ tick: Seconds
  ) {
    if isAllowed {
      isStopping = false
      var up = slewUp
      if wasStoppedByInterlock {
        if commanded < target * 0.1 {
          commanded = target * 0.1
          turnsNow = commanded
        }
        let ramp = target.revolutionsPerMinute * 0.9 / RollerPump.resumeTime.seconds
        up = min(up, .rpmPerSecond(max(ramp, 1)))
        if commanded >= target && target > .zero { wasStoppedByInterlock = false }
      }
      commanded = SlewLimiter.step(commanded, to: target, up: up, down: slewDown, tick: tick)
    } else {
      if !isStopping || commanded > stopFrom { stopFrom = commanded }
      isStopping = true
      if isForbidden && intent.isStarted { wasStoppedByInterlock = true }
      if !isForbidden { wasStoppedByInterlock = false }
      let time = isForbidden ? RollerPump.interlockStopTime : RollerPump.stopTime
      let slope = stopFrom.revolutionsPerMinute / time.seconds
      let down =
        isForbidden
        ? max(slewDown, .rpmPerSecond(slope)) : min(slewDown, .rpmPerSecond(max(slope, 1)))
      commanded = SlewLimiter.step(commanded, to: .zero, up: slewUp, down: down, tick: tick)
    }
    standing = commanded == .zero ? standing + tick.seconds : 0
  }

  /// Draws the pulse into the demand; true when it was given up in this tick.
  private mutating func drawPulse(
    into demand: inout SpeedDemand, _ intent: PumpIntent,
    _ environment: PumpEnvironment, measured: Reading<RotationalSpeed>, isAllowed: Bool
  ) -> Bool {
    demand.mean = commanded
    let reverted = revert(intent, environment, measured: measured)
    var wanted = commanded
    if intent.pulsatile.isOn && !hasReverted && isAllowed && !isReversed && !isHolding
      && commanded > .rpm(1) && measured.quality == .valid
    {
      let drawn = profile.draw(
        intent.pulsatile, mean: commanded, maximum: maximum, up: slewUp, down: slewDown,
        tick: environment.tick)
      wanted = drawn.speed
      demand.isPulsing = true
      demand.beatEnded = drawn.beatEnded
    }
    turnsNow = leadOver(to: wanted, isAllowed: isAllowed, environment.tick)
    demand.speed = isReversed ? -turnsNow : turnsNow
    return reverted
  }

  /// True in the tick in which the pulse is given up.
  private mutating func revert(
    _ intent: PumpIntent, _ environment: PumpEnvironment, measured: Reading<RotationalSpeed>
  ) -> Bool {
    guard intent.pulsatile.isOn else {
      hasReverted = false
      return false
    }
    let isBlind = measured.quality != .valid && measured.quality != .absent
    guard !hasReverted, commanded > .zero, environment.revertPulsatile || isBlind else {
      return false
    }
    hasReverted = true
    return true
  }

  /// Between pulse and mean the speed keeps the slopes; a stop only ever slows down.
  private func leadOver(
    to wanted: RotationalSpeed, isAllowed: Bool, _ tick: Seconds
  ) -> RotationalSpeed {
    guard isAllowed else { return min(wanted, turnsNow) }
    return SlewLimiter.step(turnsNow, to: wanted, up: slewUp, down: slewDown, tick: tick)
  }

  private mutating func enable(
    _ demand: inout SpeedDemand, isAllowed: Bool, _ grade: Grade,
    _ measured: Reading<RotationalSpeed>, _ tick: Seconds
  ) {
    if grade == .forcedStop {
      commanded = .zero
      turnsNow = .zero
      demand.speed = .zero
      demand.mean = .zero
      demand.removeTorque = true
      enabled = false
      return
    }
    let isRunningOut =
      enabled && (commanded > .zero || (standing < 0.5 && measured.value.magnitude > .rpm(2)))
    enabled = isAllowed || isRunningOut
    demand.isEnabled = enabled
    demand.wantsClampClosed = grade == .isolate
  }
}
