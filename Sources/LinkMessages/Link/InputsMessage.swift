internal import CLinkMessages
internal import PerfusionCore

/// Why bytes are not a message of the link.
public enum LinkError: UInt8, Error, Sendable {
  /// The bytes are not protobuf of this kind.
  case malformed
  /// A list holds more elements, or a text more bytes, than there is room for.
  case tooMany
  /// The message does not fit into the room given.
  case noRoom
}

extension SensorSnapshot {
  func fill(_ message: inout perfusion_Inputs, tick: Tick, at: Instant) {
    message.tick = tick.count
    message.time_us = at.microseconds
    var copy = copy self
    var carrier = FrameCarrier(.toMessage, at: at.microseconds)
    carrier.inputs(&message, &copy)
  }

  mutating func take(_ message: inout perfusion_Inputs) {
    var carrier = FrameCarrier(.toModel, at: message.time_us)
    carrier.inputs(&message, &self)
  }
}

extension FrameCarrier {
  mutating func inputs(
    _ message: inout perfusion_Inputs, _ model: inout SensorSnapshot
  ) {
    sites(
      &message.has_pressures, &message.pressures, of: perfusion_NumberReading(),
      &model.pressures, absent: .absent
    ) { $0.reading(&$1, &$2) }
    sites(
      &message.has_flows, &message.flows, of: perfusion_NumberReading(), &model.flows,
      absent: .absent
    ) { $0.reading(&$1, &$2) }
    sites(
      &message.has_temperatures, &message.temperatures, of: perfusion_NumberReading(),
      &model.temperatures, absent: .absent
    ) { $0.reading(&$1, &$2) }
    sites(
      &message.has_air, &message.air, of: perfusion_AirReading(), &model.air,
      absent: Reading(.fluid, takenAt: .start, quality: .absent)
    ) { $0.reading(&$1, &$2) }
    sites(
      &message.has_switches, &message.switches, of: perfusion_SwitchReading(), &model.switches,
      absent: .absent
    ) { $0.reading(&$1, &$2) }
    single(&message.has_reservoir_volume, &message.reservoir_volume, &model.reservoirVolume)
    single(
      &message.has_venous_occluder_opening, &message.venous_occluder_opening,
      &model.venousOccluderOpening)
    supply(&message, &model.supply)
    integer(&message.chips_lost, &model.chipsLost)
    integer(&message.platform_findings, &model.platform.bits)
    integer(&message.civil_time, &model.civilTime)
    pumps(&message, &model)
  }

  private mutating func single<Value: Quantity>(
    _ has: inout Bool, _ message: inout perfusion_NumberReading, _ model: inout Reading<Value>
  ) {
    entry(&has, &message, &model, absent: .absent) { $0.reading(&$1, &$2) }
  }

  private mutating func supply(
    _ message: inout perfusion_Inputs, _ model: inout SupplySignals
  ) {
    single(&message.has_battery_voltage, &message.battery_voltage, &model.batteryVoltage)
    single(&message.has_battery_current, &message.battery_current, &model.batteryCurrent)
    single(&message.has_battery_charge, &message.battery_charge, &model.batteryCharge)
  }

  private mutating func pumps(
    _ message: inout perfusion_Inputs, _ model: inout SensorSnapshot
  ) {
    switch direction {
    case .toMessage:
      var count = 0
      for pump in 0..<8 {
        var wire = perfusion_PumpInputs()
        self.pump(&wire, &model, pump)
        guard wire.isAnyThere else { continue }
        wire.pump = UInt32(pump)
        setElement(&message.pumps, count, wire)
        count += 1
      }
      message.pumps_count = pb_size_t(count)
    case .toModel:
      model.pumps = InlineArray(repeating: .absent)
      model.occlusionGaps = InlineArray(repeating: .absent)
      for index in 0..<min(8, Int(message.pumps_count)) {
        var wire = element(&message.pumps, index, of: perfusion_PumpInputs())
        guard wire.pump < 8 else { continue }
        pump(&wire, &model, Int(wire.pump))
      }
    }
  }

  private mutating func pump(
    _ wire: inout perfusion_PumpInputs, _ model: inout SensorSnapshot, _ pump: Int
  ) {
    var signals = model.pumps[pump]
    var gap = model.occlusionGaps[pump]
    entry(
      &wire.has_rotor, &wire.rotor, &signals.rotor,
      absent: Reading(0, takenAt: .start, quality: .absent)
    ) { $0.reading(&$1, &$2) }
    single(&wire.has_current, &wire.current, &signals.current)
    contact(&wire.has_drive_alive, &wire.drive_alive, &signals.driveAlive)
    contact(&wire.has_drive_fault, &wire.drive_fault, &signals.driveFault)
    contact(
      &wire.has_torque_is_off, &wire.torque_is_off, &signals.torqueIsOff)
    contact(
      &wire.has_cover_is_open, &wire.cover_is_open, &signals.coverIsOpen)
    single(&wire.has_occlusion_gap, &wire.occlusion_gap, &gap)
    model.pumps[pump] = signals
    model.occlusionGaps[pump] = gap
  }

  private mutating func contact(
    _ has: inout Bool, _ message: inout perfusion_SwitchReading, _ model: inout Reading<Bool>
  ) {
    entry(&has, &message, &model, absent: .absent) { $0.reading(&$1, &$2) }
  }
}

extension perfusion_PumpInputs {
  fileprivate var isAnyThere: Bool {
    has_rotor || has_current || has_drive_alive || has_drive_fault || has_torque_is_off
      || has_cover_is_open || has_occlusion_gap
  }
}
