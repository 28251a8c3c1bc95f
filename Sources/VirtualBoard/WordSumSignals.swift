import PerfusionCore

/// What of a tick enters the fingerprint.
extension WordSum {
  /// Takes in every command of a tick, and of the readings those that lead to most of them.
  ///
  /// Both are only read; they are handed over in place because borrowed ones are copied.
  mutating func fold(sensors: inout SensorSnapshot, actuators: inout ActuatorCommands) {
    fold(sensors.pressures[.arterialLinePressure])
    fold(sensors.pressures[.organArteryPressure])
    fold(sensors.flows[.arterialFlow])
    fold(sensors.temperatures[.arterialBloodTemperature])
    fold(sensors.temperatures[.patientBathTemperature])
    fold(sensors.reservoirVolume)
    fold(sensors.pumps[0])
    fold(sensors.pumps[1])
    for index in 0..<8 { fold(actuators.drives[index]) }
    fold(actuators.venousOccluder.base)
    fold(lines(&actuators))
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

  private func lines(_ actuators: inout ActuatorCommands) -> UInt64 {
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
