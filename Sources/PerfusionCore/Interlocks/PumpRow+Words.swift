extension PumpRow {
  /// The row in words.
  public var words: RowWords {
    switch self {
    case .overspeed: RowWords("faster than told by 5 rpm and 10 % for 200 ms")
    case .speedLow: RowWords("slower than told by 10 % for 1 s")
    case .jam: RowWords("current over 1.8 of typical at under half the speed for 150 ms")
    case .wrongDirection: RowWords("the rotor travelled against the command")
    case .driveFault:
      RowWords("the drive reports a fault for 50 ms, or is not alive while its rotor keeps speed")
    case .driveDead:
      RowWords("told to turn, not alive for 20 ms, and the rotor falls, is unread or moves nothing")
    case .decoupled: RowWords("at speed, no flow, current down by 40 %: the magnet slips")
    case .lossOfPrime: RowWords("head and current collapsed: air in the pump head")
    case .coverOpen: RowWords("the pump cover is open")
    case .pressureAlert:
      RowWords("mean outlet pressure above the regulating limit", clears: "mean below the limit")
    case .pressureStop: RowWords("outlet pressure above the stopping limit")
    case .pressureHard: RowWords("outlet pressure of the arterial pump above the hard limit")
    case .pressureNotFalling:
      RowWords("above the hard limit, stop told, and no new low of the pressure: torque off")
    case .airNotStopped:
      RowWords("air, stop told, and the rotor does not slow or cannot be read: torque off")
    case .ratio: RowWords("master and follower are off their ratio by 5 % over 2 s")
    case .noArterialFlow: RowWords("it draws from the arterial line and there is no flow in it")
    case .belowFloor: RowWords("below the backflow floor with the clamp open for 200 ms")
    case .flowMismatch: RowWords("probe and rotor disagree by 15 % for 10 s")
    case .suction: RowWords("vent pressure below its limit")
    case .ventAlert: RowWords("vent pressure below four fifths of its limit")
    case .handCrank: RowWords("the rotor moves with the drive off for 300 ms")
    case .noTube: RowWords("current under half of typical for 3 s")
    case .slip: RowWords("the drive is alive and the rotor does not follow for 400 ms")
    case .rotorSensor: RowWords("the rotor sensor cannot be used")
    case .occlusionLoss: RowWords("the occlusion test failed, or the flow says it is lost")
    case .overOcclusion: RowWords("current 30 % over what the tube asks for")
    case .pulsePeak: RowWords("pulse peak above the limit")
    case .zeroFlowLong: RowWords("balanced behind the closed clamp for 30 s")
    case .zeroFlowVeryLong: RowWords("balanced behind the closed clamp for 120 s")
    case .torqueNotOff: RowWords("torque told off and the feedback disagrees")
    case .chatter: RowWords("inlet pressure or flow swings at 1 to 6 Hz for 3 s")
    }
  }
}
