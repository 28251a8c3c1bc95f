/// The cases of an enumeration by the names that they have in the source.
///
/// The names are the identifiers of the board file, the log and the screen.
struct NamedCases: Sendable {
  /// Names in the order of the raw values, which run from 0 without gaps.
  let names: [String]

  /// Lists the cases of an enumeration.
  init<Case: RawRepresentable>(_ type: Case.Type) where Case.RawValue == UInt8 {
    var names: [String] = []
    while names.count < 256, let next = Case(rawValue: UInt8(names.count)) {
      names.append("\(next)")
    }
    self.names = names
  }

  /// Lists made-up names, for example `["off", "on"]`.
  init(names: [String]) { self.names = names }

  /// Raw value of a name.
  func rawValue(_ name: String) -> UInt8? {
    names.firstIndex(of: name).map { UInt8(clamping: $0) }
  }
  /// Name of a raw value.
  func name(_ raw: Double) -> String {
    raw >= 0 && raw < Double(names.count) ? names[Int(raw)] : "?"
  }
}
