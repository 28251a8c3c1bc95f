internal import ChipDrivers

/// Reads the settings that single parts have.
enum PartSettings {
  static func ads1115(_ section: Section) -> ChipPart? {
    let fullScales: [(String, Double)] = [
      ("6.144 V", 6.144), ("4.096 V", 4.096), ("2.048 V", 2.048), ("1.024 V", 1.024),
      ("512 mV", 0.512), ("0.512 V", 0.512), ("256 mV", 0.256), ("0.256 V", 0.256),
    ]
    let list = section.required(
      "channels", "write the inputs that are wired, for example 'channels: [0, 1]'")
    let scale = section.required("fullScale", "write for example 'fullScale: 4.096 V'")
    guard let fields = list?.list("channel"), let fullScale = scale?.choice(fullScales) else {
      return nil
    }
    var channels: UInt8 = 0
    for field in fields {
      guard let channel = field.integer(0...3) else { return nil }
      if channels & 1 << channel != 0 {
        field.fail("channel \(channel) is listed twice", "list each channel once")
      }
      channels |= 1 << UInt8(channel)
    }
    guard channels != 0 else {
      list?.fail("channels is empty", "list at least one of 0, 1, 2 and 3")
      return nil
    }
    return .ads1115(channels: channels, fullScale: fullScale)
  }

  static func range(_ section: Section) -> ClosedRange<Double>? {
    section.required(
      "range", "write the pressures at 10 % and 90 % counts, for example 'range: [0 psi, 5 psi]'")?
      .span(.pressure)
  }

  static func nau7802(_ section: Section) -> ChipPart? {
    let gains = [1, 2, 4, 8, 16, 32, 64, 128].map { (String($0), UInt8($0)) }
    return section.required("gain", "write a power of two from 1 to 128")?.choice(gains)
      .map { .nau7802(gain: $0) }
  }

  /// Counts per ml/min (docs/domain.md 10.1).
  static let flowSensors: [(String, Double)] = [
    ("0600F", 10_000), ("1300F", 500), ("4000B", 32),
  ]

  static func slf3s(_ section: Section) -> ChipPart? {
    section.required("model", "write 0600F, 1300F or 4000B")?.choice(flowSensors)
      .map { .slf3s(scale: $0) }
  }

  static func pca9685(_ section: Section) -> ChipPart? {
    section.required("frequency", "write for example 'frequency: 200 Hz'")?
      .amount(.frequency, 24...1526).map { .pca9685(frequency: $0) }
  }

  static func reference(_ section: Section) -> Double? {
    section.required("reference", "write the supply or reference voltage, for example '5 V'")?
      .amount(.voltage, 1...5.5)
  }

  static func shunt(_ section: Section) -> (shunt: Double, current: Double)? {
    let shunt = section.required("shunt", "write the resistor, for example 'shunt: 10 mohm'")?
      .amount(.resistance, 0.00001...1)
    let current = section.required(
      "maximumCurrent", "write the largest current, for example 'maximumCurrent: 10 A'")
    guard let shunt, let field = current, let amperes = field.amount(.current, 0.001...1000)
    else { return nil }
    guard shunt * amperes <= 0.08192 else {
      field.fail(
        "maximumCurrent \(NumberText.text(amperes)) A over \(NumberText.text(shunt)) ohm is "
          + "\(NumberText.text(shunt * amperes * 1000)) mV, more than the 81.92 mV of the part",
        "write a smaller shunt or a smaller current")
      return nil
    }
    return (shunt, amperes)
  }
}
