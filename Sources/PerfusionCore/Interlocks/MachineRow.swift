/// Rows that watch the machine as a whole. Those with a circuit event act on every pump that the
/// response matrix links to it; the others act on the pumps within their reach.
public enum MachineRow: UInt8, BitwiseCopyable, Sendable {
  case arterialAir, massiveAir, arterialAirSensor, venousAir, cardioplegiaAir, portalVeinAir
  case levelAlert, levelAlarm, levelSensor, levelUnmeasured, levelOverfull
  case linePressureAlert, linePressureLow, disconnection, isolation, isolationVent
  case preOxygenatorHigh, oxygenatorDropAlert, oxygenatorDropAlarm
  case suctionAlert, suctionAlarm, reservoirVacuum, reservoirPositive
  case flowLow, flowZero, flowHigh, backflow, probeReversed, commonCause
  case clampNotOpen, clampNotClosed, clampClosedRunning, venousOccluder
  case arterialTemperatureWarning, arterialTemperatureHigh, gradient, gradientHigh, rewarmRate
  case bathHigh, bathLow, waterFlow, waterFlowHeating, temperatureSensor
  case arterialTemperatureSensor, coldBlood, uncommandedHeating, waterLeak
  case mainsLost, batteryLow, batteryCritical, batteryEmpty, batteryFault, batteryUnfit
  case electronicsHot, electronicsCritical
  case emergencyStop, emergencyStopContacts, watchdog
  case ischaemia, ischaemiaLong, doseReached, doseOver, overrideActive
  case pressureSensor, zeroOverdue
  case configurationFault, torqueTest, watchdogTestOverdue, maintenanceOverdue
  case disinfectionOverdue, logStorage, displayLost, displayLostLong, busFault, safetyBusFault
  case loopOverrun, loopOverrunMany, clockDisagrees, adoptedOtherSpeed, controllerRestarted,
    microbubbles
  case flowProbe, sensorUntrue, volumeBalance, memoryFault, flowExcess, clampUncertain

  /// How many machine rows there are.
  public static var count: Int { 87 }
}
