/// The limit of an alarm and what was measured, in the unit of its quantity.
struct AlarmMeasure: BitwiseCopyable, Sendable {
  /// mmHg, L/min, ml, degC, rpm or seconds; not a number when the alarm has none.
  var limit = Double.nan
  /// The same unit; not a number while the reading is unusable.
  var value = Double.nan
}

extension Controller {
  /// Limit and value of an alarm at this moment, for the alarm log.
  ///
  /// Asked for only when something happened to the alarm.
  mutating func measure(of alarm: AlarmID, _ sensors: SensorSnapshot) -> AlarmMeasure {
    switch alarm.number {
    case 5...8: level(alarm, sensors)
    case 9...19, 37, 42: pressure(alarm, sensors)
    case 20...23: flow(alarm)
    case 24, 26, 27: speed(alarm)
    case 43, 46, 47, 50, 61: temperature(alarm, sensors)
    case 41: timed(limit: 1200, timers[.ischaemia].seconds)
    case 52: timed(limit: 1800, supply.remaining.seconds)
    default: AlarmMeasure()
    }
  }

  private func timed(limit: Double, _ value: Double) -> AlarmMeasure {
    AlarmMeasure(limit: limit, value: value)
  }

  private mutating func level(_ alarm: AlarmID, _ sensors: SensorSnapshot) -> AlarmMeasure {
    let reservoir = configuration.reservoir
    let limit: Volume =
      switch alarm.number {
      case 5: reservoir.alert
      case 6: reservoir.alarm
      case 8: reservoir.capacity * reservoir.overfull.value
      default: .milliliters(.nan)
      }
    let volume = sensors.reservoirVolume.usable
    return AlarmMeasure(limit: limit.milliliters, value: volume?.milliliters ?? .nan)
  }

  private mutating func pressure(_ alarm: AlarmID, _ sensors: SensorSnapshot) -> AlarmMeasure {
    let pressures = zeros.corrected(sensors.pressures)
    let limits = configuration.limits
    let line = pressures[.arterialLinePressure].usable
    let (limit, value): (Pressure, Pressure?) =
      switch alarm.number {
      case 9: (limits.pressureAlert, line)
      case 10: (regulatePressure, line)
      case 11: (stopPressure, line)
      case 12: (limits.pressureLow, line)
      case 13: (limits.preOxygenatorHigh, pressures[.preOxygenatorPressure].usable)
      case 14: (limits.oxygenatorDropAlert, drop(pressures))
      case 15: (limits.oxygenatorDropAlarm, drop(pressures))
      case 16: (limits.suctionAlert, pressures[.pumpInletPressure].usable)
      case 17: (limits.suctionAlarm, pressures[.pumpInletPressure].usable)
      case 18: (.mmHg(-60), pressures[.reservoirPressure].usable)
      case 19: (.mmHg(10), pressures[.reservoirPressure].usable)
      case 37:
        excessiveSinusPressure(pressures).map { (limits.coronarySinusStop, $0) }
          ?? (cardioplegiaStop, pressures[.cardioplegiaLinePressure].usable)
      default: (limits.ventSuction, pressures[.ventPressure].usable)
      }
    return AlarmMeasure(
      limit: limit.millimetersOfMercury, value: value?.millimetersOfMercury ?? .nan)
  }

  private var regulatePressure: Pressure {
    configuration.pumps.element(at: 0)?.regulatePressure ?? .mmHg(.nan)
  }
  private var stopPressure: Pressure {
    configuration.pumps.element(at: 0)?.stopPressure ?? .mmHg(.nan)
  }
  private var cardioplegiaStop: Pressure {
    configuration.pump(.cardioplegia).map { configuration.pumps[$0].stopPressure } ?? .mmHg(.nan)
  }
  private func drop(_ pressures: Pressures) -> Pressure? {
    guard let before = pressures[.preOxygenatorPressure].usable,
      let after = pressures[.arterialLinePressure].usable
    else { return nil }
    return before - after
  }

  private mutating func flow(_ alarm: AlarmID) -> AlarmMeasure {
    let limits = configuration.limits
    let pump = status.pumps[0]
    let limit: Flow =
      switch alarm.number {
      case 20: pump.setFlow * limits.lowFlow.value
      case 21: limits.noFlow
      case 22: pump.setFlow * limits.highFlow.value
      default: limits.backflow
      }
    return AlarmMeasure(
      limit: limit.litersPerMinute, value: pump.flow.usable?.litersPerMinute ?? .nan)
  }

  private mutating func speed(_ alarm: AlarmID) -> AlarmMeasure {
    let pump = status.pumps[0]
    let limit = alarm.number == 24 ? pump.speedFloor : pump.commandedSpeed
    return AlarmMeasure(
      limit: limit.revolutionsPerMinute,
      value: pump.measuredSpeed.usable?.revolutionsPerMinute ?? .nan)
  }

  private mutating func temperature(_ alarm: AlarmID, _ sensors: SensorSnapshot) -> AlarmMeasure {
    let blood = sensors[.arterialBloodTemperature].usable
    let bath = sensors[.patientBathTemperature].usable
    let (limit, value): (Temperature, Temperature?) =
      switch alarm.number {
      case 43: (configuration.bloodTemperature.ceiling, blood)
      case 46: (configuration.patientCircuit.hottest, bath)
      case 47: (configuration.patientCircuit.coldest, bath)
      case 50: (configuration.bloodTemperature.cold, blood)
      default: (.celsius(75), sensors[.electronicsTemperature].usable)
      }
    return AlarmMeasure(limit: limit.degreesCelsius, value: value?.degreesCelsius ?? .nan)
  }
}
