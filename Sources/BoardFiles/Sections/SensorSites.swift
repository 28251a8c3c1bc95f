internal import ChipDrivers
internal import PerfusionCore

/// What a sensor of a name measures: its site, the kind of its quantity and the units of that.
struct SensorFacts: Sendable {
  let name: String
  let site: SensorSite
  /// The word after `quantity:`.
  let quantity: String
  /// The units of its value; nothing for a two-state input.
  let kind: UnitKind?

  var isTwoState: Bool { kind == nil }
}

extension SensorFacts {
  /// Every sensor that a board may have beside those of its pumps; names are the cases of the
  /// sites.
  static let sites: [SensorFacts] =
    names(PressureSite.self).map {
      SensorFacts(name: $0.0, site: .pressure($0.1), quantity: "pressure", kind: .pressure)
    }
    + names(FlowSite.self).map {
      SensorFacts(name: $0.0, site: .flow($0.1), quantity: "flow", kind: .flow)
    }
    + names(TemperatureSite.self).map {
      SensorFacts(
        name: $0.0, site: .temperature($0.1), quantity: "temperature", kind: .temperature)
    }
    + names(AirSite.self).map {
      SensorFacts(name: $0.0, site: .air($0.1), quantity: "air", kind: nil)
    }
    + names(SwitchSite.self).map {
      SensorFacts(name: $0.0, site: .switchInput($0.1), quantity: "switch", kind: nil)
    }
    + [
      SensorFacts(
        name: "reservoirVolume", site: .reservoirVolume, quantity: "volume", kind: .volume),
      SensorFacts(
        name: "venousOccluderOpening", site: .venousOccluderOpening, quantity: "opening",
        kind: .fraction),
      SensorFacts(
        name: "batteryVoltage", site: .batteryVoltage, quantity: "voltage", kind: .voltage),
      SensorFacts(
        name: "batteryCurrent", site: .batteryCurrent, quantity: "current", kind: .current),
      SensorFacts(
        name: "batteryCharge", site: .batteryCharge, quantity: "charge", kind: .charge),
    ]

  /// The cases of a site type with their names.
  static func names<Place: Site>(_ type: Place.Type) -> [(String, Place)] {
    (0..<Place.count).compactMap { index in
      Place(rawValue: UInt8(index)).map { ("\($0)", $0) }
    }
  }
}
