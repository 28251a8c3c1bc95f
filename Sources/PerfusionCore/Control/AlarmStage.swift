extension Controller {
  /// Lets the alarm system follow what the interlocks say, and drives lamps, buzzer and watchdog.
  mutating func signal(
    _ sensors: SensorSnapshot, _ actuators: inout ActuatorCommands, _ events: inout EventList
  ) {
    let now = alarmConditions(sensors)
    actuators.alarm = alarms.update(
      now, tick: tick, elapsed: sensors.platform.elapsedTicks, &events)
    if !alarms.entries.isEmpty { completeEntries(sensors) }
    if selfTest.showsSignals && phase == .post {
      actuators.alarm.buzzer = true
      actuators.alarm.red = true
      actuators.alarm.yellow = true
      actuators.alarm.cyan = true
    }
    actuators.strokeWatchdog = !(phase == .post && selfTest.starvesWatchdog)
    flow.pass(.signal)
  }

  private mutating func alarmConditions(_ sensors: SensorSnapshot) -> AlarmConditions {
    var now = interlocks.alarmConditions
    now.phase = duty()
    now.isArterialStopped = pumpCount > 0 && interlocks.verdicts[0].grade >= .zeroFlow
    now.isClampClosed = sensors[.arterialClampIsClosed].usable == true
    return now
  }

  /// Adds to each entry of this tick where the treatment stood, the limit and what was measured.
  private mutating func completeEntries(_ sensors: SensorSnapshot) {
    for index in alarms.entries.indices {
      let measure = measure(of: alarms.entries[index].alarm, sensors)
      alarms.entries[index].tick = tick
      alarms.entries[index].phase = phase
      alarms.entries[index].limit = measure.limit
      alarms.entries[index].value = measure.value
    }
  }

  /// Refreshes what the operator sees of the alarms.
  mutating func reportAlarms() {
    status.audio = alarms.audio
    guard alarms.hasChanged else { return }
    status.alarms = alarms.told
    status.alarmList = alarms.list
    status.alarmsSwitchedOff = alarms.switchedOff
  }
}

extension Controller {
  /// How many entries of the last tick the alarm log has to take.
  public var alarmEntryCount: Int { alarms.entries.count }
  /// One of them.
  public func alarmEntry(_ index: Int) -> AlarmLogEntry? { alarms.entries.element(at: index) }

  mutating func acknowledge(
    _ alarm: AlarmID?, _ command: OperatorCommand, _ events: inout EventList
  ) -> Refusal? {
    alarms.acknowledge(alarm, by: command, tick: tick, &events)
  }

  mutating func inactivate(
    _ wanted: AlarmInactivation, _ command: OperatorCommand, _ events: inout EventList
  ) -> Refusal? {
    alarms.inactivate(wanted, by: command, phase: duty(), &events)
  }

  mutating func resetAlarms() -> Refusal? {
    interlocks.resetAlarms()
    return nil
  }

  mutating func setAlarmLimit(
    _ alarm: AlarmID, _ value: Pressure, _ command: OperatorCommand, _ events: inout EventList
  ) -> Refusal? {
    guard let limit = AlarmLimit(of: alarm) else { return .overrideForbidden }
    guard !duty().dependsOnMachine else { return .wrongPhase }
    let range = limit.range
    guard value.isFinite, value >= range.lowest, value <= range.highest else { return .outOfRange }
    configuration.limits[limit] = value
    keepLimits()
    events.append(Event(.alarmLimitSet(alarm, value), decision: command.decision))
    alarms.record(
      .limitChanged, alarm, alarm.priority, decision: command.decision, source: command.source)
    return nil
  }

  mutating func switchAlarm(
    _ alarm: AlarmID, _ isOn: Bool, _ command: OperatorCommand, _ events: inout EventList
  ) -> Refusal? {
    if let refusal = alarms.switchAlarm(alarm, isOn: isOn, by: command, phase: duty()) {
      return refusal
    }
    events.append(Event(.alarmSwitched(alarm, isOn: isOn), decision: command.decision))
    return nil
  }

  /// Gives limits and switched-off alarms back to the board file's presets.
  ///
  /// A new treatment must not inherit what was changed for the last one (docs/domain.md 7.2,
  /// protection against default drift).
  mutating func restoreAlarmPresets(_ decision: UInt32, _ events: inout EventList) {
    var hasChanged = alarms.restorePresets()
    for raw in 0..<UInt8(AlarmLimit.count) {
      guard let limit = AlarmLimit(rawValue: raw) else { continue }
      guard configuration.limits[limit] != presets[limit] else { continue }
      configuration.limits[limit] = presets[limit]
      hasChanged = true
    }
    guard hasChanged else { return }
    keepLimits()
    events.append(Event(.alarmPresetsRestored, decision: decision))
    alarms.record(.presetsRestored, AlarmID(0), .low, decision: decision)
  }
}
