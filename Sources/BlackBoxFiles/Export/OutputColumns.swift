public import PerfusionCore

/// One named value as text; numbers have all their digits.
public struct SignalColumn: Sendable, Equatable {
  /// The field of proto/blackbox.proto, such as `drive_0.speed`.
  public var name: String
  /// Its value.
  public var value: String
}

/// What controller and board tell each other, as named columns.
public enum SignalColumns {
  /// What the board is told.
  public static func outputs(_ told: ActuatorCommands) -> [SignalColumn] {
    var columns: [SignalColumn] = []
    func add(_ name: String, _ value: Double) {
      columns.append(SignalColumn(name: name, value: "\(value)"))
    }
    func add(_ name: String, _ value: Bool) {
      columns.append(SignalColumn(name: name, value: value ? "1" : "0"))
    }
    add("open_arterial_clamp", told.openArterialClamp)
    add("venous_occluder", told.venousOccluder.base)
    add("test_air_detectors", told.testAirDetectors)
    add("stroke_watchdog", told.strokeWatchdog)
    add("is_adopting", told.isAdopting)
    add("buzzer", told.alarm.buzzer)
    add("red", told.alarm.red)
    add("yellow", told.alarm.yellow)
    add("cyan", told.alarm.cyan)
    for (name, water) in [
      ("patient_water", told.patientWater), ("cardioplegia_water", told.cardioplegiaWater),
    ] {
      add("\(name).pump", water.pump)
      add("\(name).heater", water.heater)
      add("\(name).heater_contactor", water.heaterContactor)
      add("\(name).chiller", water.chiller)
    }
    for pump in 0..<8 {
      let drive = told.drives[pump]
      add("drive_\(pump).speed", drive.speed.base)
      add("drive_\(pump).is_reversed", drive.isReversed)
      add("drive_\(pump).is_enabled", drive.isEnabled)
      add("drive_\(pump).remove_torque", drive.removeTorque)
      add("occlusion_gap_\(pump)", told.occlusionGaps[pump].base)
    }
    return columns
  }
}
