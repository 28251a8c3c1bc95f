extension Controller {
  /// Carries the verdicts out: pumps, clamps, occluder, occlusion actuators.
  mutating func drive(
    _ sensors: SensorSnapshot, _ pressures: Pressures,
    _ actuators: inout ActuatorCommands, _ events: inout EventList
  ) {
    followDose(&events)
    followOcclusion(sensors, &events)
    var isClampFree = !interlocks.closesClamp
    let signals = sensors.pumps
    let gaps = sensors.occlusionGaps
    for pump in 0..<pumpCount {
      let intent = intent(pump)
      let constraint = constraint(pump)
      let environment = environment(pump, signals.span[pump], sensors, pressures)
      let output = pumps[pump].update(
        intent: intent, constraint: constraint, environment: environment)
      if pump == 0, output.wantsClampClosed { isClampFree = false }
      settle(pump, output, &events)
      actuators.drives[pump] = output.drive
      if phase == .post { actuators.drives[pump].removeTorque = !selfTest.allowsTorque }
      if phase.isDead { actuators.drives[pump].removeTorque = true }
      let conditions = occlusionConditions(pump, sensors)
      actuators.occlusionGaps[pump] = occlusion.actuators[pump].update(
        measured: gaps.span[pump], conditions, step: period)
    }
    clamp.update(
      mayOpen: isClampFree, flows: showsFlow(sensors), sensors: sensors,
      configuration: configuration.arterialClamp, step: period)
    if interlocks.closesOccluder { occluder.closeToIsolate() }
    actuators.openArterialClamp =
      phase == .post ? selfTest.opensClamp : clamp.isCommandedOpen
    actuators.venousOccluder = occluder.update(
      measured: sensors.venousOccluderOpening, step: period)
  }

  /// The operator's intent, or that of the occlusion test while it drives the pump.
  private mutating func intent(_ pump: Int) -> PumpIntent {
    var intent = intents[pump]
    intent.wantsClampOpen = clamp.isWantedOpen || !configuration.arterialClamp.isFitted
    guard isUnderOcclusionTest(pump) else { return intent }
    intent.mode = .speed
    intent.setSpeed = occlusion.speed
    intent.isStarted = true
    return intent
  }

  private mutating func constraint(_ pump: Int) -> PumpConstraint {
    let verdict = interlocks.verdicts[pump]
    var constraint = PumpConstraint()
    constraint.grade = verdict.grade
    constraint.reason = verdict.reason
    constraint.tubeConfirmed = pumps[pump].tube.isConfirmed
    if verdict.grade == .isolate, verdict.removesTorque { constraint.grade = .forcedStop }
    constraint.speedCap = speedCap(pump)
    let inputs = servoInputs(pump)
    let selection = servoSelection(pump)
    servos[pump].pressure.isOverridden = interlocks.isOverridden(pump, .pressureAlert)
    let servo = servos[pump].update(tick: tick, inputs: inputs, selection: selection)
    if verdict.grade < .zeroFlow, servo.factor < .one {
      constraint.factor = servo.factor
      constraint.reason = servo.reason
    }
    return constraint
  }

  /// Open cover, or a clamp that closed by itself: the pump goes to low (HZ-21, HZ-04).
  private mutating func speedCap(_ pump: Int) -> RotationalSpeed? {
    let mayBeShut = stands(.clampNotOpen) || stands(.clampUncertain) && clamp.lacksFlow
    if pump == 0, mayBeShut, duty().isSupporting {
      let machine = pumps[pump].configuration
      return machine.kind == .roller
        ? machine.maximumSpeed * 0.1
        : status.pumps[pump].speedFloor + machine.centrifugal.holdMargin
    }
    guard stands(.coverOpen, pump: pump), !interlocks.isOverridden(pump, .coverOpen) else {
      return nil
    }
    return RotationalSpeed(revolutionsPerMinute: 30)
  }

  private mutating func servoInputs(_ pump: Int) -> ServoInputs {
    let isPrimary = pump == 0
    return ServoInputs(
      outletMean: pumps[pump].configuration.hasPressureLimit
        ? pumps[pump].outletMean.mean : .absent,
      inlet: isPrimary ? believedInlet : .absent,
      reservoir: isPrimary ? levelWitness.volume : .absent)
  }

  /// A servo acts where the response matrix says "regulate" and somebody depends on the pump. An
  /// override of the level alarm must leave the pump more than the tenth that its servo would.
  /// Suction is of class B: no button lifts it.
  private mutating func servoSelection(_ pump: Int) -> ServoSelection {
    guard duty().isSupporting, intents[pump].isStarted else { return .none }
    return ServoSelection(
      pressure: pumps[pump].configuration.hasPressureLimit
        && configuration.responses[pump, .pressureAlert] == .regulate,
      level: configuration.reservoir.isFitted
        && configuration.responses[pump, .levelAlert] == .regulate
        && !interlocks.isOverridden(pump, .levelAlarm),
      suction: configuration.responses[pump, .suction] == .regulate)
  }

  mutating func environment(
    _ pump: Int, _ signals: PumpSignals, _ sensors: SensorSnapshot, _ pressures: Pressures
  ) -> PumpEnvironment {
    let machine = pumps[pump].configuration
    var seen = PumpEnvironment()
    seen.now = now()
    seen.tick = period
    seen.signals = signals
    seen.flowProbe = probe(machine.role, sensors)
    if machine.hasPressureLimit {
      let isLine = machine.outletPressure == .arterialLinePressure
      seen.outletPressure = isLine ? believedLine : pressures[machine.outletPressure]
    }
    if pump == 0 {
      seen.inletPressure = believedInlet
      seen.arterialPressure = pressures[.arterialPressure]
      seen.clampIsOpen = sensors[.arterialClampIsOpen]
      seen.clampIsClosed = sensors[.arterialClampIsClosed]
      seen.clampFitted = configuration.arterialClamp.isFitted
      seen.clampTravel = configuration.arterialClamp.travelTime
    }
    if machine.followsPump >= 0 {
      let master = Int(machine.followsPump)
      seen.masterSpeed = pumps[master].rotor.speed
      seen.masterStrokeVolume = pumps[master].tube.strokeVolume
      seen.masterDelivered = pumps[master].deliveredTotal
    }
    seen.heightHead = configuration.subject.heightHead
    seen.limits = configuration.limits
    // An organ on its bench has no pressure of its own that could drive blood back.
    seen.floorApplies =
      configuration.kind != .organ && (duty().dependsOnMachine || phase == .ready)
    seen.revertPulsatile =
      stands(.pressureAlert, pump: pump) || stands(.levelAlert)
    seen.measuredLeak = measuredLeaks[pump]
    return seen
  }

  /// The probe that measures this pump's own flow.
  private mutating func probe(_ role: PumpRole, _ sensors: SensorSnapshot) -> Reading<Flow> {
    switch role {
    case .arterial: sensors[.arterialFlow]
    case .crystalloid: sensors[.crystalloidFlow]
    case .organArtery: sensors[.organArteryFlow]
    case .portalVein: sensors[.portalVeinFlow]
    case .cardioplegia, .vent, .sucker, .secondSucker: .absent
    }
  }

  /// The primary pump's own probe shows flow, and nothing speaks against it.
  private mutating func showsFlow(_ sensors: SensorSnapshot) -> Bool {
    guard pumpCount > 0, !isProbeDoubted() else { return false }
    let flow = probe(pumps[0].configuration.role, sensors).usable ?? .zero
    return flow >= configuration.limits.noFlow
  }

  /// Takes over what a pump found and tells when its reason changed.
  private mutating func settle(_ pump: Int, _ output: PumpOutput, _ events: inout EventList) {
    findings[pump] = output.findings
    let before = status.pumps[pump].reason
    status.pumps[pump] = pumps[pump].status
    status.pumps[pump].needsResume = interlocks.verdicts[pump].needsResume
    if isUnderOcclusionTest(pump) { status.pumps[pump].reason = .occlusionTest }
    let after = status.pumps[pump].reason
    if after != before, after != .slewing, before != .slewing || after != .asSet {
      events.append(Event(.reason(pump, after)))
    }
    if output.findings.pulsatileReverted {
      intents[pump].pulsatile.isOn = false
      events.append(Event(.pulsatileReverted(pump)))
    }
  }

  private mutating func followOcclusion(
    _ sensors: SensorSnapshot, _ events: inout EventList
  ) {
    if tick.count % 200 == 0 { occlusion.age(by: period * 200) }
    guard pumpUnderTest >= 0 else { return }
    let pump = pumpUnderTest
    if interlocks.verdicts[pump].grade >= .zeroFlow { occlusion.cancel() }
    let inputs = occlusionInputs(pump, sensors)
    if let result = occlusion.update(inputs) {
      pumpUnderTest = -1
      let bit = UInt8(1) << UInt8(pump)
      occlusionFailed = result.isPassed ? occlusionFailed & ~bit : occlusionFailed | bit
      measuredLeaks[pump] = occlusion.leak[pump]
      events.append(
        Event(.occlusionTested(pump, passed: result.isPassed, decay: result.fastestDecay)))
    }
  }
}
