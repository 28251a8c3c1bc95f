internal import CLinkMessages
internal import PerfusionCore

/// An operator's action as a message: which fields each kind has stands in proto/perfusion.proto.
enum ActionMessage {
  static func message(_ action: OperatorAction) -> perfusion_Action {
    var message = perfusion_Action()
    message.kind = kind(action)
    if let pump = pump(action) { message.set(pump: pump) }
    fillPump(action, &message)
    fillMachine(action, &message)
    return message
  }

  private static func kind(_ action: OperatorAction) -> perfusion_ActionKind {
    switch action {
    case .startPump: perfusion_ActionKind_ACTION_START_PUMP
    case .stopPump: perfusion_ActionKind_ACTION_STOP_PUMP
    case .setSpeed: perfusion_ActionKind_ACTION_SET_SPEED
    case .setFlow: perfusion_ActionKind_ACTION_SET_FLOW
    case .setPressure: perfusion_ActionKind_ACTION_SET_PRESSURE
    case .forceBelowFloor: perfusion_ActionKind_ACTION_FORCE_BELOW_FLOOR
    case .setRatio: perfusion_ActionKind_ACTION_SET_RATIO
    case .setPulsatile: perfusion_ActionKind_ACTION_SET_PULSATILE
    case .setContinuous: perfusion_ActionKind_ACTION_SET_CONTINUOUS
    case .setTube: perfusion_ActionKind_ACTION_SET_TUBE
    case .confirmTube: perfusion_ActionKind_ACTION_CONFIRM_TUBE
    case .startCalibration: perfusion_ActionKind_ACTION_START_CALIBRATION
    case .finishCalibration: perfusion_ActionKind_ACTION_FINISH_CALIBRATION
    case .setOcclusionGap: perfusion_ActionKind_ACTION_SET_OCCLUSION_GAP
    case .testOcclusion: perfusion_ActionKind_ACTION_TEST_OCCLUSION
    case .openArterialClamp: perfusion_ActionKind_ACTION_OPEN_ARTERIAL_CLAMP
    case .closeArterialClamp: perfusion_ActionKind_ACTION_CLOSE_ARTERIAL_CLAMP
    case .setVenousOccluder: perfusion_ActionKind_ACTION_SET_VENOUS_OCCLUDER
    case .zeroPressure: perfusion_ActionKind_ACTION_ZERO_PRESSURE
    case .setThermal: perfusion_ActionKind_ACTION_SET_THERMAL
    case .startDose: perfusion_ActionKind_ACTION_START_DOSE
    case .stopDose: perfusion_ActionKind_ACTION_STOP_DOSE
    case .requestPhase: perfusion_ActionKind_ACTION_REQUEST_PHASE
    case .confirmItem: perfusion_ActionKind_ACTION_CONFIRM_ITEM
    case .resume: perfusion_ActionKind_ACTION_RESUME
    case .override: perfusion_ActionKind_ACTION_OVERRIDE
    case .endOverride: perfusion_ActionKind_ACTION_END_OVERRIDE
    case .acknowledgeAlarms: perfusion_ActionKind_ACTION_ACKNOWLEDGE_ALARMS
    case .acknowledge: perfusion_ActionKind_ACTION_ACKNOWLEDGE
    case .pauseAudio: perfusion_ActionKind_ACTION_PAUSE_AUDIO
    case .switchAudioOff: perfusion_ActionKind_ACTION_SWITCH_AUDIO_OFF
    case .pauseAlarms: perfusion_ActionKind_ACTION_PAUSE_ALARMS
    case .endPause: perfusion_ActionKind_ACTION_END_PAUSE
    case .resetAlarms: perfusion_ActionKind_ACTION_RESET_ALARMS
    case .setAlarmLimit: perfusion_ActionKind_ACTION_SET_ALARM_LIMIT
    case .switchAlarm: perfusion_ActionKind_ACTION_SWITCH_ALARM
    case .startTimer: perfusion_ActionKind_ACTION_START_TIMER
    case .stopTimer: perfusion_ActionKind_ACTION_STOP_TIMER
    case .isolatePatient: perfusion_ActionKind_ACTION_ISOLATE_PATIENT
    case .maintenanceDone: perfusion_ActionKind_ACTION_MAINTENANCE_DONE
    case .disinfectionDone: perfusion_ActionKind_ACTION_DISINFECTION_DONE
    }
  }

