internal import CLinkMessages
internal import PerfusionCore

extension ActuatorCommands {
  func fill(_ message: inout perfusion_Outputs, tick: Tick, at: Instant) {
    message.tick = tick.count
    message.time_us = at.microseconds
    var copy = copy self
    var carrier = FrameCarrier(.toMessage)
    carrier.outputs(&message, &copy)
  }

  mutating func take(_ message: inout perfusion_Outputs) {
    self = ActuatorCommands()
    var carrier = FrameCarrier(.toModel)
    carrier.outputs(&message, &self)
  }
}

extension FrameCarrier {
  mutating func outputs(_ message: inout perfusion_Outputs, _ model: inout ActuatorCommands) {
    drives(&message, &model)
    if begins(&message.has_clamps) {
      flag(&message.clamps.arterial_clamp_open, &model.openArterialClamp)
      quantity(&message.clamps.venous_occluder, &model.venousOccluder)
    }
    if begins(&message.has_patient_water) { water(&message.patient_water, &model.patientWater) }
    if begins(&message.has_cardioplegia_water) {
      water(&message.cardioplegia_water, &model.cardioplegiaWater)
    }
    if begins(&message.has_signals) { signals(&message.signals, &model) }
  }

  private mutating func drives(
    _ message: inout perfusion_Outputs, _ model: inout ActuatorCommands
  ) {
    if direction == .toMessage { message.drives_count = 8 }
    for index in 0..<min(8, Int(message.drives_count)) {
      var wire = element(&message.drives, index, of: perfusion_DriveOutputs())
      if direction == .toMessage { wire.pump = UInt32(index) }
      guard wire.pump < 8 else { continue }
      let pump = Int(wire.pump)
      var drive = model.drives[pump]
      quantity(&wire.speed_rpm, &drive.speed)
      flag(&wire.reversed, &drive.isReversed)
      flag(&wire.enabled, &drive.isEnabled)
      flag(&wire.remove_torque, &drive.removeTorque)
      quantity(&wire.occlusion_gap, &model.occlusionGaps[pump])
      model.drives[pump] = drive
      setElement(&message.drives, index, wire)
    }
  }

  private mutating func water(
    _ message: inout perfusion_WaterOutputs, _ model: inout WaterCommand
  ) {
    flag(&message.pump, &model.pump)
    flag(&message.heater, &model.heater)
    flag(&message.heater_contactor, &model.heaterContactor)
    flag(&message.chiller, &model.chiller)
  }

  private mutating func signals(
    _ message: inout perfusion_SignalOutputs, _ model: inout ActuatorCommands
  ) {
    flag(&message.buzzer, &model.alarm.buzzer)
    flag(&message.red, &model.alarm.red)
    flag(&message.yellow, &model.alarm.yellow)
    flag(&message.cyan, &model.alarm.cyan)
    flag(&message.test_air_detectors, &model.testAirDetectors)
    flag(&message.stroke_watchdog, &model.strokeWatchdog)
    flag(&message.adopting, &model.isAdopting)
  }
}
