extension MachineRow {
  /// The row in words; numbers that the board file sets are named by what they are called there.
  public var words: RowWords {
    switch self {
    case .arterialAir: RowWords("air of 2 ms or longer at the arterial detector")
    case .microbubbles: RowWords("stretches too short to be air, ten or more in ten seconds")
    case .massiveAir: RowWords("the arterial detector has read air for a second: isolate or purge")
    case .arterialAirSensor:
      RowWords("the arterial or portal vein detector is lost or failed its self test")
    case .venousAir: RowWords("air at the venous detector")
    case .cardioplegiaAir: RowWords("air at the cardioplegia detector")
    case .portalVeinAir: RowWords("air at the portal vein detector")
    case .levelAlert: RowWords("volume at the alert level, its switch dry, or 10 s to empty")
    case .levelAlarm:
      RowWords(
        "volume at the alarm level, its switch dry, or 4 s to empty",
        clears: "volume above the resume level")
    case .levelSensor: RowWords("the level is not measured, a level switch still is")
    case .levelUnmeasured: RowWords("neither level nor level switches can be read")
    case .levelOverfull: RowWords("volume above 90 % of the capacity")
    case .linePressureAlert: RowWords("mean line pressure above its alert limit")
    case .linePressureLow: RowWords("line pressure below its low limit at more than 1 L/min")
    case .disconnection: RowWords("line pressure falls 60 mmHg in 0.5 s at the same flow")
    case .isolation: RowWords("the operator isolates the patient")
    case .isolationVent: RowWords("the patient is isolated and the primary pump stands")
    case .preOxygenatorHigh: RowWords("pressure before the oxygenator above its limit")
    case .oxygenatorDropAlert:
      RowWords("pressure drop over the oxygenator above its alert, or its resistance grew by half")
    case .oxygenatorDropAlarm: RowWords("pressure drop over the oxygenator above its alarm")
    case .suctionAlert: RowWords("pump inlet pressure below its alert limit")
    case .suctionAlarm: RowWords("pump inlet pressure below its alarm limit")
    case .reservoirVacuum: RowWords("reservoir pressure below -60 mmHg")
    case .reservoirPositive: RowWords("reservoir pressure above +10 mmHg")
    case .flowLow: RowWords("flow below 70 % of what is set, or below 1.8 L/min/m2")
    case .flowZero:
      RowWords(
        "flow below 0.3 L/min: told to deliver, for 5 s in full support, or by a stop told lower")
    case .flowHigh: RowWords("flow above 115 % of what is set")
    case .flowExcess: RowWords("flow above 120 % of the most that the pump is there for")
    case .backflow:
      RowWords("flow backwards through an open line for 100 ms; past a roller at rest after 3 s")
    case .probeReversed: RowWords("the flow probe reads backwards while a roller turns forwards")
    case .commonCause:
      RowWords("probe and rotor are apart for 8 s, and not because the probe reads wrong")
    case .flowProbe:
      RowWords("the arterial flow probe is lost, frozen or contradicted by rotor and pressures")
    case .sensorUntrue: RowWords("a sensor is lost, frozen or contradicted by redundant ones")
    case .volumeBalance:
      RowWords("level and flows of the reservoir differ by 60 ml in 10 s, twice in a row")
    case .clampNotOpen:
      RowWords("the arterial clamp is told to be open, not for 500 ms, and seen closed")
    case .clampUncertain:
      RowWords("told to be open, a switch of the arterial clamp denies it for 500 ms")
    case .clampNotClosed: RowWords("the arterial clamp is told to be closed and is not")
    case .clampClosedRunning: RowWords("the arterial clamp is closed and the pump runs against it")
    case .venousOccluder: RowWords("the venous occluder is 10 % off its command")
    case .arterialTemperatureWarning: RowWords("arterial outlet at 37.0 degC for 2 s")
    case .arterialTemperatureHigh:
      RowWords("arterial outlet at 37.5 degC for 2 s; the water circuit's permit heats no more")
    case .gradient: RowWords("arterial and venous blood differ by more than the law allows for 5 s")
    case .gradientHigh: RowWords("arterial and venous blood differ by more than 12 K for 5 s")
    case .rewarmRate: RowWords("venous blood warms faster than 0.5 K/min over 2 min")
    case .bathHigh: RowWords("bath at its limit for 1 s, or the cut-out tripped; heater off")
    case .bathLow: RowWords("bath at its lower limit for 10 s")
    case .waterFlow: RowWords("water flow or tank level lost for 3 s; heater off")
    case .waterFlowHeating: RowWords("the same while heat is asked for")
    case .temperatureSensor: RowWords("a temperature sensor fails or disagrees for 5 s")
    case .arterialTemperatureSensor:
      RowWords("the arterial outlet sensor is lost, detached or stuck for 5 s; heater off")
    case .coldBlood: RowWords("arterial outlet too cold for 10 s")
    case .uncommandedHeating: RowWords("the bath warms though no heat is asked for; contactor off")
    case .waterLeak: RowWords("reservoir volume rises while the patient's tank loses its water")
    case .disinfectionOverdue: RowWords("the water circuits' disinfection is overdue")
    case .mainsLost: RowWords("no mains voltage")
    case .batteryLow: RowWords("less than 30 min on battery at this load")
    case .batteryCritical: RowWords("less than 15 min, or the voltage of an empty battery")
    case .batteryEmpty: RowWords("less than 5 min: hand crank")
    case .batteryFault: RowWords("the battery discharges while mains is good")
    case .batteryUnfit:
      RowWords("the battery failed its load test, or none is connected while mains is good")
    case .electronicsHot: RowWords("electronics above 75 degC")
    case .electronicsCritical: RowWords("electronics above 85 degC")
    case .emergencyStop: RowWords("both contacts of the emergency stop are pressed")
    case .emergencyStopContacts: RowWords("the contacts of the emergency stop disagree")
    case .watchdog: RowWords("the window watchdog is not content although this controller runs")
    case .ischaemia: RowWords("20 min since the last cardioplegia dose")
    case .ischaemiaLong: RowWords("25 min since the last cardioplegia dose")
    case .doseReached: RowWords("the counted volume reached the dose")
    case .doseOver: RowWords("the counted volume is 10 % over the dose")
    case .overrideActive: RowWords("an override is under way")
    case .pressureSensor: RowWords("the arterial line pressure is fitted and cannot be used")
    case .zeroOverdue: RowWords("pressures are not zeroed and somebody depends on them")
    case .configurationFault: RowWords("a check sum of configuration or kept record is wrong")
    case .memoryFault:
      RowWords("a safety limit or a latch and its complement in memory are apart")
    case .torqueTest: RowWords("a safe-torque-off path failed its test")
    case .watchdogTestOverdue: RowWords("24 h of power without a watchdog test")
    case .maintenanceOverdue: RowWords("the service interval is over")
    case .logStorage: RowWords("the log cannot be written")
    case .displayLost: RowWords("no display answers for 1 s")
    case .displayLostLong: RowWords("no display answers for another 10 s")
    case .busFault: RowWords("a bus failed three times in a second")
    case .safetyBusFault: RowWords("the same for a bus that an interlock needs")
    case .loopOverrun: RowWords("more than two late ticks in a row")
    case .loopOverrunMany: RowWords("more than ten late ticks in a second")
    case .clockDisagrees: RowWords("clocks differ by more than 0.5 %")
    case .adoptedOtherSpeed: RowWords("after a restart a rotor turns at another speed than was set")
    case .controllerRestarted:
      RowWords("the controller restarted while somebody depended on it or may be connected")
    }
  }
}
