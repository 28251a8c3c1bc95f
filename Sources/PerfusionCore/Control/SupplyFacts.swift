extension Controller {
  /// Conditions of mains, battery, electronics, watchdog, timers and overrides.
  mutating func stateSupplyFacts(
    _ facts: inout InterlockFacts, _ sensors: SensorSnapshot
  ) {
    facts.set(.mainsLost, sensors[.mainsGood].usable == false)
    facts.set(.batteryLow, supply.remaining < .minutes(30))
    facts.set(.batteryCritical, supply.remaining < .minutes(15) || supply.isVoltageLow)
    facts.set(.batteryEmpty, supply.remaining < .minutes(5))
    facts.set(.batteryFault, supply.doesNotCharge)
    facts.set(.batteryUnfit, supply.isDisconnected)
    if let housing = sensors[.electronicsTemperature].usable {
      facts.set(.electronicsHot, housing > Temperature(degreesCelsius: 75))
      facts.set(.electronicsCritical, housing > Temperature(degreesCelsius: 85))
    }
    facts.set(.watchdog, phase != .post && sensors[.watchdogGood].usable == false)
    let ischaemia = timers[.ischaemia]
    facts.set(.ischaemia, ischaemia >= .minutes(20))
    facts.set(.ischaemiaLong, ischaemia >= .minutes(25))
    facts.set(.doseReached, dose.hasReached)
    facts.set(.doseOver, dose.isOver)
    facts.set(.overrideActive, interlocks.hasOverride)
    facts.set(
      .zeroOverdue, phase.isSupporting && !checklist.contains(.pressuresZeroed))
  }

  /// Conditions of heat, as the water circuits found them.
  mutating func stateThermalFacts(_ facts: inout InterlockFacts, _ sensors: SensorSnapshot) {
    state(patientWater.findings, &facts)
    state(cardioplegiaWater.findings, &facts)
    stateLeakFacts(&facts, sensors)
  }

  /// Water that goes from the tank into the blood: one falls while the other rises (HZ-27).
  private mutating func stateLeakFacts(_ facts: inout InterlockFacts, _ sensors: SensorSnapshot) {
    guard sensors[.patientBathFilled].usable == false, let rate = timeToEmpty.rate else { return }
    facts.set(.waterLeak, rate > Flow(litersPerMinute: 0.02))
  }

  /// Conditions of one water circuit.
  mutating func state(_ heat: ThermalFindings, _ facts: inout InterlockFacts) {
    facts.set(.arterialTemperatureWarning, heat.bloodWarm)
    facts.set(.arterialTemperatureHigh, heat.bloodTooWarm)
    facts.set(.gradient, heat.gradient)
    facts.set(.gradientHigh, heat.gradientHigh)
    facts.set(.rewarmRate, heat.rewarmTooFast)
    facts.set(.bathHigh, heat.bathHigh || heat.cutOutTripped)
    facts.set(.bathLow, heat.bathLow)
    facts.set(.waterFlow, heat.waterLost)
    facts.set(.waterFlowHeating, heat.waterLostWhileHeating)
    facts.set(.temperatureSensor, heat.sensorFault)
    facts.set(.arterialTemperatureSensor, heat.arterialSensorFault)
    facts.set(.coldBlood, heat.coldBlood)
    facts.set(.uncommandedHeating, heat.uncommandedHeating)
  }
}
