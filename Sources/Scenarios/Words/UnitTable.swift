/// A unit that may stand behind a number.
struct UnitOfMeasure: Sendable {
  /// How it is written.
  let text: String
  /// What it measures.
  let dimension: Dimension
  /// Base units in one of it.
  let factor: Double
}

/// The units that case files know.
enum UnitTable {
  static let rows: [UnitOfMeasure] = [
    UnitOfMeasure(text: "mmHg", dimension: .pressure, factor: 1),
    UnitOfMeasure(text: "L/min", dimension: .flow, factor: 1),
    UnitOfMeasure(text: "ml/min", dimension: .flow, factor: 0.001),
    UnitOfMeasure(text: "degC", dimension: .temperature, factor: 1),
    UnitOfMeasure(text: "K", dimension: .temperatureDifference, factor: 1),
    UnitOfMeasure(text: "ml", dimension: .volume, factor: 1),
    UnitOfMeasure(text: "L", dimension: .volume, factor: 1000),
    UnitOfMeasure(text: "rpm", dimension: .speed, factor: 1),
    UnitOfMeasure(text: "us", dimension: .time, factor: 1e-6),
    UnitOfMeasure(text: "ms", dimension: .time, factor: 0.001),
    UnitOfMeasure(text: "s", dimension: .time, factor: 1),
    UnitOfMeasure(text: "min", dimension: .time, factor: 60),
    UnitOfMeasure(text: "h", dimension: .time, factor: 3600),
    UnitOfMeasure(text: "%", dimension: .fraction, factor: 0.01),
    UnitOfMeasure(text: "ml/rev", dimension: .strokeVolume, factor: 1),
    UnitOfMeasure(text: "A", dimension: .current, factor: 1),
    UnitOfMeasure(text: "mA", dimension: .current, factor: 0.001),
    UnitOfMeasure(text: "V", dimension: .voltage, factor: 1),
    UnitOfMeasure(text: "Ah", dimension: .charge, factor: 1),
    UnitOfMeasure(text: "W", dimension: .power, factor: 1),
    UnitOfMeasure(text: "kW", dimension: .power, factor: 1000),
    UnitOfMeasure(text: "/min", dimension: .rate, factor: 1),
  ]

  static func row(_ text: String) -> UnitOfMeasure? { rows.first { $0.text == text } }
}
