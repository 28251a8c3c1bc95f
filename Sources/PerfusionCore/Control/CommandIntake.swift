extension Controller {
  /// Carries out the commands of this tick, oldest first, and answers each.
  mutating func take(
    _ commands: CommandQueue, _ sensors: SensorSnapshot,
    _ events: inout EventList
  ) {
    for index in commands.indices {
      let command = commands[index]
      let answer = carryOut(command, sensors, &events)
      events.append(Event(answer, decision: command.decision))
    }
  }

  private mutating func carryOut(
    _ command: OperatorCommand, _ sensors: SensorSnapshot, _ events: inout EventList
  ) -> EventKind {
    switch command.action {
    case .startPump(let pump): answer(start(pump, sensors))
    case .stopPump(let pump): answer(stop(pump))
    case .setSpeed(let pump, let speed): setSpeed(pump, speed, command.isConfirmed)
    case .setFlow(let pump, let flow): setFlow(pump, flow, command.isConfirmed)
    case .setPressure(let pump, let pressure): setPressure(pump, pressure, command.isConfirmed)
    case .forceBelowFloor(let pump, let isForced): answer(forceBelowFloor(pump, isForced))
    case .setRatio(let pump, let ratio): answer(setRatio(pump, ratio))
    case .setPulsatile(let pump, let rate, let width, let base):
      answer(setPulsatile(pump, rate: rate, width: width, base: base))
    case .setContinuous(let pump): answer(setContinuous(pump))
    case .setTube(let pump, let tube, let stroke): answer(setTube(pump, tube, stroke))
    case .confirmTube(let pump): answer(confirmTube(pump, command.decision, &events))
    case .startCalibration(let pump): answer(startCalibration(pump))
    case .finishCalibration(let pump, let volume): answer(finishCalibration(pump, volume))
    case .setOcclusionGap(let pump, let gap): answer(setOcclusionGap(pump, gap, sensors))
    case .testOcclusion(let pump): answer(testOcclusion(pump, sensors))
    case .openArterialClamp: answer(openClamp(sensors))
    case .closeArterialClamp: answer(closeClamp(isConfirmed: command.isConfirmed))
    case .setVenousOccluder(let opening): answer(setOccluder(opening, command.isConfirmed))
    case .zeroPressure(let site): answer(zero(site, sensors, command.decision, &events))
    case .setThermal(let circuit, let mode, let target): setThermal(circuit, mode, target)
    case .startDose(let flow, let end, let route):
      answer(startDose(flow, end, route, sensors))
    case .stopDose: answer(stopDose())
    case .requestPhase(let phase):
      request(phase, isConfirmed: command.isConfirmed, command.decision, &events)
    case .confirmItem(let item, let holds): answer(confirm(item, holds))
    case .resume(let pump): answer(resume(pump, command.decision, &events))
    case .isolatePatient: answer(isolatePatient())
    case .override(let pump, let event): answer(override(pump, event))
    case .endOverride(let pump, let event): answer(endOverride(pump, event))
    case .acknowledgeAlarms: answer(acknowledge(nil, command, &events))
    case .acknowledge(let alarm): answer(acknowledge(alarm, command, &events))
    case .pauseAudio: answer(inactivate(.audioPaused, command, &events))
    case .switchAudioOff: answer(inactivate(.audioOff, command, &events))
    case .pauseAlarms: answer(inactivate(.alarmPaused, command, &events))
    case .endPause: answer(alarms.endInactivation(by: command, &events))
    case .resetAlarms: answer(resetAlarms())
    case .setAlarmLimit(let alarm, let value):
      answer(setAlarmLimit(alarm, value, command, &events))
    case .switchAlarm(let alarm, let isOn): answer(switchAlarm(alarm, isOn, command, &events))
    case .startTimer(let timer): answer(start(timer))
    case .stopTimer(let timer): answer(stop(timer))
    case .maintenanceDone: answer(finish(.maintenance, sensors))
    case .disinfectionDone: answer(finish(.disinfection, sensors))
    }
  }

  /// What a command answers when this stands in its way.
  mutating func answer(_ refusal: Refusal?) -> EventKind {
    refusal.map { .refused($0) } ?? .accepted
  }
}
