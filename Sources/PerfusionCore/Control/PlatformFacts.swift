extension Controller {
  /// Conditions of controller, storage, buses and upkeep.
  mutating func statePlatformFacts(_ facts: inout InterlockFacts, _ sensors: SensorSnapshot) {
    facts.set(.adoptedOtherSpeed, hasJustAdopted && status.start == .adoptedOtherSpeed)
    facts.set(.controllerRestarted, hasJustAdopted)
    hasJustAdopted = false
    let found = sensors.platform
    facts.set(.torqueTest, selfTest.report[.safeTorqueOff] == .failed)
    facts.set(.watchdogTestOverdue, watchdogTestAge > Self.watchdogTestInterval)
    facts.set(.configurationFault, !isConfigurationSound)
    stateServiceFacts(&facts, sensors)
    facts.set(.memoryFault, interlocks.memoryFault || limitPairs.isBroken)
    guard found.bits != 0 else { return }
    facts.set(.configurationFault, found.contains(.configurationFault))
    facts.set(.torqueTest, found.contains(.torqueTest))
    facts.set(.watchdogTestOverdue, found.contains(.watchdogTestOverdue))
    facts.set(.maintenanceOverdue, found.contains(.maintenanceOverdue))
    facts.set(.disinfectionOverdue, found.contains(.disinfectionOverdue))
    facts.set(.logStorage, found.contains(.logStorage))
    facts.set(.displayLost, found.contains(.displayLost))
    facts.set(.displayLostLong, found.contains(.displayLost))
    facts.set(.busFault, found.contains(.busFault))
    facts.set(.safetyBusFault, found.contains(.safetyBusFault))
    facts.set(.loopOverrun, found.contains(.loopOverrun))
    facts.set(.loopOverrunMany, found.contains(.loopOverrunMany))
    facts.set(.clockDisagrees, found.contains(.clockDisagrees))
    facts.set(.batteryUnfit, found.contains(.batteryUnfit))
  }
}

extension Controller {
  /// Power-on time after which the watchdog must be made to bite again (AL-60).
  static var watchdogTestInterval: Seconds { .minutes(24 * 60) }

  /// Ticks between two rounds of upkeep, 10 s at 200 Hz.
  static var upkeepTicks: UInt64 { 2000 }

  /// Looks after its own memory and the age of its tests, a little each tick.
  mutating func watchItself() {
    let index = Int(tick.count % UInt64(LimitPairs.count))
    limitPairs.check(index, limitWord(index))
    guard tick.count % Self.upkeepTicks == 0 else { return }
    watchdogTestAge += period * Double(Self.upkeepTicks)
    isConfigurationSound = isConfigurationUntouched()
  }
}
