internal import CLinkMessages
internal import PerfusionCore

extension FrameCarrier {
  /// The machine as the operator sees it.
  mutating func status(_ message: inout perfusion_Status, _ model: inout MachineStatus) {
    integer(&message.tick, &model.tick.count)
    choice(&message.phase, &model.phase, unknown: .faultHold)
    pumpStatuses(&message, &model)
    if begins(&message.has_patient_water) { thermal(&message.patient_water, &model.patientWater) }
    if begins(&message.has_cardioplegia_water) {
      thermal(&message.cardioplegia_water, &model.cardioplegiaWater)
    }
    integer(&message.alarms_low, &model.alarms.low)
    integer(&message.alarms_high, &model.alarms.high)
    integer(&message.checklist, &model.checklist.bits)
    flag(&message.arterial_clamp_open, &model.arterialClampOpen)
    quantity(&message.venous_occluder, &model.venousOccluder)
    quantity(&message.time_to_empty_seconds, &model.timeToEmpty)
    timers(&message, &model)
    flag(&message.dosing, &model.isDosing)
    quantity(&message.dose_milliliters, &model.dose)
    integer(&message.air_count, &model.airCount)
    alarms(&message, &model)
    choice(&message.inactivation, &model.audio.inactivation, unknown: .none)
    quantity(&message.inactivation_left_seconds, &model.audio.left)
    integer(&message.switched_off_low, &model.alarmsSwitchedOff.low)
    integer(&message.switched_off_high, &model.alarmsSwitchedOff.high)
    choice(&message.cause, &model.cause, unknown: .none)
    quantity(&message.maintenance_seconds, &model.maintenanceAge)
    quantity(&message.disinfection_seconds, &model.disinfectionAge)
  }

  private mutating func pumpStatuses(
    _ message: inout perfusion_Status, _ model: inout MachineStatus
  ) {
    if direction == .toMessage { message.pumps_count = 8 }
    for index in 0..<min(8, Int(message.pumps_count)) {
      var wire = element(&message.pumps, index, of: perfusion_PumpStatus())
      var pump = model.pumps[index]
      self.pump(&wire, &pump)
      model.pumps[index] = pump
      setElement(&message.pumps, index, wire)
    }
  }

  private mutating func pump(_ wire: inout perfusion_PumpStatus, _ pump: inout PumpStatus) {
    choice(&wire.mode, &pump.mode, unknown: .speed)
    flag(&wire.started, &pump.isStarted)
    quantity(&wire.set_speed_rpm, &pump.setSpeed)
    quantity(&wire.set_flow_liters_per_minute, &pump.setFlow)
    quantity(&wire.set_pressure_mmhg, &pump.setPressure)
    number(&wire.ratio, &pump.ratio)
    quantity(&wire.commanded_speed_rpm, &pump.commandedSpeed)
    if begins(&wire.has_measured_speed) { reading(&wire.measured_speed, &pump.measuredSpeed) }
    if begins(&wire.has_flow) { reading(&wire.flow, &pump.flow) }
    choice(&wire.reason, &pump.reason, unknown: .held)
    choice(&wire.grade, &pump.grade, unknown: .annunciate)
    flag(&wire.needs_resume, &pump.needsResume)
    quantity(&wire.speed_floor_rpm, &pump.speedFloor)
    flag(&wire.pulsatile, &pump.isPulsatile)
    quantity(&wire.delivered_milliliters, &pump.delivered)
    flag(&wire.tube_confirmed, &pump.isTubeConfirmed)
    quantity(&wire.stroke_volume_milliliters, &pump.strokeVolume)
  }

  private mutating func thermal(
    _ wire: inout perfusion_ThermalStatus, _ circuit: inout ThermalStatus
  ) {
    choice(&wire.mode, &circuit.mode, unknown: .standby)
    quantity(&wire.target_celsius, &circuit.target)
    quantity(&wire.blood_setpoint_celsius, &circuit.bloodSetpoint)
    quantity(&wire.water_setpoint_celsius, &circuit.waterSetpoint)
    quantity(&wire.heater_duty, &circuit.heaterDuty)
    flag(&wire.chiller, &circuit.chillerOn)
    choice(&wire.hold, &circuit.hold, unknown: .none)
  }

  private mutating func timers(
    _ message: inout perfusion_Status, _ model: inout MachineStatus
  ) {
    if direction == .toMessage { message.timers_seconds_count = 4 }
    for index in 0..<min(4, Int(message.timers_seconds_count)) {
      var wire = element(&message.timers_seconds, index, of: 0.0)
      var timer = model.timers[index]
      quantity(&wire, &timer)
      model.timers[index] = timer
      setElement(&message.timers_seconds, index, wire)
    }
  }

  private mutating func alarms(
    _ message: inout perfusion_Status, _ model: inout MachineStatus
  ) {
    switch direction {
    case .toMessage: message.alarms_count = pb_size_t(model.alarmList.count)
    case .toModel: model.alarmList.removeAll()
    }
    for index in 0..<min(32, Int(message.alarms_count)) {
      var wire = element(&message.alarms, index, of: perfusion_StandingAlarm())
      var alarm =
        model.alarmList.element(at: index)
        ?? StandingAlarm(id: AlarmID(0), priority: .low, since: .start)
      standing(&wire, &alarm)
      if direction == .toModel { model.alarmList.append(alarm) }
      setElement(&message.alarms, index, wire)
    }
  }

  private mutating func standing(
    _ wire: inout perfusion_StandingAlarm, _ alarm: inout StandingAlarm
  ) {
    integer(&wire.number, &alarm.id.number)
    choice(&wire.priority, &alarm.priority, unknown: .high)
    integer(&wire.since_tick, &alarm.since.count)
    var isLatched = alarm.state == .latched
    flag(&wire.latched, &isLatched)
    alarm.state = isLatched ? .latched : .active
    var source = alarm.acknowledgement?.source
    choice(&wire.has_acknowledged_by, &wire.acknowledged_by, &source)
    var tick = alarm.acknowledgement?.tick ?? .start
    integer(&wire.acknowledged_tick, &tick.count)
    alarm.acknowledgement = source.map { Acknowledgement(source: $0, tick: tick) }
    integer(&wire.row, &alarm.cause.row)
    integer(&wire.row_pumps, &alarm.cause.pumps)
    integer(&wire.newest_tick, &alarm.newest.count)
  }
}