  /// The pump that an action is about.
  private static func pump(_ action: OperatorAction) -> Int? {
    switch action {
    case .startPump(let pump), .stopPump(let pump), .setSpeed(let pump, _),
      .setFlow(let pump, _), .setPressure(let pump, _), .forceBelowFloor(let pump, _),
      .setRatio(let pump, _), .setPulsatile(let pump, _, _, _), .setContinuous(let pump),
      .setTube(let pump, _, _), .confirmTube(let pump), .startCalibration(let pump),
      .finishCalibration(let pump, _), .setOcclusionGap(let pump, _), .testOcclusion(let pump),
      .resume(let pump), .override(let pump, _), .endOverride(let pump, _):
      pump
    case .openArterialClamp, .closeArterialClamp, .setVenousOccluder, .zeroPressure, .setThermal,
      .startDose, .stopDose, .requestPhase, .confirmItem, .acknowledgeAlarms, .acknowledge,
      .pauseAudio, .switchAudioOff, .pauseAlarms, .endPause, .resetAlarms, .setAlarmLimit,
      .switchAlarm, .startTimer, .stopTimer, .isolatePatient, .maintenanceDone, .disinfectionDone:
      nil
    }
  }

  private static func fillPump(_ action: OperatorAction, _ message: inout perfusion_Action) {
    switch action {
    case .setSpeed(_, let speed):
      set(&message.has_speed_rpm, &message.speed_rpm, speed.base)
    case .setFlow(_, let flow):
      set(&message.has_flow_liters_per_minute, &message.flow_liters_per_minute, flow.base)
    case .setPressure(_, let pressure):
      set(&message.has_pressure_mmhg, &message.pressure_mmhg, pressure.base)
    case .forceBelowFloor(_, let on): set(&message.has_on, &message.on, on)
    case .setRatio(_, let ratio): set(&message.has_ratio, &message.ratio, ratio)
    case .setPulsatile(_, let rate, let width, let base):
      set(&message.has_rate_per_minute, &message.rate_per_minute, rate)
      set(&message.has_fraction, &message.fraction, width.base)
      set(&message.has_base_fraction, &message.base_fraction, base.base)
    case .setTube(_, let tube, let stroke):
      set(&message.has_tube, &message.tube, UInt32(tube.rawValue))
      set(
        &message.has_stroke_volume_milliliters, &message.stroke_volume_milliliters, stroke.base)
    case .finishCalibration(_, let volume):
      set(&message.has_volume_milliliters, &message.volume_milliliters, volume.base)
    case .setOcclusionGap(_, let gap): set(&message.has_fraction, &message.fraction, gap.base)
    case .override(_, let event), .endOverride(_, let event):
      set(&message.has_circuit_event, &message.circuit_event, UInt32(event.rawValue))
    default: return
    }
  }

  private static func fillMachine(_ action: OperatorAction, _ message: inout perfusion_Action) {
    switch action {
    case .setVenousOccluder(let opening):
      set(&message.has_fraction, &message.fraction, opening.base)
    case .zeroPressure(let site):
      set(&message.has_site, &message.site, perfusion_PressureSite(UInt32(site.rawValue)))
    case .setThermal(let circuit, let mode, let target):
      set(&message.has_circuit, &message.circuit, UInt32(circuit.rawValue))
      set(
        &message.has_thermal_mode, &message.thermal_mode,
        perfusion_ThermalMode(UInt32(mode.rawValue)))
      set(&message.has_temperature_celsius, &message.temperature_celsius, target.base)
    case .startDose(let flow, let end, let route):
      if route == .retrograde { set(&message.has_on, &message.on, true) }
      set(&message.has_flow_liters_per_minute, &message.flow_liters_per_minute, flow.base)
      switch end {
      case .volume(let volume):
        set(&message.has_volume_milliliters, &message.volume_milliliters, volume.base)
      case .time(let time): set(&message.has_time_seconds, &message.time_seconds, time.base)
      }
    case .requestPhase(let phase):
      set(&message.has_phase, &message.phase, perfusion_Phase(UInt32(phase.rawValue)))
    case .confirmItem(let item, let holds):
      set(&message.has_item, &message.item, UInt32(item.rawValue))
      set(&message.has_on, &message.on, holds)
    case .acknowledge(let alarm): set(&message.has_alarm, &message.alarm, UInt32(alarm.number))
    case .setAlarmLimit(let alarm, let limit):
      set(&message.has_alarm, &message.alarm, UInt32(alarm.number))
      set(&message.has_pressure_mmhg, &message.pressure_mmhg, limit.base)
    case .switchAlarm(let alarm, let isOn):
      set(&message.has_alarm, &message.alarm, UInt32(alarm.number))
      set(&message.has_on, &message.on, isOn)
    case .startTimer(let timer), .stopTimer(let timer):
      set(&message.has_timer, &message.timer, UInt32(timer.rawValue))
    default: return
    }
  }

  private static func set<Value>(_ has: inout Bool, _ field: inout Value, _ value: Value) {
    has = true
    field = value
  }
}

extension perfusion_Action {
  fileprivate mutating func set(pump index: Int) {
    // A number that is no pump is left out: clamped it would be another pump.
    guard let number = UInt32(exactly: index) else { return }
    has_pump = true
    pump = number
  }
}
