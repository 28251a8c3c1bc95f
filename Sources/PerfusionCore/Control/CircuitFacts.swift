extension Controller {
  typealias Pressures = SiteTable<PressureSite, Reading<Pressure>>
  /// Flow over so much of the pump's largest is too much, however it is set (HZ-57).
  private static var excessFlow: Double { 1.2 }

  /// Conditions of air, level, pressures and clamps.
  mutating func stateCircuitFacts(
    _ facts: inout InterlockFacts, _ sensors: SensorSnapshot,
    _ pressures: Pressures
  ) {
    stateAirFacts(&facts, sensors)
    stateLevelFacts(&facts, sensors)
    stateLineFacts(&facts, pressures)
    facts.set(.clampNotOpen, clamp.isNotOpen)
    facts.set(.clampUncertain, clamp.isUncertain)
    facts.set(.clampNotClosed, clamp.isNotClosed)
    stateIsolationFacts(&facts)
    if let flow = status.pumps[0].flow.usable, let pump = configuration.pumps.element(at: 0) {
      facts.set(.flowExcess, flow > pump.maximumFlow * Self.excessFlow)
    }
    let isShut = sensors[.arterialClampIsClosed].isSeenShut(open: sensors[.arterialClampIsOpen])
    facts.set(.clampClosedRunning, isShut && isPushing(0) && !isBalanced(0))
    facts.set(.venousOccluder, occluder.isDeviating)
    let first = sensors[.emergencyStopFirst].usable ?? false
    let second = sensors[.emergencyStopSecond].usable ?? false
    facts.set(.emergencyStop, first && second)
    facts.set(.emergencyStopContacts, first != second)
  }

  /// The operator's wish to isolate stands for one tick; its reaction is latched. The vent stops
  /// only when the primary pump stands (docs/domain.md 8.1, G6).
  private mutating func stateIsolationFacts(_ facts: inout InterlockFacts) {
    facts.set(.isolation, asksIsolation)
    guard interlocks.verdicts[0].grade == .isolate else { return }
    facts.set(.isolationVent, !isTurning(0))
  }

  private mutating func stateAirFacts(
    _ facts: inout InterlockFacts, _ sensors: SensorSnapshot
  ) {
    let shortest = configuration.airDetection.shortestAir
    let isAir = AirWatch.isAir(sensors[.arterialBubble], shortest: shortest)
    facts.set(.arterialAir, isAir)
    facts.set(.massiveAir, isAir)
    facts.set(
      .venousAir,
      AirWatch.isAir(sensors[.venousBubble], shortest: shortest)
        || air.venousVolume >= AirWatch.mostVenousAir)
    facts.set(.cardioplegiaAir, AirWatch.isAir(sensors[.cardioplegiaBubble], shortest: shortest))
    facts.set(.portalVeinAir, AirWatch.isAir(sensors[.portalVeinBubble], shortest: shortest))
    let isTested = phase != .post && phase != .off
    facts.set(.microbubbles, microbubbles.isHigh)
    facts.set(
      .arterialAirSensor,
      isTested
        && (AirWatch.isFaulted(sensors[.arterialBubble])
          || AirWatch.isFaulted(sensors[.portalVeinBubble]))
    )
  }

  private mutating func stateLevelFacts(
    _ facts: inout InterlockFacts, _ sensors: SensorSnapshot
  ) {
    let reservoir = configuration.reservoir
    guard reservoir.isFitted else { return }
    var isAlert = timeToEmpty.isAlert
    var isAlarm = timeToEmpty.isAlarm
    if let volume = levelWitness.volume.usable {
      isAlert = isAlert || volume <= reservoir.alert
      isAlarm = isAlarm || volume <= reservoir.alarm
      // A latched stop is cleared only above the resume volume.
      if stands(.levelAlarm) { isAlarm = isAlarm || volume <= reservoir.resume }
      facts.set(
        .levelOverfull,
        volume.milliliters > reservoir.capacity.milliliters * reservoir.overfull.value)
    }
    isAlert = isAlert || sensors[.reservoirAboveAlert].usable == false
    isAlarm = isAlarm || levelWitness.isAboveAlarm == false
    facts.set(.levelAlert, isAlert)
    facts.set(.levelAlarm, isAlarm)
    if levelWitness.isUntrue { facts.set(.levelSensor, true) }
    guard levelWitness.volume.usable == nil else { return }
    let hasSwitch = sensors[.reservoirAboveAlert].usable != nil || levelWitness.isAboveAlarm != nil
    facts.set(hasSwitch ? .levelSensor : .levelUnmeasured, true)
  }

  private mutating func stateLineFacts(
    _ facts: inout InterlockFacts, _ pressures: Pressures
  ) {
    let limits = configuration.limits
    if let line = mean(.arterialLinePressure, pressures) {
      facts.set(.linePressureAlert, line > limits.pressureAlert)
      let isDelivering = (status.pumps[0].flow.usable ?? .zero) > Flow(litersPerMinute: 1)
      facts.set(.linePressureLow, isDelivering && line < limits.pressureLow)
    }
    let reading = pressures[.arterialLinePressure]
    facts.set(
      .pressureSensor,
      reading.isPresent && reading.usable == nil || lineWitness.isContradicted)
    if let before = pressures[.preOxygenatorPressure].usable {
      facts.set(.preOxygenatorHigh, before > limits.preOxygenatorHigh)
      if let after = pressures[.arterialLinePressure].usable {
        facts.set(.oxygenatorDropAlert, before - after > limits.oxygenatorDropAlert)
        facts.set(.oxygenatorDropAlarm, before - after > limits.oxygenatorDropAlarm)
      }
    }
    let diagnosis = line.assessment.diagnosis
    facts.set(.disconnection, diagnosis == .disconnection)
    if diagnosis == .oxygenatorClot { facts.set(.oxygenatorDropAlert, true) }
    if line.assessment.isOxygenatorBlocked { facts.set(.oxygenatorDropAlarm, true) }
    if let inlet = believedInlet.usable {
      facts.set(.suctionAlert, inlet < limits.suctionAlert)
      facts.set(.suctionAlarm, inlet < limits.suctionAlarm)
    }
    if let gas = pressures[.reservoirPressure].usable {
      facts.set(.reservoirVacuum, gas < Pressure(millimetersOfMercury: -60))
      facts.set(.reservoirPositive, gas > Pressure(millimetersOfMercury: 10))
    }
  }

  /// The mean of a pressure: without ripple where a pump watches that site.
  mutating func mean(_ site: PressureSite, _ pressures: Pressures) -> Pressure? {
    for pump in 0..<pumpCount
    where pumps[pump].configuration.hasPressureLimit
      && pumps[pump].configuration.outletPressure == site
    {
      if let mean = pumps[pump].outletMean.mean.usable { return mean }
    }
    return pressures[site].usable
  }

  /// The pump is told to turn and allowed to.
  mutating func isPushing(_ pump: Int) -> Bool {
    intents[pump].isStarted && interlocks.verdicts[pump].grade < .zeroFlow
      && status.pumps[pump].commandedSpeed > .zero
  }

  /// A centrifugal pump that balances behind its closed clamp on purpose.
  mutating func isBalanced(_ pump: Int) -> Bool {
    guard pumps[pump].configuration.kind == .centrifugal else { return false }
    switch pumps[pump].centrifugal.state {
    case .balanced, .closing, .slowing, .standing, .opening: return true
    case .running, .adopted: return false
    }
  }
}
