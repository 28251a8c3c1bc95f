internal import CLinkMessages
internal import PerfusionCore

/// Reads an action: nothing when the kind is unknown, a field that it needs is missing, or a number
/// is not finite.
///
/// Whether the values make sense for the machine is the controller's to say.
struct ActionReading {
  private let message: perfusion_Action

  init(_ message: perfusion_Action) { self.message = message }

  var action: OperatorAction? {
    switch message.kind {
    case perfusion_ActionKind_ACTION_OPEN_ARTERIAL_CLAMP: .openArterialClamp
    case perfusion_ActionKind_ACTION_CLOSE_ARTERIAL_CLAMP: .closeArterialClamp
    case perfusion_ActionKind_ACTION_STOP_DOSE: .stopDose
    case perfusion_ActionKind_ACTION_ACKNOWLEDGE_ALARMS: .acknowledgeAlarms
    case perfusion_ActionKind_ACTION_PAUSE_AUDIO: .pauseAudio
    case perfusion_ActionKind_ACTION_SWITCH_AUDIO_OFF: .switchAudioOff
    case perfusion_ActionKind_ACTION_PAUSE_ALARMS: .pauseAlarms
    case perfusion_ActionKind_ACTION_END_PAUSE: .endPause
    case perfusion_ActionKind_ACTION_RESET_ALARMS: .resetAlarms
    case perfusion_ActionKind_ACTION_ISOLATE_PATIENT: .isolatePatient
    case perfusion_ActionKind_ACTION_MAINTENANCE_DONE: .maintenanceDone
    case perfusion_ActionKind_ACTION_DISINFECTION_DONE: .disinfectionDone
    default: pump.flatMap { pumpAction($0) } ?? machineAction
    }
  }

  private func pumpAction(_ pump: Int) -> OperatorAction? {
    switch message.kind {
    case perfusion_ActionKind_ACTION_START_PUMP: .startPump(pump)
    case perfusion_ActionKind_ACTION_STOP_PUMP: .stopPump(pump)
    case perfusion_ActionKind_ACTION_SET_SPEED: speed.map { .setSpeed(pump, $0) }
    case perfusion_ActionKind_ACTION_SET_FLOW: flow.map { .setFlow(pump, $0) }
    case perfusion_ActionKind_ACTION_SET_PRESSURE: pressure.map { .setPressure(pump, $0) }
    case perfusion_ActionKind_ACTION_FORCE_BELOW_FLOOR: on.map { .forceBelowFloor(pump, $0) }
    case perfusion_ActionKind_ACTION_SET_RATIO:
      number(message.has_ratio, message.ratio).map { .setRatio(pump, $0) }
    case perfusion_ActionKind_ACTION_SET_PULSATILE: pulsatile(pump)
    case perfusion_ActionKind_ACTION_SET_CONTINUOUS: .setContinuous(pump)
    case perfusion_ActionKind_ACTION_SET_TUBE: tube(pump)
    case perfusion_ActionKind_ACTION_CONFIRM_TUBE: .confirmTube(pump)
    case perfusion_ActionKind_ACTION_START_CALIBRATION: .startCalibration(pump)
    case perfusion_ActionKind_ACTION_FINISH_CALIBRATION:
      volume.map { .finishCalibration(pump, $0) }
    case perfusion_ActionKind_ACTION_SET_OCCLUSION_GAP:
      fraction.map { .setOcclusionGap(pump, $0) }
    case perfusion_ActionKind_ACTION_TEST_OCCLUSION: .testOcclusion(pump)
    case perfusion_ActionKind_ACTION_RESUME: .resume(pump)
    case perfusion_ActionKind_ACTION_OVERRIDE: circuitEvent.map { .override(pump, $0) }
    case perfusion_ActionKind_ACTION_END_OVERRIDE: circuitEvent.map { .endOverride(pump, $0) }
    default: nil
    }
  }

