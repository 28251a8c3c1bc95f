import ChipDrivers
import CircuitModel
import PerfusionCore

/// What is true at each place where a sensor may sit.
extension BoardHardware {
  /// The true value in the sensor's engineering unit; 1 or 0 for a two-state place.
  func truth(_ site: SensorSite, _ signals: borrowing CircuitSignals) -> Double {
    switch site {
    case .pressure(let place): return signals.pressures[place]
    case .flow(let place): return signals.flows[place]
    case .temperature(let place): return signals.temperatures[place]
    case .reservoirVolume: return signals.reservoirVolume
    case .venousOccluderOpening: return venousOccluder.position
    case .rotor(let pump): return counts(pump, drive(pump)?.encoderTurns ?? 0)
    case .motorCurrent(let pump): return drive(pump)?.current ?? 0
    case .occlusionGap(let pump):
      return Int(pump) < occlusion.count ? occlusion[Int(pump)].position : 0
    case .batteryVoltage: return supply.batteryVoltage
    case .batteryCurrent: return supply.batteryCurrent
    case .batteryCharge: return supply.charge
    case .air, .switchInput, .driveAlive, .driveFault, .torqueIsOff, .coverIsOpen:
      return state(site, signals) ? 1 : 0
    }
  }

  /// How fast the true value moves, a second; only of rotors, which turn far between milliseconds.
  func slope(_ site: SensorSite) -> Double {
    guard case .rotor(let pump) = site, let drive = drive(pump) else { return 0 }
    return counts(pump, drive.encoderSpeed / 60)
  }

  /// The true state of a two-state place.
  func state(_ site: SensorSite, _ signals: borrowing CircuitSignals) -> Bool {
    switch site {
    case .air(let place): return signals.air[place] || airTest
    case .switchInput(let place): return state(place, signals)
    case .driveAlive(let pump): return drive(pump)?.isAlive ?? false
    case .driveFault(let pump): return drive(pump)?.hasFault ?? false
    case .torqueIsOff(let pump): return drive(pump)?.torqueIsOff ?? false
    case .coverIsOpen(let pump): return drive(pump)?.coverIsOpen ?? false
    default: return false
    }
  }

  private func state(_ place: SwitchSite, _ signals: borrowing CircuitSignals) -> Bool {
    switch place {
    case .arterialClampIsOpen: clamp.openSwitch
    case .arterialClampIsClosed: clamp.closedSwitch
    case .reservoirAboveAlert: signals.reservoirVolume > thresholds.alert
    case .reservoirAboveAlarm: signals.reservoirVolume > thresholds.alarm
    case .emergencyStopFirst: emergencyStop.first
    case .emergencyStopSecond: emergencyStop.second
    case .mainsGood: supply.mainsGood
    case .patientBathFilled: signals.tankLiters[0] > thresholds.patientTank
    case .cardioplegiaBathFilled: signals.tankLiters[1] > thresholds.cardioplegiaTank
    case .patientCutOutTripped: water[0].cutOut.isTripped
    case .cardioplegiaCutOutTripped: water[1].cutOut.isTripped
    case .watchdogGood: watchdog.isGood
    }
  }

  private func counts(_ pump: UInt8, _ turns: Double) -> Double {
    Int(pump) < countsPerTurn.count ? turns * countsPerTurn[Int(pump)] : 0
  }

  private func drive(_ pump: UInt8) -> PumpDrive? {
    Int(pump) < drives.count ? drives[Int(pump)] : nil
  }
}

/// Where the level and float switches of a machine switch.
struct SwitchThresholds: BitwiseCopyable, Sendable {
  /// Reservoir stickers, millilitres.
  let alert: Double
  let alarm: Double
  /// Float switches of the tanks, litres: 60 % of the tank.
  let patientTank: Double
  let cardioplegiaTank: Double

  init(_ machine: MachineConfiguration) {
    alert = machine.reservoir.alert.milliliters
    alarm = machine.reservoir.alarm.milliliters
    patientTank = machine.patientCircuit.tankLiters * 0.6
    cardioplegiaTank = machine.cardioplegiaCircuit.tankLiters * 0.6
  }
}
