/// How the plausibility lattice is fed and what comes of it.
extension Controller {
  /// Looks at a few sensors each tick, and at circuit and reservoir ten times a second.
  mutating func watchPlausibility(
    _ sensors: SensorSnapshot, _ pressures: Pressures, _ events: inout EventList
  ) {
    guard phase != .post, lookTicks > 0 else { return }
    let place = Int(tick.count % lookTicks)
    var number = place
    while number < WatchedSensor.count {
      let sensor = WatchedSensor(number: UInt8(number))
      plausibility.look(at: sensor, SensorSample(sensor, sensors))
      if let changed = plausibility.lives.changed {
        events.append(Event(.sensorDoubted(changed.sensor, changed.doubt)))
      }
      number += Int(lookTicks)
    }
    guard place == 0 else { return }
    let before = plausibility.cause
    lookAtCircuit(sensors, pressures)
    guard plausibility.cause != before else { return }
    status.cause = plausibility.cause
    events.append(Event(.causeNamed(plausibility.cause)))
  }

  /// Asks what the pump and its interlocks may believe in this tick.
  mutating func askWitnesses(_ sensors: SensorSnapshot, _ pressures: Pressures) {
    let cause = plausibility.cause
    let lives = plausibility.lives
    // A line pressure that is contradicted already speaks against nobody.
    let isNamed =
      !lineWitness.isContradicted
      && (cause == .preOxygenatorPressure || cause == .pressuresExchanged)
    let isWitness =
      duty().isSupporting && !isNamed && !lives.doubts(WatchedSensor(.preOxygenatorPressure))
    believedInlet = inletWitness.believe(
      pressures[.pumpInletPressure], limit: configuration.limits.suctionAlert,
      against: inletEvidence(sensors, pressures, hasBefore: isWitness), tick: period)
    believedLine = lineWitness.believe(
      pressures[.arterialLinePressure], before: pressures[.preOxygenatorPressure],
      limit: configuration.limits.pressureAlert, isWitness: isWitness, tick: period)
    guard configuration.reservoir.isFitted else { return }
    levelWitness.update(
      sensors.reservoirVolume, aboveAlert: sensors[.reservoirAboveAlert],
      aboveAlarm: sensors[.reservoirAboveAlarm], configuration.reservoir,
      isDoubted: cause == .level || cause == .volumeBalance || lives.doubts(.level), tick: period)
  }

  /// What comes out of the primary pump and can itself be believed.
  private mutating func inletEvidence(
    _ sensors: SensorSnapshot, _ pressures: Pressures, hasBefore: Bool
  ) -> InletEvidence {
    guard pumpCount > 0, duty().isSupporting else { return .none }
    let speed = status.pumps[0].measuredSpeed
    let probe = isProbeDoubted() ? .absent : sensors[.arterialFlow]
    guard pumps[0].configuration.kind == .centrifugal else {
      return .delivery(
        probe: probe,
        full: FlowEstimate.roller(speed: speed, stroke: pumps[0].tube.strokeVolume, leak: .zero))
    }
    guard hasBefore else { return .none }
    return .head(
      before: pressures[.preOxygenatorPressure], speed: speed, flow: probe,
      pumps[0].configuration.centrifugal)
  }

  /// The arterial probe is lost, frozen or contradicted.
  mutating func isProbeDoubted() -> Bool {
    switch plausibility.cause {
    case .flowProbe, .flowDisagreement, .pumpHead: true
    default: plausibility.lives.doubts(WatchedSensor(.arterialFlow))
    }
  }

