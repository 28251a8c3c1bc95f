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
    watchDirections()
    items.set(.direction, areDirectionsSeen())
    items.set(.battery, isBatteryReady(sensors))
    checklist = items
  }

  /// Forgets what was verified, confirmed and set for the circuit of the last patient.
  ///
  /// A new circuit has new tubes, transducers and lines: an old zero, stroke volume or occlusion test
  /// says nothing of them. Set-points, dose, stopwatches and water belong to the patient: the first
  /// start of the next one must not go to the flow of the last (HZ-13). What belongs to the machine
  /// stays.
  mutating func forgetCircuit() {
    confirmed = Checklist(bits: confirmed.bits & Checklist.ofMachine.bits)
    directions = DirectionCheck()
    air = AirWatch()
    zeros = PressureZeros()
    occlusion.forget()
    occlusionFailed = 0
    measuredLeaks = InlineArray(repeating: nil)
    for pump in 0..<pumpCount { pumps[pump].tube.forget() }
    presetIntents()
    thermalIntents = InlineArray(repeating: .standby)
    dose = CardioplegiaDose()
    timers = Timers()
    checklist = Checklist(bits: checklist.bits & Checklist.ofMachine.bits)
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
