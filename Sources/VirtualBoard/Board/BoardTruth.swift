import ChipDrivers
import CircuitModel
import PerfusionCore

/// What is true at each place where a sensor may sit.
extension BoardHardware {
  /// The true value in the sensor's engineering unit; 1 or 0 for a two-state place.
  ///
  /// The circuit is only read; it is handed over in place because a borrowed one is copied.
  @inline(__always) func truth(_ site: SensorSite, _ circuit: inout Circuit) -> Double {
    switch site {
    case .pressure(let place): return circuit.readPressure(at: place)
    case .flow(let place): return circuit.readFlow(at: place)
    case .temperature(let place): return circuit.readTemperature(at: place)
    case .reservoirVolume: return circuit.signals.reservoirVolume
    case .venousOccluderOpening: return venousOccluder.position
    case .rotor(let pump): return has(pump) ? counts(pump, drives[Int(pump)].encoderTurns) : 0
    case .motorCurrent(let pump): return has(pump) ? drives[Int(pump)].current : 0
    case .occlusionGap(let pump):
      return Int(pump) < occlusion.count ? occlusion[Int(pump)].position : 0
    case .batteryVoltage: return supply.batteryVoltage
    case .batteryCurrent: return supply.batteryCurrent
    case .batteryCharge: return supply.charge
    case .air, .switchInput, .driveAlive, .driveFault, .torqueIsOff, .coverIsOpen:
      return states(&circuit)[site] ? 1 : 0
    }
  }

  /// Encoder counts of a pump, and how fast they grow, a second.
  @inline(__always) func rotor(_ pump: UInt8) -> (counts: Double, slope: Double) {
    let index = Int(pump)
    guard index < drives.count, index < countsPerTurn.count else { return (0, 0) }
    let perTurn = countsPerTurn[index]
    return (drives[index].encoderTurns * perTurn, drives[index].encoderSpeed / 60 * perTurn)
  }

  /// The true states of all two-state places.
  func states(_ circuit: inout Circuit) -> TwoStates {
    var states = TwoStates()
    for pump in drives.indices { drives[pump].note(as: pump, in: &states) }
    note(&circuit, in: &states)
    return states
  }

  /// Notes all two-state places but those of the drives.
  func note(_ circuit: inout Circuit, in states: inout TwoStates) {
    states.note(.arterialClampIsOpen, clamp.openSwitch)
    states.note(.arterialClampIsClosed, clamp.closedSwitch)
    states.note(.reservoirAboveAlert, circuit.signals.reservoirVolume > thresholds.alert)
    states.note(.reservoirAboveAlarm, circuit.signals.reservoirVolume > thresholds.alarm)
    states.note(.emergencyStopFirst, emergencyStop.first)
    states.note(.emergencyStopSecond, emergencyStop.second)
    states.note(.mainsGood, supply.mainsGood)
    states.note(.patientBathFilled, circuit.readTankLiters(0) > thresholds.patientTank)
    states.note(
      .cardioplegiaBathFilled, circuit.readTankLiters(1) > thresholds.cardioplegiaTank)
    states.note(.patientCutOutTripped, water[0].cutOut.isTripped)
    states.note(.cardioplegiaCutOutTripped, water[1].cutOut.isTripped)
    states.note(.watchdogGood, watchdog.isGood)
    states.note(.arterialBubble, circuit.readAir(at: .arterialBubble) || airTest)
    states.note(.venousBubble, circuit.readAir(at: .venousBubble) || airTest)
    states.note(.cardioplegiaBubble, circuit.readAir(at: .cardioplegiaBubble) || airTest)
    states.note(.portalVeinBubble, circuit.readAir(at: .portalVeinBubble) || airTest)
  }

  private func counts(_ pump: UInt8, _ turns: Double) -> Double {
    Int(pump) < countsPerTurn.count ? turns * countsPerTurn[Int(pump)] : 0
  }

  private func has(_ pump: UInt8) -> Bool { Int(pump) < drives.count }
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
