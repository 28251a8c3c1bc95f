import PerfusionCore

/// What of a tick enters the fingerprint.
extension Fingerprint {
  /// Takes in every reading and every command of a tick.
  mutating func fold(sensors: borrowing SensorSnapshot, actuators: borrowing ActuatorCommands) {
    fold(pressuresOf: sensors)
    fold(restOf: sensors)
    for index in 0..<8 {
      fold(sensors.pumps[index])
      fold(actuators.drives[index])
    }
    fold(actuators.venousOccluder.base)
    fold(lines(actuators))
  }

  private mutating func fold(pressuresOf sensors: borrowing SensorSnapshot) {
    for raw in 0..<UInt8(PressureSite.count) {
      if let site = PressureSite(rawValue: raw) { fold(sensors.pressures[site]) }
    }
    for raw in 0..<UInt8(FlowSite.count) {
      if let site = FlowSite(rawValue: raw) { fold(sensors.flows[site]) }
    }
    for raw in 0..<UInt8(TemperatureSite.count) {
      if let site = TemperatureSite(rawValue: raw) { fold(sensors.temperatures[site]) }
    }
  }

  private mutating func fold(restOf sensors: borrowing SensorSnapshot) {
    var bits: UInt64 = 0
    for raw in 0..<UInt8(SwitchSite.count) {
      guard let site = SwitchSite(rawValue: raw) else { continue }
      bits = bits << 1 | (sensors.switches[site].value ? 1 : 0)
    }
    for raw in 0..<UInt8(AirSite.count) {
      guard let site = AirSite(rawValue: raw) else { continue }
      let air = sensors.air[site].value
      bits = bits << 10 ^ UInt64(truncatingIfNeeded: air.longestAir) ^ (air.airNow ? 512 : 0)
    }
    fold(bits)
    fold(sensors.reservoirVolume)
    fold(sensors.venousOccluderOpening)
    fold(sensors.supply.batteryVoltage)
  }

  private mutating func fold<Value: Quantity>(_ reading: Reading<Value>) {
    guard reading.isPresent else { return }
    fold(reading.value.base.bitPattern ^ UInt64(reading.quality.rawValue))
  }

  private mutating func fold(_ pump: PumpSignals) {
    guard pump.rotor.isPresent else { return }
    fold(UInt64(bitPattern: pump.rotor.value))
    fold(pump.current)
  }

  private mutating func fold(_ drive: DriveCommand) {
    let bits: UInt64 =
      (drive.isEnabled ? 1 : 0) | (drive.isReversed ? 2 : 0) | (drive.removeTorque ? 4 : 0)
    fold(drive.speed.base.bitPattern ^ bits << 61)
  }

  private func lines(_ actuators: borrowing ActuatorCommands) -> UInt64 {
    var word: UInt64 = actuators.openArterialClamp ? 1 : 0
    word = word << 4 | bits(actuators.patientWater)
    word = word << 4 | bits(actuators.cardioplegiaWater)
    let alarm = actuators.alarm
    word = word << 4 | (alarm.buzzer ? 1 : 0) | (alarm.red ? 2 : 0)
    return word | (alarm.yellow ? 4 : 0) | (alarm.cyan ? 8 : 0)
  }

  private func bits(_ water: WaterCommand) -> UInt64 {
    (water.pump ? 1 : 0) | (water.heater ? 2 : 0) | (water.heaterContactor ? 4 : 0)
      | (water.chiller ? 8 : 0)
  }
}
