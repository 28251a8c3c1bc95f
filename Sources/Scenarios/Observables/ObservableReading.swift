import CircuitModel
import PerfusionCore
import VirtualBoard

extension ObservableSource {
  /// The value now, in base units; not a number when there is no usable one.
  func value(on rig: some Rig) -> Double {
    switch self {
    case .pressure, .flow, .temperature, .air, .switchState, .sensor, .pressureQuality,
      .flowQuality, .temperatureQuality, .airQuality, .switchQuality:
      sensed(by: rig.sensors)
    case .pump(let index, let field): field.value(index, rig)
    case .status(let field): field.value(rig.status)
    case .thermal(let circuit, let field): field.value(circuit, rig)
    case .timer(let timer):
      rig.status.timers[Int(timer.rawValue & 3)].seconds.nonNegative
    case .checklist(let item): rig.status.checklist.contains(item) ? 1 : 0
    case .alarm(let alarm): rig.status.alarms.contains(alarm) ? 1 : 0
    case .output(let field): field.value(rig.actuators)
    case .truePressure, .trueFlow, .trueTemperature, .trueAir, .truePumpFlow, .truth:
      rig.truth.map { held(in: $0) } ?? .nan
    case .truePumpSpeed(let index):
      rig.boardTruth.flatMap { index < $0.rotorSpeeds.count ? $0.rotorSpeeds[index].base : nil }
        ?? .nan
    case .boardTruth(let field): rig.boardTruth.map { field.value($0) } ?? .nan
    }
  }

  /// What the sensors say of it; not a number for what no sensor says.
  private func sensed(by snapshot: SensorSnapshot) -> Double {
    var sensors = snapshot
    return sensed(in: &sensors)
  }

  /// The same, read in place: the sensors are only read.
  func sensed(in sensors: inout SensorSnapshot) -> Double {
    switch self {
    case .pressure(let site): sensors.pressures[site].number
    case .flow(let site): sensors.flows[site].number
    case .temperature(let site): sensors.temperatures[site].number
    case .air(let site): sensors.air[site].usable.map { $0.airNow ? 1 : 0 } ?? .nan
    case .switchState(let site): sensors.switches[site].truthNumber
    case .sensor(let field): field.value(&sensors)
    case .pressureQuality(let site): Double(sensors.pressures[site].quality.rawValue)
    case .flowQuality(let site): Double(sensors.flows[site].quality.rawValue)
    case .temperatureQuality(let site): Double(sensors.temperatures[site].quality.rawValue)
    case .airQuality(let site): Double(sensors.air[site].quality.rawValue)
    case .switchQuality(let site): Double(sensors.switches[site].quality.rawValue)
    default: .nan
    }
  }

  /// What is true of it in the plant; not a number for what the plant does not know.
  private func held(in signals: CircuitSignals) -> Double {
    var truth = signals
    return held(in: &truth)
  }

  /// The same, read in place: the signals are only read.
  func held(in truth: inout CircuitSignals) -> Double {
    switch self {
    case .truePressure(let site): truth.pressures[site]
    case .trueFlow(let site): truth.flows[site]
    case .trueTemperature(let site): truth.temperatures[site]
    case .trueAir(let site): truth.air[site] ? 1 : 0
    case .truePumpFlow(let index): truth.pumpFlows[index & 7]
    case .truth(let field): field.value(&truth)
    default: .nan
    }
  }
}

extension Reading where Value: Quantity {
  fileprivate var number: Double { usable?.base ?? .nan }
}

extension Reading where Value == Bool {
  fileprivate var truthNumber: Double { usable.map { $0 ? 1 : 0 } ?? .nan }
}

extension Bool {
  fileprivate var number: Double { self ? 1 : 0 }
}

extension Double {
  fileprivate var nonNegative: Double { self >= 0 ? self : .nan }
}

extension SensorField {
  fileprivate func value(_ sensors: inout SensorSnapshot) -> Double {
    switch self {
    case .reservoirVolume: sensors.reservoirVolume.number
    case .venousOccluderOpening: sensors.venousOccluderOpening.number
    case .batteryVoltage: sensors.supply.batteryVoltage.number
    case .batteryCurrent: sensors.supply.batteryCurrent.number
    case .batteryCharge: sensors.supply.batteryCharge.number
    case .reservoirQuality: Double(sensors.reservoirVolume.quality.rawValue)
    }
  }
}

extension StatusField {
  fileprivate func value(_ status: MachineStatus) -> Double {
    switch self {
    case .phase: Double(status.phase.rawValue)
    case .cause: Double(status.cause.rawValue)
    case .timeToEmpty: status.timeToEmpty.seconds
    case .dose: status.dose.milliliters
    case .isDosing: status.isDosing.number
    case .airCount: Double(status.airCount)
    case .arterialClampOpen: status.arterialClampOpen.number
    case .venousOccluder: status.venousOccluder.base
    case .alarmCount:
      Double(status.alarms.low.nonzeroBitCount + status.alarms.high.nonzeroBitCount)
    }
  }
}

