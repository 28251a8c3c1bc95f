/// A unit that a person may write, with what it is worth in the base unit of its kind.
struct UnitName: Sendable {
  let text: String
  let factor: Double
  init(_ text: String, _ factor: Double = 1) {
    self.text = text
    self.factor = factor
  }
}

/// A kind of quantity with the units it may be written in; the first one is the base unit.
struct UnitKind: Sendable {
  let name: String
  let units: [UnitName]
  /// The unit that people use most, for advice.
  let usual: String
  /// Ranges are written in the unit that suits them, not in the base unit.
  let isScaled: Bool

  init(name: String, units: [UnitName], usual: String? = nil, isScaled: Bool = false) {
    self.name = name
    self.units = units
    self.usual = usual ?? units.first?.text ?? ""
    self.isScaled = isScaled
  }

  var base: String { units.first?.text ?? "" }

  /// What one of a unit is worth in the base unit.
  func factor(_ unit: String) -> Double? { units.first { $0.text == unit }?.factor }

  /// A value in the base unit of the model, as a person would write it in the first unit.
  func text(_ value: Double) -> String {
    "\(NumberText.text(value / (units.first?.factor ?? 1))) \(base)"
  }
}

extension UnitKind {
  static let pressure = UnitKind(
    name: "pressure",
    units: [
      UnitName("mmHg"), UnitName("kPa", 7.500615758), UnitName("cmH2O", 0.7355591),
      UnitName("psi", 51.71492510),
    ])
  static let flow = UnitKind(
    name: "flow", units: [UnitName("L/min"), UnitName("ml/min", 0.001), UnitName("ml/s", 0.06)])
  static let volume = UnitKind(name: "volume", units: [UnitName("ml"), UnitName("L", 1000)])
  static let liters = UnitKind(name: "volume", units: [UnitName("L"), UnitName("ml", 0.001)])
  static let speed = UnitKind(name: "speed", units: [UnitName("rpm")])
  static let acceleration = UnitKind(name: "acceleration", units: [UnitName("rpm/s")])
  static let time = UnitKind(
    name: "time",
    units: [
      UnitName("s"), UnitName("ms", 0.001), UnitName("us", 0.000001), UnitName("min", 60),
      UnitName("h", 3600), UnitName("d", 86_400),
    ], usual: "ms", isScaled: true)
  static let temperature = UnitKind(name: "temperature", units: [UnitName("degC")])
  static let temperatureDifference = UnitKind(
    name: "temperature difference", units: [UnitName("K")])
  static let temperatureRate = UnitKind(
    name: "rate of temperature", units: [UnitName("K/min"), UnitName("K/s", 60)])
  static let voltage = UnitKind(name: "voltage", units: [UnitName("V"), UnitName("mV", 0.001)])
  static let current = UnitKind(name: "current", units: [UnitName("A"), UnitName("mA", 0.001)])
  static let charge = UnitKind(name: "charge", units: [UnitName("Ah"), UnitName("mAh", 0.001)])
  static let power = UnitKind(name: "power", units: [UnitName("W"), UnitName("kW", 1000)])
  static let resistance = UnitKind(
    name: "resistance",
    units: [UnitName("ohm"), UnitName("mohm", 0.001), UnitName("kohm", 1000)], isScaled: true)
  static let strokeVolume = UnitKind(name: "stroke volume", units: [UnitName("ml/rev")])
  static let leak = UnitKind(name: "leak", units: [UnitName("ml/min/mmHg")])
  static let millimeters = UnitKind(
    name: "length", units: [UnitName("mm"), UnitName("cm", 10), UnitName("m", 1000)])
  static let centimeters = UnitKind(
    name: "length", units: [UnitName("cm"), UnitName("mm", 0.1), UnitName("m", 100)])
  static let frequency = UnitKind(
    name: "frequency", units: [UnitName("Hz"), UnitName("kHz", 1000), UnitName("MHz", 1_000_000)],
    usual: "kHz", isScaled: true)
  static let fraction = UnitKind(name: "share", units: [UnitName("%", 0.01)])
  static let capacitance = UnitKind(name: "capacitance", units: [UnitName("pF")])
  static let conductance = UnitKind(name: "heat conductance", units: [UnitName("W/K")])
  static let area = UnitKind(name: "body surface area", units: [UnitName("m2")])
  static let headPerSpeed = UnitKind(name: "head coefficient", units: [UnitName("mmHg/rpm2")])
  static let headPerFlow = UnitKind(
    name: "head coefficient", units: [UnitName("mmHg/(L/min)2")])
  static let counts = UnitKind(name: "angle", units: [UnitName("counts")])
  static let state = UnitKind(name: "two-state signal", units: [UnitName("(0 or 1)")])
}
