internal import ChipDrivers

/// One channel of a part: the unit its values have, and the span they can take.
struct ChannelFacts: Sendable {
  let kind: UnitKind
  /// The unit a person writes for the channel value.
  let unit: String
  /// What a channel value of one is worth in the base unit of its kind.
  let factor: Double
  /// Least and greatest channel value.
  let span: ClosedRange<Double>

  init(_ kind: UnitKind, _ unit: String, _ span: ClosedRange<Double>) {
    self.kind = kind
    self.unit = unit
    factor = kind.factor(unit) ?? 1
    self.span = span
  }

  /// A duty, whose channel value is a share of one.
  static var duty: ChannelFacts { ChannelFacts(duty: 0...1) }

  private init(duty span: ClosedRange<Double>) {
    kind = .fraction
    unit = "%"
    factor = 1
    self.span = span
  }
}

/// What the board file must know of a part: docs/domain.md 10.1 and the data sheets.
struct PartFacts: Sendable {
  /// The name in the board file.
  let name: String
  /// The addresses that its pins or its order code allow.
  let addresses: [UInt8]
  /// The least time between two visits: a conversion, in seconds.
  let shortestPeriod: Double
  /// The time between two visits when the file does not say, in seconds.
  let usualPeriod: Double
  /// Reads the settings of the part from its chip's section.
  let read: @Sendable (Section) -> ChipPart?

  init(
    _ name: String, _ addresses: [UInt8], shortest: Double = 0.001, usual: Double,
    read: @escaping @Sendable (Section) -> ChipPart?
  ) {
    self.name = name
    self.addresses = addresses
    shortestPeriod = shortest
    usualPeriod = usual
    self.read = read
  }

  /// The addresses as a person would write them.
  var writtenAddresses: String {
    guard let first = addresses.first, let last = addresses.last, addresses.count > 1 else {
      return addresses.first.map(PartFacts.hex) ?? "none"
    }
    let isRun = Int(last) - Int(first) == addresses.count - 1
    return isRun
      ? "\(PartFacts.hex(first)) to \(PartFacts.hex(last))"
      : addresses.map(PartFacts.hex).alternatives
  }

  static func hex(_ address: UInt8) -> String {
    "0x" + (address < 16 ? "0" : "") + String(address, radix: 16, uppercase: true)
  }
}
