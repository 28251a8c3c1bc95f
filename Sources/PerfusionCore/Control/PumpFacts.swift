extension Controller {
  /// Conditions of one pump: what it found itself, and its outlet pressure.
  mutating func statePumpFacts(
    _ facts: inout InterlockFacts, _ pump: Int, _ sensors: SensorSnapshot,
    _ pressures: Pressures
  ) {
    let found = findings[pump]
    facts.set(.overspeed, pump: pump, found.overspeed)
    facts.set(.speedLow, pump: pump, found.speedLow)
    facts.set(.jam, pump: pump, found.jam)
    facts.set(.wrongDirection, pump: pump, found.wrongDirection)
    facts.set(.driveFault, pump: pump, found.driveFault)
    facts.set(.driveDead, pump: pump, found.driveDead)
    facts.set(.decoupled, pump: pump, found.decoupled)
    facts.set(.lossOfPrime, pump: pump, found.lossOfPrime)
    facts.set(.coverOpen, pump: pump, found.rawCoverOpen)
    facts.set(.ratio, pump: pump, found.ratioError || isMasterOfBadPair(pump))
    facts.set(.belowFloor, pump: pump, found.belowFloor)
    facts.set(.flowMismatch, pump: pump, found.flowMismatch)
    facts.set(.handCrank, pump: pump, found.handCrank)
    facts.set(.noTube, pump: pump, found.noTube)
    facts.set(.slip, pump: pump, found.slip)
    facts.set(.rotorSensor, pump: pump, found.rotorUnusable && phase != .post)
    facts.set(.pulsePeak, pump: pump, found.pulsePeak)
    facts.set(.zeroFlowLong, pump: pump, found.zeroFlowLong)
    facts.set(.zeroFlowVeryLong, pump: pump, found.zeroFlowVeryLong)
    facts.set(.torqueNotOff, pump: pump, found.torqueNotOff)
    facts.set(.chatter, pump: pump, found.chatter)
    facts.set(
      .occlusionLoss, pump: pump,
      occlusionFailed & (1 << UInt8(pump)) != 0
        || pump == 0 && (occlusionLoss.isLost || occlusion.isOverdue(0)))
    statePressureFacts(&facts, pump)
    stateSinusFact(&facts, pump, pressures)
    stateObedienceFacts(&facts, pump)
    facts.set(.overOcclusion, pump: pump, drawsTooMuch(pump, sensors))
    if pumps[pump].configuration.role == .vent {
      let suction = pressures[.ventPressure].usable ?? .zero
      facts.set(.suction, pump: pump, suction < configuration.limits.ventSuction)
      facts.set(.ventAlert, pump: pump, suction < configuration.limits.ventSuction * 0.8)
    }
    if pumps[pump].configuration.drawsFromArterialLine, pump > 0, isPushing(pump) {
      facts.set(.noArterialFlow, pump: pump, phase != .prime && !hasArterialFlow(sensors))
    }
  }

  private mutating func statePressureFacts(_ facts: inout InterlockFacts, _ pump: Int) {
    let machine = pumps[pump].configuration
    guard machine.hasPressureLimit, !isUnderOcclusionTest(pump) else { return }
    // Standing against a closed line is no fault of a pump that is not meant to run.
    guard isStartedOrHeldByPressure(pump) else { return }
    if let mean = pumps[pump].outletMean.mean.usable {
      facts.set(.pressureAlert, pump: pump, mean > machine.regulatePressure)
    }
    if let fast = pumps[pump].outletFast.median.usable {
      facts.set(.pressureStop, pump: pump, fast > machine.stopPressure)
      let isSystemic = machine.role == .arterial
      facts.set(
        .pressureHard, pump: pump, isSystemic && fast > configuration.limits.pressureHard)
    }
  }

  /// Retrograde cardioplegia stops by the sinus, whether or not its line has limits of its own.
  private mutating func stateSinusFact(
    _ facts: inout InterlockFacts, _ pump: Int, _ pressures: Pressures
  ) {
    guard dose.route == .retrograde, pumps[pump].configuration.role == .cardioplegia,
      isStartedOrHeldByPressure(pump)
    else { return }
    facts.set(.pressureStop, pump: pump, excessiveSinusPressure(pressures) != nil)
  }

  /// The pump is meant to run, or waits to be resumed after a pressure that must be gone first.
  private mutating func isStartedOrHeldByPressure(_ pump: Int) -> Bool {
    intents[pump].isStarted || interlocks.isHeld(pump, by: .pressureAlert)
      || interlocks.isHeld(pump, by: .pressureStop) || interlocks.isHeld(pump, by: .pressureHard)
  }

  /// The pressure of the coronary sinus while it is above its limit in retrograde delivery: the
  /// sinus tears long before the line's own limit is reached (HZ-34).
  mutating func excessiveSinusPressure(_ pressures: Pressures) -> Pressure? {
    guard dose.route == .retrograde, let sinus = pressures[.cardioplegiaRootPressure].usable else {
      return nil
    }
    return sinus > configuration.limits.coronarySinusStop ? sinus : nil
  }

  /// A stop that the pump does not obey (docs/domain.md 7.3).
  private mutating func stateObedienceFacts(_ facts: inout InterlockFacts, _ pump: Int) {
    let isStopped = interlocks.verdicts[pump].grade >= .zeroFlow
    stopConfirmations[pump].update(
      isStopped: isStopped, speed: pumps[pump].rotor.speed,
      pressure: pumps[pump].outletFast.median)
    guard isStopped, pumps[pump].configuration.kind == .roller else { return }
    let isAir = stands(.arterialAir) || stands(.portalVeinAir)
    facts.set(
      .airNotStopped, pump: pump,
      isAir && isPrimary(pump) && stopConfirmations[pump].isNotSlowing)
    facts.set(
      .pressureNotFalling, pump: pump,
      stands(.pressureHard, pump: pump) && stopConfirmations[pump].isNotFalling)
  }

  /// A roller that draws 30 % more current than its tube asks for is set too tight (HZ-19).
  private mutating func drawsTooMuch(_ pump: Int, _ sensors: SensorSnapshot) -> Bool {
    let typical = pumps[pump].configuration.roller.typicalCurrent
    guard pumps[pump].configuration.kind == .roller, typical.amperes > 0, isPushing(pump),
      let current = sensors.pumps[pump].current.usable
    else { return false }
    return current.amperes > typical.amperes * 1.3
  }

  /// The pump is driven by the occlusion test.
  mutating func isUnderOcclusionTest(_ pump: Int) -> Bool { pumpUnderTest == pump }

  /// A follower of this pump is off its ratio.
  private mutating func isMasterOfBadPair(_ pump: Int) -> Bool {
    for other in 0..<pumpCount
    where Int(pumps[other].configuration.followsPump) == pump && findings[other].ratioError {
      return true
    }
    return false
  }
}
