/// What redundant measures say about each other; one bit each.
///
/// No `OptionSet`: its literals are arrays, and the core allocates none.
struct Relations: BitwiseCopyable, Equatable, Sendable {
  var rawValue: UInt32
  init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Nothing is violated.
  static var none: Relations { Relations(rawValue: 0) }
  var isEmpty: Bool { rawValue == 0 }
  static func | (left: Relations, right: Relations) -> Relations {
    Relations(rawValue: left.rawValue | right.rawValue)
  }
  mutating func insert(_ other: Relations) { rawValue |= other.rawValue }
  func isSuperset(of other: Relations) -> Bool { rawValue & other.rawValue == other.rawValue }
  func isDisjoint(with other: Relations) -> Bool { rawValue & other.rawValue == 0 }

  /// Probe and rotor are apart.
  static var flow: Relations { Relations(rawValue: 1) }
  /// They are, and only the rotor fits the pressures.
  static var rotorFits: Relations { Relations(rawValue: 1 << 1) }
  /// They are, and only the probe fits the pressures.
  static var probeFits: Relations { Relations(rawValue: 1 << 2) }
  /// The drop over the oxygenator is more, or less, than the flow makes.
  static var dropHigh: Relations { Relations(rawValue: 1 << 3) }
  static var dropLow: Relations { Relations(rawValue: 1 << 4) }
  /// The drop has the wrong sign and is about as large as it should be.
  static var dropReversed: Relations { Relations(rawValue: 1 << 5) }
  /// The drop from line to patient is more, or less, than the flow makes.
  static var returnHigh: Relations { Relations(rawValue: 1 << 6) }
  static var returnLow: Relations { Relations(rawValue: 1 << 7) }
  /// The patient's pressure moved by what is wrong with the return, the line's did not.
  static var patientMoved: Relations { Relations(rawValue: 1 << 8) }
  /// The pump inlet lies higher, or lower, than the flow makes.
  static var inletHigh: Relations { Relations(rawValue: 1 << 9) }
  static var inletLow: Relations { Relations(rawValue: 1 << 10) }
  /// The head of a centrifugal pump is more, or less, than speed and flow make.
  static var headHigh: Relations { Relations(rawValue: 1 << 11) }
  static var headLow: Relations { Relations(rawValue: 1 << 12) }
  /// All drops of the circuit are less, or more, than the probe's flow makes, in proportion.
  static var allLow: Relations { Relations(rawValue: 1 << 13) }
  static var allHigh: Relations { Relations(rawValue: 1 << 14) }
  /// The drop from line to patient is on its way to being wrong.
  static var returnLeans: Relations { Relations(rawValue: 1 << 15) }
  /// The venous pressure moved by what is wrong with the inlet, the inlet did not.
  static var centralMoved: Relations { Relations(rawValue: 1 << 16) }
}

/// Which relations name which cause: the first row whose relations all hold and of whose excluded
/// ones none does.
struct CauseRow: BitwiseCopyable, Sendable {
  var needs: Relations
  var excludes: Relations
  var cause: CommonCause

  init(_ cause: CommonCause, _ needs: Relations, not excludes: Relations = .none) {
    self.cause = cause
    self.needs = needs
    self.excludes = excludes
  }

  /// How many rows there are.
  static var count: Int { 22 }

  /// The table, the more special before the more general.
  static func row(_ index: Int) -> CauseRow? {
    switch index {
    case 0: CauseRow(.flowProbe, .flow | .rotorFits)
    case 1: CauseRow(.pressuresExchanged, .dropReversed | .returnHigh)
    case 2: CauseRow(.pressuresExchanged, .dropReversed | .returnLow)
    case 3: CauseRow(.linePressure, .dropLow | .returnHigh)
    case 4: CauseRow(.linePressure, .dropHigh | .returnLow, not: .probeFits)
    case 5: CauseRow(.preOxygenatorPressure, .dropHigh | .headHigh, not: .inletLow)
    case 6: CauseRow(.preOxygenatorPressure, .dropLow | .headLow, not: .inletHigh)
    case 7: CauseRow(.inletPressure, .inletLow | .headHigh, not: .dropHigh | .returnHigh)
    case 8: CauseRow(.inletPressure, .inletHigh | .headLow, not: .dropLow | .returnLow)
    case 9: CauseRow(.flowProbe, .allLow)
    case 10: CauseRow(.flowProbe, .allHigh)
    case 11: CauseRow(.pumpHead, .flow | .probeFits)
    case 12: CauseRow(.flowDisagreement, .flow)
    case 13: CauseRow(.patientPressure, .returnHigh | .patientMoved)
    case 14: CauseRow(.patientPressure, .returnLow | .patientMoved)
    case 15: CauseRow(.venousPressure, .centralMoved)
    case 16: CauseRow(.inletPressure, .inletHigh, not: .dropLow | .returnLow | .headHigh)
    case 17: CauseRow(.preOxygenatorPressure, .dropLow, not: .returnLeans)
    case 18: CauseRow(.leak, .returnLow, not: .dropHigh | .dropLow)
    case 19: CauseRow(.returnObstruction, .returnHigh, not: .dropHigh | .dropLow)
    case 20: CauseRow(.oxygenator, .dropHigh, not: .returnLeans)
    case 21: CauseRow(.drainage, .inletLow, not: .headHigh)
    default: nil
    }
  }

  /// The cause that the relations point to.
  static func cause(_ relations: Relations) -> CommonCause {
    guard !relations.isEmpty else { return .none }
    for index in 0..<count {
      guard let row = row(index) else { continue }
      let fits = relations.isSuperset(of: row.needs)
      if fits && relations.isDisjoint(with: row.excludes) { return row.cause }
    }
    return .none
  }
}
