extension Controller {
  mutating func start(_ pump: Int, _ sensors: SensorSnapshot) -> Refusal? {
    guard let machine = configuration.pumps.element(at: pump) else { return .noSuchPump }
    guard PhaseTable.allowsPumps(phase) else { return .wrongPhase }
    guard !interlocks.verdicts[pump].needsResume else { return .stopped }
    if machine.kind == .roller, !pumps[pump].tube.isConfirmed { return .tubeNotConfirmed }
    if machine.kind == .roller, pump == 0, configuration.arterialClamp.isFitted,
      !clamp.isWantedOpen
    {
      return .clampClosed
    }
    if machine.drawsFromArterialLine, duty().isSupporting, !hasArterialFlow(sensors) {
      return .noArterialFlow
    }
    if intents[pump].mode == .follow, machine.followsPump >= 0,
      !intents[Int(machine.followsPump)].isStarted
    {
      return .masterNotRunning
    }
    intents[pump].isStarted = true
    return nil
  }

  mutating func stop(_ pump: Int) -> Refusal? {
    guard configuration.pumps.element(at: pump) != nil else { return .noSuchPump }
    intents[pump].isStarted = false
    return nil
  }

  mutating func setSpeed(
    _ pump: Int, _ speed: RotationalSpeed, _ isConfirmed: Bool
  ) -> EventKind {
    guard let machine = configuration.pumps.element(at: pump) else { return .refused(.noSuchPump) }
    guard speed.isFinite, speed.magnitude <= machine.maximumSpeed else {
      return .refused(.outOfRange)
    }
    if speed < .zero, !RollerPump.mayReverse(machine.role) || isTurning(pump) {
      return .refused(.notForThisPump)
    }
    if !isConfirmed, isBigStep(pump, to: speed) { return .refused(.needsConfirmation) }
    intents[pump].setSpeed = speed
    intents[pump].mode = .speed
    let floor = status.pumps[pump].speedFloor
    if machine.kind == .centrifugal, speed < floor, clamp.isCommandedOpen {
      return .limited(.belowFloor)
    }
    return .accepted
  }

  mutating func setFlow(_ pump: Int, _ flow: Flow, _ isConfirmed: Bool) -> EventKind {
    guard let machine = configuration.pumps.element(at: pump) else { return .refused(.noSuchPump) }
    guard flow.isFinite, flow >= .zero, flow <= machine.maximumFlow else {
      return .refused(.outOfRange)
    }
    if machine.kind == .roller, flow / machine.roller.strokeVolume > machine.maximumSpeed {
      return .refused(.outOfRange)
    }
    if !isConfirmed, isBigStep(pump, to: flow) { return .refused(.needsConfirmation) }
    intents[pump].setFlow = flow
    intents[pump].mode = .flow
    return .accepted
  }

  mutating func setPressure(
    _ pump: Int, _ pressure: Pressure, _ isConfirmed: Bool
  ) -> EventKind {
    guard let machine = configuration.pumps.element(at: pump) else { return .refused(.noSuchPump) }
    guard configuration.kind == .organ else { return .refused(.notForThisPump) }
    guard pressure.isFinite, pressure >= .zero, pressure < machine.regulatePressure else {
      return .refused(.outOfRange)
    }
    if !isConfirmed, isBigStep(pump, to: pressure) { return .refused(.needsConfirmation) }
    intents[pump].setPressure = pressure
    intents[pump].mode = .pressure
    return .accepted
  }

  mutating func forceBelowFloor(_ pump: Int, _ isForced: Bool) -> Refusal? {
    guard let machine = configuration.pumps.element(at: pump) else { return .noSuchPump }
    guard machine.kind == .centrifugal else { return .notForThisPump }
    intents[pump].forcedBelowFloor = isForced
    return nil
  }

  mutating func setRatio(_ pump: Int, _ ratio: Double) -> Refusal? {
    guard let machine = configuration.pumps.element(at: pump) else { return .noSuchPump }
    guard machine.followsPump >= 0 else { return .notForThisPump }
    guard ratio >= 0.25, ratio <= 16 else { return .outOfRange }
    intents[pump].ratio = ratio
    intents[pump].mode = .follow
    return nil
  }

  mutating func setPulsatile(
    _ pump: Int, rate: Double, width: Fraction, base: Fraction
  ) -> Refusal? {
    guard let machine = configuration.pumps.element(at: pump) else { return .noSuchPump }
    guard machine.kind == .roller, machine.role == .arterial else { return .notForThisPump }
    guard rate >= 30, rate <= 150, width >= .percent(20), width <= .percent(80),
      base >= .zero, base <= .one
    else { return .outOfRange }
    intents[pump].pulsatile.isOn = true
    intents[pump].pulsatile.rate = rate
    intents[pump].pulsatile.width = width
    intents[pump].pulsatile.base = base
    return nil
  }

  mutating func setContinuous(_ pump: Int) -> Refusal? {
    guard configuration.pumps.element(at: pump) != nil else { return .noSuchPump }
    intents[pump].pulsatile.isOn = false
    return nil
  }

  /// The rotor turns, or nobody can say that it stands.
  mutating func isTurning(_ pump: Int) -> Bool {
    let speed = status.pumps[pump].measuredSpeed
    guard let turning = speed.usable else { return status.pumps[pump].commandedSpeed != .zero }
    return turning.magnitude > RotationalSpeed(revolutionsPerMinute: 0.5)
  }

  /// The arterial pump delivers.
  mutating func hasArterialFlow(_ sensors: SensorSnapshot) -> Bool {
    guard let flow = status.pumps[0].flow.usable else {
      return intents[0].isStarted && interlocks.verdicts[0].grade < .zeroFlow
    }
    return flow > configuration.limits.noFlow
  }
}
