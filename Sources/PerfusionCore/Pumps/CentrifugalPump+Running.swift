extension CentrifugalPump {
  /// Speed while the line is open: mode, hold, servos, cap and floor, then the slope.
  mutating func run(
    _ demand: inout SpeedDemand, _ intent: PumpIntent,
    _ constraint: PumpConstraint, _ environment: PumpEnvironment,
    flow: Reading<Flow>, outlet: Reading<Pressure>, isChattering: Bool
  ) {
    let lowest = environment.floorApplies && !isForced ? floor.value : .zero
    if intent.mode != lastMode { adoptLoops() }
    lastMode = intent.mode
    let wanted = wantedSpeed(
      intent, constraint, environment, lowest: lowest, flow: flow, outlet: outlet,
      isChattering: isChattering)
    var target = wanted.clamped(.zero, maximum)
    if target < wanted { demand.reason = .speedLimit }
    if constraint.grade == .hold {
      if !isHolding { held = commanded }
      let kept = intent.mode == .speed ? min(target, held) : held
      if kept != target { demand.reason = constraint.reason == .asSet ? .held : constraint.reason }
      target = kept
    }
    isHolding = constraint.grade == .hold
    if constraint.factor < .one {
      target = target * constraint.factor.clamped().value
      demand.reason = constraint.reason == .asSet ? .pressureServo : constraint.reason
    }
    if let cap = constraint.speedCap, target > cap {
      target = max(cap, .zero)
      demand.reason = .speedLimit
    }
    if target < lowest {
      target = lowest
      demand.reason = .speedFloor
    }
    isHeldBack = target < wanted
    ramp(to: target, environment.tick)
    if demand.reason == .asSet && commanded != target && intent.mode == .speed {
      demand.reason = .slewing
    }
  }

  private mutating func ramp(to target: RotationalSpeed, _ tick: Seconds) {
    var up = slewUp
    if resumeSlope > .zero {
      if resumeSlope <= .rpmPerSecond(1) {
        let rise = max(.zero, target - commanded).revolutionsPerMinute
        resumeSlope = .rpmPerSecond(max(rise / 2, 2))
      }
      up = min(up, resumeSlope)
      if commanded >= target {
        resumeSlope = .zero
        wasStoppedByInterlock = false
      }
    }
    commanded = SlewLimiter.step(commanded, to: target, up: up, down: slewDown, tick: tick)
  }

  private mutating func wantedSpeed(
    _ intent: PumpIntent, _ constraint: PumpConstraint,
    _ environment: PumpEnvironment, lowest: RotationalSpeed, flow: Reading<Flow>,
    outlet: Reading<Pressure>, isChattering: Bool
  ) -> RotationalSpeed {
    let sucks =
      environment.inletPressure.usable.map { $0 < environment.limits.suctionAlert } ?? false
    let isRising = resumeSlope > .zero
    let heldBack = sucks || isHeldBack || isChattering || isRising
    switch intent.mode {
    case .speed, .follow: return intent.setSpeed
    case .flow:
      return flowHold.speed(
        set: intent.setFlow, flow: flow, lowest: lowest, highest: maximum,
        mayRise: !heldBack && constraint.factor >= .one && constraint.grade < .hold,
        isFrozen: isChattering || constraint.grade == .hold, tick: environment.tick)
    case .pressure:
      return pressure.speed(
        set: intent.setPressure, mean: outlet, maximum: maximum,
        heldBack: heldBack || constraint.factor < .one || constraint.grade == .hold, steepness: 2,
        tick: environment.tick)
    }
  }
}
