internal import CLinkMessages
internal import ChipDrivers
internal import PerfusionCore

extension Carrier {
  mutating func wiring(_ message: inout perfusion_board_Wiring, _ model: inout BoardWiring) {
    list(
      &message.buses_count, &message.buses, of: perfusion_board_Bus(), &model.buses,
      filler: BusWiring()
    ) { carrier, wire, bus in
      carrier.name(&wire.id, &bus.id)
      carrier.name(&wire.adapter, &bus.adapter)
      carrier.integer(&wire.clock, &bus.clockHertz, 10_000...1_000_000)
    }
    list(
      &message.chips_count, &message.chips, of: perfusion_board_Chip(), &model.chips,
      filler: ChipWiring()
    ) { carrier, wire, chip in carrier.chip(&wire, &chip) }
    list(
      &message.lines_count, &message.lines, of: perfusion_board_Line(), &model.lines,
      filler: LineWiring()
    ) { carrier, wire, line in carrier.line(&wire, &line) }
    list(
      &message.sensors_count, &message.sensors, of: perfusion_board_Sensor(), &model.sensors,
      filler: SensorWiring()
    ) { carrier, wire, sensor in carrier.sensor(&wire, &sensor) }
    list(
      &message.actuators_count, &message.actuators, of: perfusion_board_Actuator(),
      &model.actuators, filler: ActuatorWiring()
    ) { carrier, wire, actuator in carrier.actuator(&wire, &actuator) }
    list(
      &message.curves_count, &message.curves, of: perfusion_board_Curve(), &model.curves,
      filler: Curve()
    ) { carrier, wire, curve in carrier.curve(&wire, &curve) }
  }

  private mutating func line(_ message: inout perfusion_board_Line, _ model: inout LineWiring) {
    name(&message.id, &model.id)
    name(&message.line_name, &model.lineName)
    name(&message.chip_label, &model.chipLabel)
    integer(&message.offset, &model.offset, -1...32_767)
    integer(&message.expander, &model.expander, -1...39)
    integer(&message.expander_pin, &model.expanderPin, 0...15)
    choice(&message.direction, &model.direction)
    flag(&message.is_active_low, &model.isActiveLow)
    choice(&message.bias, &model.bias)
    choice(&message.edge, &model.edge)
  }

  private mutating func sensor(
    _ message: inout perfusion_board_Sensor, _ model: inout SensorWiring
  ) {
    sensorSite(&message, &model.site)
    presence(&message.has_port)
    port(&message.port, &model.port)
    number(&message.scale, &model.scale)
    number(&message.offset, &model.offset)
    integer(&message.curve, &model.curve, -1...3)
    number(&message.lowest, &model.lowest)
    number(&message.highest, &model.highest)
    integer(&message.maximum_age, &model.maximumAge, 1...600_000_000)
    choice(&message.policy, &model.policy)
  }

  private mutating func actuator(
    _ message: inout perfusion_board_Actuator, _ model: inout ActuatorWiring
  ) {
    actuatorSite(&message, &model.site)
    presence(&message.has_port)
    port(&message.port, &model.port)
    number(&message.scale, &model.scale)
    number(&message.offset, &model.offset)
    integer(&message.lease, &model.lease, 1...600_000_000)
    choice(&message.fallback, &model.fallback)
  }

  private mutating func port(_ message: inout perfusion_board_Port, _ model: inout SignalPort) {
    switch direction {
    case .toMessage: message = PortMessage.message(model)
    case .toModel:
      if let port = PortMessage.model(message) { model = port } else { fail(.valueOutOfRange) }
    }
  }

  private mutating func curve(_ message: inout perfusion_board_Curve, _ model: inout Curve) {
    var inputs = FixedList<33, Double>(filler: 0)
    var outputs = FixedList<33, Double>(filler: 0)
    for index in 0..<min(33, Int(model.count)) {
      inputs.append(model.inputs[index])
      outputs.append(model.outputs[index])
    }
    list(&message.inputs_count, &message.inputs, of: 0.0, &inputs, filler: 0) {
      $0.number(&$1, &$2)
    }
    list(&message.outputs_count, &message.outputs, of: 0.0, &outputs, filler: 0) {
      $0.number(&$1, &$2)
    }
    if inputs.count != outputs.count || inputs.count < 2 { fail(.valueOutOfRange) }
    guard direction == .toModel else { return }
    model.count = Int32(truncatingIfNeeded: inputs.count)
    for index in inputs.indices {
      if index > 0 && !(inputs[index] > inputs[index - 1]) { fail(.valueOutOfRange) }
      model.inputs[index] = inputs[index]
      model.outputs[index] = outputs.element(at: index) ?? 0
    }
  }
}