extension PumpField {
  fileprivate func value(_ slot: Int, _ rig: some Rig) -> Double {
    let index = slot & 7
    switch self {
    case .turns, .current, .driveAlive, .torqueIsOff, .coverIsOpen, .occlusionGap:
      return sensorValue(index, rig)
    case .driveSpeed, .driveEnabled, .torqueRemoved:
      return driveValue(rig.actuators.drives[index])
    default: return statusValue(rig.status.pumps[index])
    }
  }

  private func statusValue(_ pump: PumpStatus) -> Double {
    switch self {
    case .speed: pump.measuredSpeed.number
    case .commanded: pump.commandedSpeed.base
    case .setSpeed: pump.setSpeed.base
    case .setFlow: pump.setFlow.base
    case .setPressure: pump.setPressure.base
    case .flow: pump.flow.number
    case .delivered: pump.delivered.milliliters
    case .floor: pump.speedFloor.base
    case .ratio: pump.ratio
    case .strokeVolume: pump.strokeVolume.base
    case .reason: Double(pump.reason.rawValue)
    case .grade: Double(pump.grade.rawValue)
    case .mode: Double(pump.mode.rawValue)
    case .started: pump.isStarted.number
    case .needsResume: pump.needsResume.number
    case .pulsatile: pump.isPulsatile.number
    case .tubeConfirmed: pump.isTubeConfirmed.number
    default: .nan
    }
  }

  private func sensorValue(_ index: Int, _ rig: some Rig) -> Double {
    let signals = rig.sensors.pumps[index]
    switch self {
    case .turns:
      return signals.rotor.usable.map {
        Double($0) / max(1, rig.machine.pumps.element(at: index)?.countsPerRevolution ?? 1)
      } ?? .nan
    case .current: return signals.current.number
    case .driveAlive: return signals.driveAlive.truthNumber
    case .torqueIsOff: return signals.torqueIsOff.truthNumber
    case .coverIsOpen: return signals.coverIsOpen.truthNumber
    case .occlusionGap: return rig.sensors.occlusionGaps[index].number
    default: return .nan
    }
  }

  private func driveValue(_ drive: DriveCommand) -> Double {
    switch self {
    case .driveSpeed: drive.isReversed ? -drive.speed.base : drive.speed.base
    case .driveEnabled: drive.isEnabled.number
    case .torqueRemoved: drive.removeTorque.number
    default: .nan
    }
  }
}

extension ThermalField {
  fileprivate func value(_ circuit: WaterCircuit, _ rig: some Rig) -> Double {
    switch self {
    case .heater, .waterPump, .contactor:
      let actuators = rig.actuators
      return commandValue(
        circuit == .patient ? actuators.patientWater : actuators.cardioplegiaWater)
    default:
      let status = rig.status
      return statusValue(circuit == .patient ? status.patientWater : status.cardioplegiaWater)
    }
  }

  private func statusValue(_ water: ThermalStatus) -> Double {
    switch self {
    case .mode: Double(water.mode.rawValue)
    case .target: water.target.base
    case .bloodSetpoint: water.bloodSetpoint.base
    case .setpoint: water.waterSetpoint.base
    case .duty: water.heaterDuty.base
    case .chiller: water.chillerOn.number
    case .hold: Double(water.hold.rawValue)
    default: .nan
    }
  }

  private func commandValue(_ water: WaterCommand) -> Double {
    switch self {
    case .heater: water.heater.number
    case .waterPump: water.pump.number
    case .contactor: water.heaterContactor.number
    default: .nan
    }
  }
}

extension OutputField {
  fileprivate func value(_ actuators: ActuatorCommands) -> Double {
    switch self {
    case .clamp: actuators.openArterialClamp.number
    case .occluder: actuators.venousOccluder.base
    case .buzzer: actuators.alarm.buzzer.number
    case .red: actuators.alarm.red.number
    case .yellow: actuators.alarm.yellow.number
    case .cyan: actuators.alarm.cyan.number
    case .watchdog: actuators.strokeWatchdog.number
    }
  }
}

extension TruthField {
  fileprivate func value(_ truth: inout CircuitSignals) -> Double {
    switch self {
    case .reservoirVolume: truth.reservoirVolume
    case .airToPatient: truth.airToPatient
    case .retrogradeVolume: truth.retrogradeVolume
    case .deliveredVolume: truth.deliveredVolume
    case .cardioplegiaVolume: truth.cardioplegiaVolume
    case .headAir: truth.headAir
    }
  }
}

extension BoardTruthField {
  fileprivate func value(_ board: BoardState) -> Double {
    switch self {
    case .arterialClamp: board.arterialClamp.base
    case .venousOccluder: board.venousOccluder.base
    case .busVoltage: board.busVoltage.base
    case .batteryCharge: board.batteryCharge.base
    case .buzzer: board.buzzerSounds.number
    }
  }
}
