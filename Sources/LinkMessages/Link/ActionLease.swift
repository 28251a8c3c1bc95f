public import PerfusionCore

extension OperatorAction {
  /// What the action moves, as a number that two wishes for the same thing share; nothing for an
  /// action that moves nothing, or only ends a movement.
  ///
  /// Such an action travels with a lease. Stopping is never held back by a missing lease.
  public var movedThing: UInt16? {
    switch self {
    case .startPump(let pump), .setSpeed(let pump, _), .setFlow(let pump, _),
      .setPressure(let pump, _), .setRatio(let pump, _), .setPulsatile(let pump, _, _, _),
      .setContinuous(let pump), .resume(let pump):
      Self.thing(1, pump)
    case .forceBelowFloor(let pump, _): Self.thing(2, pump)
    case .setOcclusionGap(let pump, _), .testOcclusion(let pump): Self.thing(3, pump)
    case .openArterialClamp: Self.thing(4, 0)
    case .setVenousOccluder: Self.thing(5, 0)
    case .setThermal(let circuit, _, _): Self.thing(6, Int(circuit.rawValue))
    case .startDose: Self.thing(7, 0)
    case .stopPump, .closeArterialClamp, .setTube, .confirmTube, .startCalibration,
      .finishCalibration, .zeroPressure,
      .stopDose, .requestPhase, .confirmItem, .override, .endOverride, .acknowledgeAlarms,
      .acknowledge, .pauseAudio, .switchAudioOff, .pauseAlarms, .endPause, .resetAlarms,
      .setAlarmLimit, .switchAlarm, .startTimer, .stopTimer, .isolatePatient,
      .maintenanceDone, .disinfectionDone:
      nil
    }
  }

  /// The movement that this action ends, so that its lease ends with it.
  public var endedThing: UInt16? {
    switch self {
    case .stopPump(let pump): Self.thing(1, pump)
    case .closeArterialClamp: Self.thing(4, 0)
    case .stopDose: Self.thing(7, 0)
    default: nil
    }
  }

  /// What is asked when the lease runs out; nothing when what was asked holds.
  ///
  /// A pump keeps its set-point: stop is not the safe state of a blood pump. Only the detent that
  /// lets a pump below its backflow floor is let go.
  public var whenLeaseEnds: OperatorAction? {
    switch self {
    case .forceBelowFloor(let pump, true): .forceBelowFloor(pump, false)
    default: nil
    }
  }

  private static func thing(_ kind: UInt16, _ place: Int) -> UInt16 {
    kind << 8 | UInt16(UInt8(truncatingIfNeeded: place))
  }
}