  private mutating func lookAtCircuit(_ sensors: SensorSnapshot, _ pressures: Pressures) {
    guard pumpCount > 0, configuration.kind != .organ, duty().isSupporting else {
      return plausibility.rest()
    }
    let step = period * Double(lookTicks)
    weighReservoir(sensors, step: step)
    let isRoller = pumps[0].configuration.kind == .roller
    // What the pump does not believe, the lattice has to judge.
    let hasRipple =
      pumps[0].configuration.hasPressureLimit && isRoller && !lineWitness.isContradicted
    let moment = HydraulicView.Moment(
      probe: sensors[.arterialFlow], rotor: isRoller ? ownFlow() : .absent,
      before: pressures[.preOxygenatorPressure],
      after: hasRipple ? pumps[0].outletMean.mean : pressures[.arterialLinePressure],
      inlet: pressures[.pumpInletPressure], patient: pressures[.arterialPressure],
      central: pressures[.venousPressure], speed: status.pumps[0].measuredSpeed)
    let circuit = HydraulicCircuit(
      curve: isRoller ? nil : pumps[0].configuration.centrifugal,
      column: configuration.subject.heightHead.millimetersOfMercury)
    plausibility.judge(
      moment, circuit, blood: sensors[.arterialBloodTemperature].usable,
      line: line.assessment.diagnosis, isCalm: isCalm(),
      witnessed: inletWitness.isContradicted ? .inletPressure : .none, step: step.seconds)
  }

  /// The primary pump delivers through an open line, without pulses.
  private mutating func isCalm() -> Bool {
    isPushing(0) && !isBalanced(0) && clamp.isCommandedOpen && !intents[0].pulsatile.isOn
  }

  /// The roller's flow by its rotor.
  private mutating func ownFlow() -> Reading<Flow> {
    let fill = FlowEstimate.fill(inlet: believedInlet)
    return FlowEstimate.roller(
      speed: status.pumps[0].measuredSpeed, stroke: pumps[0].tube.strokeVolume * fill.value,
      leak: .zero)
  }

  private mutating func weighReservoir(_ sensors: SensorSnapshot, step: Seconds) {
    let reservoir = configuration.reservoir
    guard reservoir.isFitted else { return }
    plausibility.weigh(
      VolumeBalance.Level(
        volume: sensors.reservoirVolume.usable, alert: reservoir.alert, alarm: reservoir.alarm,
        isAboveAlert: sensors[.reservoirAboveAlert].usable,
        isAboveAlarm: sensors[.reservoirAboveAlarm].usable),
      net: intoReservoir(sensors), step: step)
  }

  /// What comes by venous line, vent and suckers, less what the primary pump takes.
  private mutating func intoReservoir(_ sensors: SensorSnapshot) -> Flow? {
    guard let venous = sensors[.venousFlow].usable, let taken = status.pumps[0].flow.usable
    else { return nil }
    var net = venous - taken
    for pump in 1..<max(pumpCount, 1) {
      switch pumps[pump].configuration.role {
      case .vent, .sucker, .secondSucker: net += status.pumps[pump].flow.usable ?? .zero
      case .arterial, .cardioplegia, .crystalloid, .organArtery, .portalVein: continue
      }
    }
    return net
  }

  /// States what the lattice found, for the interlock table.
  mutating func statePlausibilityFacts(_ facts: inout InterlockFacts) {
    let cause = plausibility.cause
    let lost = plausibility.lives.lost
    let frozen = plausibility.lives.frozen
    guard cause != .none || lost | frozen != 0 || inletWitness.isContradicted else { return }
    let probe = WatchedSensor(.arterialFlow)
    let doubted = lost | frozen
    facts.set(.flowProbe, cause == .flowProbe || doubted & probe.bit != 0)
    facts.set(.commonCause, cause == .pumpHead || cause == .flowDisagreement)
    facts.set(.levelSensor, cause == .level || doubted & WatchedSensor.level.bit != 0)
    facts.set(.volumeBalance, cause == .volumeBalance)
    facts.set(.pressureSensor, frozen & WatchedSensor(.arterialLinePressure).bit != 0)
    facts.set(
      .arterialTemperatureSensor, frozen & WatchedSensor(.arterialBloodTemperature).bit != 0)
    facts.set(.temperatureSensor, doubted & WatchedSensor.temperatures != 0)
    let told = probe.bit | WatchedSensor.level.bit | WatchedSensor.temperatures
    facts.set(
      .sensorUntrue,
      cause.isPressureSensor || inletWitness.isContradicted || doubted & ~told != 0)
  }
}

extension CommonCause {
  /// A pressure sensor or a current sensor reads wrong.
  fileprivate var isPressureSensor: Bool {
    isSensor && self != .flowProbe && self != .level
  }
}
