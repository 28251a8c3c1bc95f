public import PerfusionCore

/// The vocabulary of observables for one machine (docs/scenarios.md lists it).
struct ObservableNames: Sendable {
  private let byName: [String: Observable]

  init(_ machine: MachineConfiguration) {
    var all = Self.siteReadings() + Self.plainFields() + Self.truths()
    for index in machine.pumps.indices {
      all += Self.pump("\(machine.pumps[index].role)", index)
    }
    byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Every name.
  var names: [String] { byName.keys.sorted() }

  /// The observable of a name, aliases such as `arterial.measuredSpeed` included.
  subscript(name: String) -> Observable? {
    if let found = byName[name] { return found }
    if name.hasSuffix(".measuredSpeed") {
      return byName[name.dropLast("measuredSpeed".count) + "speed"]
    }
    return name == "patientWater.bath" ? byName["patientBathTemperature"] : nil
  }

  private static func siteReadings() -> [Observable] {
    sites(PressureSite.self, .pressure) {
      .pressure($0)
    } quality: {
      .pressureQuality($0)
    }
      + sites(FlowSite.self, .flow) {
        .flow($0)
      } quality: {
        .flowQuality($0)
      }
      + sites(TemperatureSite.self, .temperature) {
        .temperature($0)
      } quality: {
        .temperatureQuality($0)
      }
      + sites(AirSite.self, .word) {
        .air($0)
      } quality: {
        .airQuality($0)
      }
      + sites(SwitchSite.self, .word) {
        .switchState($0)
      } quality: {
        .switchQuality($0)
      }
  }

  private static func sites<Place: Site>(
    _ type: Place.Type, _ dimension: Dimension, reading: (Place) -> ObservableSource,
    quality: (Place) -> ObservableSource
  ) -> [Observable] {
    (0..<Place.count).flatMap { raw -> [Observable] in
      guard let site = Place(rawValue: UInt8(raw)) else { return [] }
      return [
        Observable(
          name: "\(site)", dimension: dimension, source: reading(site),
          words: dimension == .word ? SpokenNames.onOff : nil),
        Observable(
          name: "\(site).quality", dimension: .word, source: quality(site),
          words: SpokenNames.qualities),
      ]
    }
  }

  private static func plainFields() -> [Observable] {
    var all = StatusField.allCases.map {
      Observable(name: $0.rawValue, dimension: $0.dimension, source: .status($0), words: $0.words)
    }
    all += SensorField.allCases.map {
      Observable(
        name: $0.rawValue, dimension: $0.dimension, source: .sensor($0),
        words: $0.dimension == .word ? SpokenNames.qualities : nil)
    }
    all += OutputField.allCases.map {
      Observable(
        name: $0.rawValue, dimension: $0.dimension, source: .output($0),
        words: $0.dimension == .word ? SpokenNames.onOff : nil)
    }
    for circuit in [WaterCircuit.patient, .cardioplegia] {
      all += ThermalField.allCases.map {
        Observable(
          name: "\(circuit)Water.\($0.rawValue)", dimension: $0.dimension,
          source: .thermal(circuit, $0), words: $0.words)
      }
    }
    return all + numbered()
  }

  private static func numbered() -> [Observable] {
    var all: [Observable] = (0..<TimerID.count).compactMap { raw in
      TimerID(rawValue: UInt8(raw)).map {
        Observable(name: "timer.\($0)", dimension: .time, source: .timer($0), words: nil)
      }
    }
    all += (0..<ChecklistItem.count).compactMap { raw in
      ChecklistItem(rawValue: UInt8(raw)).map {
        Observable(
          name: "checklist.\($0)", dimension: .word, source: .checklist($0),
          words: SpokenNames.onOff)
      }
    }
    all += (1...AlarmID.highest).map { number in
      Observable(
        name: "alarm." + alarmName(AlarmID(number)), dimension: .word,
        source: .alarm(AlarmID(number)), words: SpokenNames.onOff)
    }
    return all
  }

  private static func truths() -> [Observable] {
    var all = TruthField.allCases.map {
      Observable(name: $0.rawValue, dimension: $0.dimension, source: .truth($0), words: nil)
    }
    all += BoardTruthField.allCases.map {
      Observable(
        name: $0.rawValue, dimension: $0.dimension, source: .boardTruth($0),
        words: $0.dimension == .word ? SpokenNames.onOff : nil)
    }
    all += trueSites(PressureSite.self, .pressure) { .truePressure($0) }
    all += trueSites(FlowSite.self, .flow) { .trueFlow($0) }
    all += trueSites(TemperatureSite.self, .temperature) { .trueTemperature($0) }
    all += trueSites(AirSite.self, .word) { .trueAir($0) }
    return all
  }

  private static func trueSites<Place: Site>(
    _ type: Place.Type, _ dimension: Dimension, _ source: (Place) -> ObservableSource
  ) -> [Observable] {
    (0..<Place.count).compactMap { raw in
      Place(rawValue: UInt8(raw)).map {
        Observable(
          name: "true.\($0)", dimension: dimension, source: source($0),
          words: dimension == .word ? SpokenNames.onOff : nil)
      }
    }
  }

  private static func pump(_ role: String, _ index: Int) -> [Observable] {
    PumpField.allCases.map {
      Observable(
        name: "\(role).\($0.rawValue)", dimension: $0.dimension, source: .pump(index, $0),
        words: $0.words)
    } + [
      Observable(
        name: "true.\(role).flow", dimension: .flow, source: .truePumpFlow(index), words: nil),
      Observable(
        name: "true.\(role).speed", dimension: .speed, source: .truePumpSpeed(index), words: nil),
    ]
  }
}

/// `AL-05`.
public func alarmName(_ alarm: AlarmID) -> String { "AL-" + padded(Int(alarm.number), to: 2) }
