import ChipDrivers
import CircuitModel
import PerfusionCore

/// What is true at each place where a sensor may sit.
extension BoardHardware {
  /// The true value in the sensor's engineering unit; 1 or 0 for a two-state place.
  func truth(_ site: SensorSite) -> Double {
    switch site {
    case .pressure(let place): return circuit.signals.pressures[place]
    case .flow(let place): return circuit.signals.flows[place]
    case .temperature(let place): return circuit.signals.temperatures[place]
    case .reservoirVolume: return circuit.signals.reservoirVolume
    case .venousOccluderOpening: return venousOccluder.position
    case .rotor(let pump): return counts(pump, drive(pump)?.encoderTurns ?? 0)
    case .motorCurrent(let pump): return drive(pump)?.current ?? 0
    case .occlusionGap(let pump):
      return Int(pump) < occlusion.count ? occlusion[Int(pump)].position : 0
    case .batteryVoltage: return supply.batteryVoltage
    case .batteryCurrent: return supply.batteryCurrent
    case .batteryCharge: return supply.charge
    case .air, .switchInput, .driveAlive, .driveFault, .torqueIsOff, .coverIsOpen:
      return state(site) ? 1 : 0
    }
  }

  /// How fast the true value moves, a second; only of rotors, which turn far between milliseconds.
  func slope(_ site: SensorSite) -> Double {
    guard case .rotor(let pump) = site, let drive = drive(pump) else { return 0 }
    return counts(pump, drive.encoderSpeed / 60)
  }

  /// The true state of a two-state place.
  func state(_ site: SensorSite) -> Bool {
    switch site {
    case .air(let place): return circuit.signals.air[place] || airTest
    case .switchInput(let place): return state(place)
    case .driveAlive(let pump): return drive(pump)?.isAlive ?? false
    case .driveFault(let pump): return drive(pump)?.hasFault ?? false
    case .torqueIsOff(let pump): return drive(pump)?.torqueIsOff ?? false
    case .coverIsOpen(let pump): return drive(pump)?.coverIsOpen ?? false
    default: return false
    }
  }

  /// Water temperature of a tank.
  func tankTemperature(_ index: Int) -> Double {
    circuit.signals.temperatures[
      index == 0 ? .patientBathTemperature : .cardioplegiaBathTemperature]
  }

  private func state(_ place: SwitchSite) -> Bool {
    switch place {
    case .arterialClampIsOpen: clamp.openSwitch
    case .arterialClampIsClosed: clamp.closedSwitch
    case .reservoirAboveAlert: circuit.signals.reservoirVolume > machine.reservoir.alert.milliliters
    case .reservoirAboveAlarm: circuit.signals.reservoirVolume > machine.reservoir.alarm.milliliters
    case .emergencyStopFirst: emergencyStop.first
    case .emergencyStopSecond: emergencyStop.second
    case .mainsGood: supply.mainsGood
    case .patientBathFilled: isFilled(0, machine.patientCircuit)
    case .cardioplegiaBathFilled: isFilled(1, machine.cardioplegiaCircuit)
    case .patientCutOutTripped: water[0].cutOut.isTripped
    case .cardioplegiaCutOutTripped: water[1].cutOut.isTripped
    case .watchdogGood: watchdog.isGood
    }
  }

  /// The float switch of a tank closes at 60 % of its volume.
  private func isFilled(_ index: Int, _ configuration: WaterCircuitConfiguration) -> Bool {
    circuit.signals.tankLiters[index] > configuration.tankLiters * 0.6
  }

  private func counts(_ pump: UInt8, _ turns: Double) -> Double {
    turns * machine.pumps[Int(pump & 7)].countsPerRevolution
  }

  private func drive(_ pump: UInt8) -> PumpDrive? {
    Int(pump) < drives.count ? drives[Int(pump)] : nil
  }
}
