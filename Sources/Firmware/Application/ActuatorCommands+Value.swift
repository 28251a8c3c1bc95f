internal import ChipDrivers
internal import PerfusionCore

extension ActuatorCommands {
  /// What an actuator is told, in engineering units; two-state ones as 1 and 0.
  ///
  /// A pump that does not exist gives not-a-number, which commands nothing; so do pumps, clamp and
  /// occluder while the controller adopts a running machine. Mutating only so that it is read in
  /// place.
  mutating func value(of site: ActuatorSite) -> Double {
    if isAdopting && site.carriesFlow { return .nan }
    return switch site {
    case .pumpSpeed, .pumpReverse, .pumpEnable, .pumpTorqueAllowed, .occlusionGap:
      pumpValue(of: site)
    case .waterPump(let circuit): water(circuit).pump ? 1 : 0
    case .heater(let circuit): water(circuit).heater ? 1 : 0
    case .heaterContactor(let circuit): water(circuit).heaterContactor ? 1 : 0
    case .chiller(let circuit): water(circuit).chiller ? 1 : 0
    case .arterialClampOpen: openArterialClamp ? 1 : 0
    case .venousOccluder: venousOccluder.value
    case .buzzer: alarm.buzzer ? 1 : 0
    case .redLamp: alarm.red ? 1 : 0
    case .yellowLamp: alarm.yellow ? 1 : 0
    case .cyanLamp: alarm.cyan ? 1 : 0
    case .airTest: testAirDetectors ? 1 : 0
    case .watchdogStroke: 0
    }
  }

  /// Circuit 0 is the patient's, any other the cardioplegia circuit.
  private mutating func water(_ circuit: UInt8) -> WaterCommand {
    circuit == 0 ? patientWater : cardioplegiaWater
  }

  private mutating func pumpValue(of site: ActuatorSite) -> Double {
    switch site {
    case .pumpSpeed(let pump) where pump < 8: drives[Int(pump)].speed.revolutionsPerMinute
    case .pumpReverse(let pump) where pump < 8: drives[Int(pump)].isReversed ? 1 : 0
    case .pumpEnable(let pump) where pump < 8: drives[Int(pump)].isEnabled ? 1 : 0
    case .pumpTorqueAllowed(let pump) where pump < 8: drives[Int(pump)].removeTorque ? 0 : 1
    case .occlusionGap(let pump) where pump < 8: occlusionGaps[Int(pump)].value
    default: .nan
    }
  }
}

extension ActuatorSite {
  /// Blood flow hangs on it: pumps, the arterial clamp and the venous occluder. Nothing tells these
  /// anything while the controller adopts a running machine.
  var carriesFlow: Bool {
    switch self {
    case .pumpSpeed, .pumpReverse, .pumpEnable, .pumpTorqueAllowed, .occlusionGap,
      .arterialClampOpen, .venousOccluder:
      true
    case .waterPump, .heater, .heaterContactor, .chiller, .buzzer, .redLamp, .yellowLamp,
      .cyanLamp, .airTest, .watchdogStroke:
      false
    }
  }
}
