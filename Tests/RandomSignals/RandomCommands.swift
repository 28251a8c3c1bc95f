public import PerfusionCore

/// One action of every kind.
public func everyAction(_ dice: inout Dice) -> [OperatorAction] {
  let pump = dice.below(12) - 2
  return [
    .startPump(pump), .stopPump(pump), .setSpeed(pump, RotationalSpeed(base: dice.number())),
    .setFlow(pump, Flow(base: dice.number())), .setPressure(pump, Pressure(base: dice.number())),
    .forceBelowFloor(pump, dice.flag()), .setRatio(pump, dice.number()),
    .setPulsatile(
      pump, rate: dice.number(), width: Fraction(base: dice.number()),
      base: Fraction(base: dice.number())),
    .setContinuous(pump), .setTube(pump, .quarter, StrokeVolume(base: dice.number())),
    .confirmTube(pump), .startCalibration(pump),
    .finishCalibration(pump, Volume(base: dice.number())),
    .setOcclusionGap(pump, Fraction(base: dice.number())), .testOcclusion(pump),
    .openArterialClamp, .closeArterialClamp, .setVenousOccluder(Fraction(base: dice.number())),
    .zeroPressure(.ventPressure),
    .setThermal(.cardioplegia, .rewarm, Temperature(base: dice.number())),
    .startDose(Flow(base: dice.number()), .volume(Volume(base: dice.number())), .antegrade),
    .startDose(Flow(base: dice.number()), .time(Seconds(seconds: dice.number())), .retrograde),
    .stopDose,
    .requestPhase(.onBypass), .confirmItem(.airFree, dice.flag()), .resume(pump),
    .override(pump, .levelAlarm), .endOverride(pump, .suction), .acknowledgeAlarms, .pauseAudio,
    .resetAlarms, .startTimer(.crossClamp), .stopTimer(.zeroFlow),
    .acknowledge(AlarmID(67)), .switchAudioOff, .pauseAlarms, .endPause,
    .setAlarmLimit(AlarmID(12), Pressure(base: dice.number())),
    .switchAlarm(AlarmID(9), isOn: dice.flag()), .maintenanceDone, .disinfectionDone,
  ]
}

/// One event of every kind.
public func everyEvent(_ dice: inout Dice) -> [EventKind] {
  let pump = dice.below(8)
  return [
    .accepted, .limited(.belowFloor), .refused(.clampClosed), .missing(Checklist(bits: 0x2A55)),
    .phase(from: .ready, to: .onBypass), .alarmRaised(AlarmID(67)),
    .alarmRaised(AlarmID(26), AlarmCause(.overspeed, pumps: 0xA5)), .alarmCleared(AlarmID(1)),
    .interlockStop(pump, .zeroFlow), .resumed(pump), .reason(pump, .clampSequence),
    .airCounted(.max), .pulsatileReverted(pump), .doseEnded(Volume(base: dice.number())),
    .occlusionTested(pump, passed: dice.flag(), decay: PressureRate(base: dice.number())),
    .tubeConfirmed(pump, StrokeVolume(base: dice.number())),
    .zeroed(.organVeinPressure, Pressure(base: dice.number())),
    .adopted(pump, RotationalSpeed(base: dice.number())), .overflow(7),
    .alarmLatched(AlarmID(5)), .alarmRose(AlarmID(6), .high, AlarmCause(.levelUnmeasured)),
    .acknowledged(AlarmID(7), .link),
    .inactivated(.audioOff), .inactivationEnded(.alarmPaused, .phase), .alarmReminder,
    .alarmLimitSet(AlarmID(8), Pressure(base: dice.number())),
    .alarmSwitched(AlarmID(9), isOn: dice.flag()), .alarmPresetsRestored,
    .restarted(.adoptedOtherSpeed), .recordRefused(1, .checksum),
    .selfTested(.watchdog, .failed), .causeNamed(.pressuresExchanged),
    .sensorDoubted(WatchedSensor(motorCurrent: 7), .frozen),
  ]
}
