extension Controller {
  /// Verifies the items that the machine can see for itself, at 10 Hz.
  mutating func verifyChecklist(_ sensors: SensorSnapshot) {
    var items = confirmed
    items.set(.selfTest, selfTest.hasPassed)
    items.set(.pressuresZeroed, arePressuresZeroed(sensors))
    items.set(.strokeVolume, areTubesConfirmed())
    items.set(.occlusion, pumpCount == 0 ? false : occlusion.passed[0])
    items.set(
      .airFree, air.isFree(ticks: configuration.ticks(Seconds(seconds: 60))) || phase.isSupporting)
    items.set(.airDistance, isAirDistanceLong())
    if status.pumps[0].measuredSpeed.usable.map({ $0 > .rpm(5) }) ?? false,
      !findings[0].wrongDirection
    {
      directionSeen = directionSeen &+ 1
    }
    items.set(.direction, directionSeen >= 10)
    items.set(.battery, isBatteryReady(sensors))
    checklist = items
  }

  private mutating func arePressuresZeroed(_ sensors: SensorSnapshot) -> Bool {
    for index in 0..<PressureSite.count {
      guard let site = PressureSite(rawValue: UInt8(index)) else { continue }
      // The patient's own pressures come zeroed from the patient monitor.
      if site == .arterialPressure || site == .venousPressure || site == .reservoirPressure {
        continue
      }
      if sensors[site].isPresent && !zeros.isZeroed(site) { return false }
    }
    return true
  }

  private mutating func areTubesConfirmed() -> Bool {
    for pump in 0..<pumpCount where pumps[pump].configuration.kind == .roller {
      if !pumps[pump].tube.isConfirmed { return false }
    }
    return true
  }

  private mutating func isAirDistanceLong() -> Bool {
    guard let primary = configuration.pumps.element(at: 0) else { return false }
    return AirDistance.suffices(
      configuration.airDetection, pump: primary,
      clampFitted: configuration.arterialClamp.isFitted, clampClosing: selfTest.clampClosing)
  }

  private mutating func isBatteryReady(_ sensors: SensorSnapshot) -> Bool {
    let voltage = sensors.supply.batteryVoltage
    guard voltage.isPresent else { return true }
    return voltage.usable.map { $0 > Voltage(volts: 24) } ?? false
  }
}
