/// Rows that watch one pump and act on that pump.
public enum PumpRow: UInt8, BitwiseCopyable, Sendable {
  case overspeed, speedLow, jam, wrongDirection, driveFault, driveDead, decoupled, lossOfPrime
  case coverOpen, pressureAlert, pressureStop, pressureHard, pressureNotFalling, airNotStopped
  case ratio, noArterialFlow, belowFloor, flowMismatch, suction, handCrank, noTube, slip
  case rotorSensor, occlusionLoss, overOcclusion, pulsePeak, zeroFlowLong, zeroFlowVeryLong
  case torqueNotOff, chatter, ventAlert

  /// How many pump rows there are.
  public static var count: Int { 31 }
}
