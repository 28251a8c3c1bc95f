extension Controller {
  /// Drives the water circuits.
  mutating func temper(
    _ sensors: SensorSnapshot, _ actuators: inout ActuatorCommands
  ) {
    if configuration.kind == .organ {
      var organ = ThermalEnvironment(.patient, tick: tick, phase: duty(), sensors: sensors)
      organ.bloodFlow = exchangedFlow()
      actuators.patientWater = patientWater.update(intent: thermalIntents[0], environment: organ)
    } else {
      actuators.patientWater = patientWater.update(
        intent: thermalIntents[0], tick: tick, phase: duty(), sensors: sensors)
    }
    actuators.cardioplegiaWater = cardioplegiaWater.update(
      intent: thermalIntents[1], tick: tick, phase: duty(), sensors: sensors)
    if interlocks.stopsWater {
      actuators.patientWater = WaterCommand()
      actuators.cardioplegiaWater = WaterCommand()
    }
  }

  /// What all pumps of an organ send through the one heat exchanger; unusable with any of them.
  mutating func exchangedFlow() -> Reading<Flow> {
    guard pumpCount > 0 else { return .absent }
    var sum = status.pumps[0].flow
    for pump in 1..<max(pumpCount, 1) {
      let flow = status.pumps[pump].flow
      sum.value += flow.value
      if flow.usable == nil { sum.quality = flow.quality }
    }
    return sum
  }

  /// Follows the arterial detector: counts bubbles where they only count.
  mutating func watchAir(
    _ sensors: SensorSnapshot, _ events: inout EventList
  ) {
    let isAir = AirWatch.isAir(
      sensors[.arterialBubble], shortest: configuration.airDetection.shortestAir)
    microbubbles.update(
      sensors[.arterialBubble], shortest: configuration.airDetection.shortestAir,
      second: secondTicks)
    let isFlowing = (status.pumps[0].flow.usable ?? .zero) > configuration.limits.noFlow
    air.follow(sensors[.venousBubble], flow: status.pumps[0].flow.usable ?? .zero, tick: period)
    if air.update(isAir: isAir, isFlowing: isFlowing), !duty().isSupporting {
      events.append(Event(.airCounted(air.count)))
    }
  }

  /// Follows the pattern of the line pressures.
  mutating func watchLine(
    _ sensors: SensorSnapshot, _ pressures: Pressures
  ) {
    let hasRipple = pumpCount > 0 && pumps[0].configuration.hasPressureLimit
    line.update(
      tick: tick,
      inputs: LineInputs(
        preOxygenator: pressures[.preOxygenatorPressure],
        postOxygenator: hasRipple
          ? pumps[0].outletMean.mean : pressures[.arterialLinePressure],
        inlet: believedInlet, arterial: pressures[.arterialPressure],
        flow: status.pumps[0].flow, speed: status.pumps[0].measuredSpeed,
        blood: sensors[.arterialBloodTemperature]))
  }

  /// Follows the primary roller's occlusion by its flow, at 10 Hz.
  mutating func watchOcclusion(_ sensors: SensorSnapshot, _ pressures: Pressures) {
    guard pumpCount > 0, pumps[0].configuration.kind == .roller else { return }
    // Against the closed clamp of an occlusion test no flow is as it must be.
    occlusionLoss.update(
      probe: isUnderOcclusionTest(0) ? .absent : sensors[.arterialFlow],
      stroke: pumps[0].tube.strokeVolume,
      speed: status.pumps[0].measuredSpeed, inlet: believedInlet,
      step: period * 20)
  }

  /// Refreshes what the operator sees, beyond the pumps.
  mutating func report(_ sensors: SensorSnapshot) {
    status.tick = tick
    status.phase = phase
    if phase == .post || tick.count % 20 == 0 { status.selfTest = selfTest.report }
    status.patientWater = patientWater.status
    status.cardioplegiaWater = cardioplegiaWater.status
    reportAlarms()
    status.checklist = checklist
    status.arterialClampOpen = clamp.isCommandedOpen
    status.venousOccluder = occluder.target
    status.timeToEmpty = timeToEmpty.remaining
    let isStanding = hasNoFlow()
    timers.follow(.zeroFlow, while: isStanding)
    status.timers = timers.all
    status.isDosing = dose.isUnderWay
    status.dose = dose.delivered
    status.airCount = air.count
  }

  /// Somebody depends on flow and there is none, or it is stopped on purpose.
  private mutating func hasNoFlow() -> Bool {
    guard phase.isSupporting || phase == .circulatoryArrest else { return false }
    guard let flow = status.pumps[0].flow.usable else { return false }
    return flow < configuration.limits.noFlow
  }
}
