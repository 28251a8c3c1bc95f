internal import PerfusionCore

/// One reading as text.
struct ReadingColumn {
  /// The field of proto/blackbox.proto, such as `arterial_line_pressure` or `pump_0.rotor`.
  var name: String
  var value: String
  /// When it was taken, microseconds since start-up.
  var takenAt: Int64
  var quality: Quality
}

extension SensorSnapshot {
  /// All readings, in the order of the fields.
  var columns: [ReadingColumn] {
    var list: [ReadingColumn] = []
    func add<Value>(_ name: String, _ reading: Reading<Value>, _ text: (Value) -> String) {
      list.append(
        ReadingColumn(
          name: name, value: text(reading.value), takenAt: reading.takenAt.microseconds,
          quality: reading.quality))
    }
    func add<Value: Quantity>(_ name: String, _ reading: Reading<Value>) {
      add(name, reading) { "\($0.base)" }
    }
    func add(_ name: String, _ reading: Reading<Bool>) { add(name, reading) { $0 ? "1" : "0" } }
    add("reservoir_volume", reservoirVolume)
    add("venous_occluder_opening", venousOccluderOpening)
    add("battery_voltage", supply.batteryVoltage)
    add("battery_current", supply.batteryCurrent)
    add("battery_charge", supply.batteryCharge)
    for site in PressureSite.all { add(snakeCase("\(site)"), pressures[site]) }
    for site in FlowSite.all { add(snakeCase("\(site)"), flows[site]) }
    for site in TemperatureSite.all { add(snakeCase("\(site)"), temperatures[site]) }
    for site in AirSite.all {
      add(snakeCase("\(site)"), air[site]) {
        "\($0.airNow ? 1 : 0) \($0.longestAir) \($0.selfTestPassed ? 1 : 0)"
      }
    }
    for site in SwitchSite.all { add(snakeCase("\(site)"), switches[site]) }
    for pump in 0..<8 {
      let signals = pumps[pump]
      add("pump_\(pump).rotor", signals.rotor) { "\($0)" }
      add("pump_\(pump).current", signals.current)
      add("pump_\(pump).drive_alive", signals.driveAlive)
      add("pump_\(pump).drive_fault", signals.driveFault)
      add("pump_\(pump).torque_is_off", signals.torqueIsOff)
      add("pump_\(pump).cover_is_open", signals.coverIsOpen)
      add("occlusion_gap_\(pump)", occlusionGaps[pump])
    }
    return list
  }
}

extension Site {
  /// All places of the kind.
  static var all: [Self] { (0..<UInt8(count)).compactMap { Self(rawValue: $0) } }
}

/// `arterialLinePressure` as `arterial_line_pressure`.
func snakeCase(_ name: String) -> String {
  var text = ""
  for letter in name {
    if letter.isUppercase { text += "_" }
    text += letter.lowercased()
  }
  return text
}