  private var machineAction: OperatorAction? {
    switch message.kind {
    case perfusion_ActionKind_ACTION_SET_VENOUS_OCCLUDER:
      fraction.map { .setVenousOccluder($0) }
    case perfusion_ActionKind_ACTION_ZERO_PRESSURE:
      entry(message.has_site, message.site.rawValue).map { .zeroPressure($0) }
    case perfusion_ActionKind_ACTION_SET_THERMAL: thermal
    case perfusion_ActionKind_ACTION_START_DOSE: dose
    case perfusion_ActionKind_ACTION_REQUEST_PHASE:
      entry(message.has_phase, message.phase.rawValue).map { .requestPhase($0) }
    case perfusion_ActionKind_ACTION_CONFIRM_ITEM: item
    case perfusion_ActionKind_ACTION_ACKNOWLEDGE: alarm.map { .acknowledge($0) }
    case perfusion_ActionKind_ACTION_SET_ALARM_LIMIT:
      alarm.flatMap { alarm in pressure.map { .setAlarmLimit(alarm, $0) } }
    case perfusion_ActionKind_ACTION_SWITCH_ALARM:
      alarm.flatMap { alarm in on.map { .switchAlarm(alarm, isOn: $0) } }
    case perfusion_ActionKind_ACTION_START_TIMER:
      entry(message.has_timer, message.timer).map { .startTimer($0) }
    case perfusion_ActionKind_ACTION_STOP_TIMER:
      entry(message.has_timer, message.timer).map { .stopTimer($0) }
    default: nil
    }
  }

  private func pulsatile(_ pump: Int) -> OperatorAction? {
    guard let rate = number(message.has_rate_per_minute, message.rate_per_minute),
      let width = fraction, let base = number(message.has_base_fraction, message.base_fraction)
    else { return nil }
    return .setPulsatile(pump, rate: rate, width: width, base: Fraction(value: base))
  }

  private func tube(_ pump: Int) -> OperatorAction? {
    guard let tube: TubeSize = entry(message.has_tube, message.tube),
      let stroke = number(
        message.has_stroke_volume_milliliters, message.stroke_volume_milliliters)
    else { return nil }
    return .setTube(pump, tube, StrokeVolume(base: stroke))
  }

  private var thermal: OperatorAction? {
    guard let circuit: WaterCircuit = entry(message.has_circuit, message.circuit),
      let mode: ThermalMode = entry(message.has_thermal_mode, message.thermal_mode.rawValue),
      let target = number(message.has_temperature_celsius, message.temperature_celsius)
    else { return nil }
    return .setThermal(circuit, mode, Temperature(base: target))
  }

  private var dose: OperatorAction? {
    guard let flow else { return nil }
    let route: CardioplegiaRoute = on == true ? .retrograde : .antegrade
    switch (volume, number(message.has_time_seconds, message.time_seconds)) {
    case (.some(let volume), nil): return .startDose(flow, .volume(volume), route)
    case (nil, .some(let time)): return .startDose(flow, .time(Seconds(seconds: time)), route)
    case (nil, nil), (.some, .some): return nil
    }
  }

  private var item: OperatorAction? {
    guard let item: ChecklistItem = entry(message.has_item, message.item), let on else {
      return nil
    }
    return .confirmItem(item, on)
  }

  private var pump: Int? {
    message.has_pump && message.pump < 8 ? Int(message.pump) : nil
  }
  private var speed: RotationalSpeed? {
    number(message.has_speed_rpm, message.speed_rpm).map { RotationalSpeed(base: $0) }
  }
  private var flow: Flow? {
    number(message.has_flow_liters_per_minute, message.flow_liters_per_minute)
      .map { Flow(base: $0) }
  }
  private var pressure: Pressure? {
    number(message.has_pressure_mmhg, message.pressure_mmhg).map { Pressure(base: $0) }
  }
  private var volume: Volume? {
    number(message.has_volume_milliliters, message.volume_milliliters).map { Volume(base: $0) }
  }
  private var fraction: Fraction? {
    number(message.has_fraction, message.fraction).map { Fraction(value: $0) }
  }
  private var on: Bool? { message.has_on ? message.on : nil }
  private var circuitEvent: CircuitEvent? {
    entry(message.has_circuit_event, message.circuit_event)
  }
  private var alarm: AlarmID? {
    guard message.has_alarm, message.alarm >= 1, message.alarm <= UInt32(AlarmID.highest) else {
      return nil
    }
    return AlarmID(UInt8(message.alarm))
  }

  private func number(_ has: Bool, _ value: Double) -> Double? {
    has && value.isFinite ? value : nil
  }

  private func entry<Entry: RawRepresentable>(_ has: Bool, _ raw: UInt32) -> Entry?
  where Entry.RawValue == UInt8 {
    has ? UInt8(exactly: raw).flatMap { Entry(rawValue: $0) } : nil
  }
}
