extension Controller {
  /// Conditions of controller, storage, buses and upkeep.
  mutating func statePlatformFacts(_ facts: inout InterlockFacts, _ sensors: SensorSnapshot) {
    facts.set(.adoptedOtherSpeed, hasJustAdopted && status.start == .adoptedOtherSpeed)
    facts.set(.controllerRestarted, hasJustAdopted && phase.dependsOnMachine)
    hasJustAdopted = false
    let found = sensors.platform
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
    facts.set(.commonCause, found.contains(.commonCause))
  }
}
