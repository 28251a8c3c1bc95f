internal import CLinkMessages
internal import PerfusionCore

extension Carrier {
  /// The pumps with their rows of the response matrix.
  mutating func pumps(
    _ message: inout perfusion_board_Machine, _ model: inout MachineConfiguration
  ) {
    var pumps = model.pumps
    var matrix = model.responses
    var row = 0
    list(
      &message.pumps_count, &message.pumps, of: perfusion_board_Pump(), &pumps,
      filler: PumpConfiguration()
    ) { carrier, wire, pump in
      carrier.pump(&wire, &pump)
      carrier.responses(&wire, &matrix, row)
      row += 1
    }
    model.pumps = pumps
    model.responses = matrix
    for index in pumps.indices where !followsExistingPump(pumps[index], among: pumps.count) {
      fail(.valueOutOfRange)
    }
  }

  private func followsExistingPump(_ pump: PumpConfiguration, among count: Int) -> Bool {
    pump.followsPump < count && Int(pump.stopsWithPumps) < 1 << count
  }

  private mutating func pump(
    _ message: inout perfusion_board_Pump, _ model: inout PumpConfiguration
  ) {
    choice(&message.role, &model.role)
    choice(&message.kind, &model.kind)
    quantity(&message.maximum_speed, &model.maximumSpeed, 1...10_000)
    quantity(&message.slew_up, &model.slewUp, 1...10_000)
    quantity(&message.slew_down, &model.slewDown, 1...10_000)
    choice(&message.rotor_sensor, &model.rotorSensor)
    number(&message.counts_per_revolution, &model.countsPerRevolution, 1...1_000_000)
    integer(&message.follows_pump, &model.followsPump, -1...7)
    number(&message.ratio, &model.ratio, 0.0625...16)
    integer(&message.stops_with_pumps, &model.stopsWithPumps, 0...255)
    flag(&message.draws_from_arterial_line, &model.drawsFromArterialLine)
    quantity(&message.maximum_flow, &model.maximumFlow, 0...20)
    quantity(&message.regulate_pressure, &model.regulatePressure, 0...450)
    quantity(&message.stop_pressure, &model.stopPressure, 0...450)
    var site = model.outletPressure.rawValue
    integer(&message.outlet_pressure, &site, 0...PressureSite.count - 1)
    model.outletPressure = PressureSite(rawValue: site) ?? .arterialLinePressure
    flag(&message.has_pressure_limit, &model.hasPressureLimit)
    presence(&message.has_roller)
    roller(&message.roller, &model.roller)
    presence(&message.has_centrifugal)
    centrifugal(&message.centrifugal, &model.centrifugal)
  }

  private mutating func roller(
    _ message: inout perfusion_board_RollerHead, _ model: inout RollerHead
  ) {
    var tube = model.tube.rawValue
    integer(&message.tube, &tube, 0...TubeSize.count - 1)
    model.tube = TubeSize(rawValue: tube) ?? .half
    number(&message.raceway, &model.racewayMillimeters, 10...500)
    quantity(&message.stroke_volume, &model.strokeVolume, 0.1...200)
    integer(&message.rollers, &model.rollers, 1...8)
    quantity(&message.leak, &model.leak, 0...10)
    flag(&message.has_occlusion_actuator, &model.hasOcclusionActuator)
    quantity(&message.typical_current, &model.typicalCurrent, 0...100)
  }

  private mutating func centrifugal(
    _ message: inout perfusion_board_CentrifugalHead, _ model: inout CentrifugalHead
  ) {
    number(&message.head_per_speed_squared, &model.headPerSpeedSquared, 1e-9...1)
    number(&message.head_per_flow_squared, &model.headPerFlowSquared, 0...100)
    quantity(&message.idle_speed, &model.idleSpeed, 0...10_000)
    number(&message.floor_margin, &model.floorMargin, 1...3)
    quantity(&message.hold_margin, &model.holdMargin, 0...10_000)
    quantity(&message.typical_current, &model.typicalCurrent, 0...100)
    quantity(&message.typical_current_speed, &model.typicalCurrentSpeed, 1...10_000)
  }

  private mutating func responses(
    _ message: inout perfusion_board_Pump, _ model: inout ResponseMatrix, _ pump: Int
  ) {
    var row = FixedList<10, UInt8>(filler: 0)
    for event in 0..<CircuitEvent.linkedCount {
      if let event = CircuitEvent(rawValue: UInt8(truncatingIfNeeded: event)) {
        row.append(model[pump, event].rawValue)
      }
    }
    list(
      &message.responses_count, &message.responses, of: perfusion_board_Response(rawValue: 0),
      &row, filler: 0
    ) { carrier, wire, response in
      carrier.response(&wire, &response)
    }
    if row.count != CircuitEvent.linkedCount { fail(.malformed) }
    for index in row.indices {
      guard let event = CircuitEvent(rawValue: UInt8(truncatingIfNeeded: index)),
        let response = Response(rawValue: row[index])
      else { continue }
      model[pump, event] = response
    }
  }

  private mutating func response(_ message: inout perfusion_board_Response, _ model: inout UInt8) {
    var response = Response(rawValue: model) ?? .none
    choice(&message, &response)
    model = response.rawValue
  }
}
