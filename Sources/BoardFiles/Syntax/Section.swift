internal import PerfusionCore
internal import Yams

/// A mapping of the file. Asking for a key makes it known; `finish` reports all others.
final class Section {
  let what: String
  let place: Place
  let diagnostics: Diagnostics
  private let pairs: [(key: String, place: Place, value: Node)]
  private var known: [String] = []

  /// Takes a field apart; reports it and gives nothing when it is no mapping.
  init?(_ field: Field, what: String) {
    guard case .mapping(let mapping) = field.node else {
      field.fail("\(field.name) is \(field.shape), not a mapping", "write 'key: value' lines")
      return nil
    }
    self.what = what
    place = field.place
    diagnostics = field.diagnostics
    pairs = mapping.map { pair in (pair.key.string ?? "", Place(pair.key), pair.value) }
  }

  /// Every key as it is written, with its value.
  var entries: [(key: String, place: Place, field: Field)] {
    pairs.map { ($0.key, $0.place, Field(name: $0.key, node: $0.value, diagnostics: diagnostics)) }
  }

  /// A key that may be left out.
  func field(_ key: String) -> Field? {
    if !known.contains(key) { known.append(key) }
    guard let pair = pairs.first(where: { $0.key == key }) else { return nil }
    return Field(name: key, node: pair.value, diagnostics: diagnostics)
  }

  /// A key that must be there.
  func required(_ key: String, _ advice: String) -> Field? {
    if let field = field(key) { return field }
    diagnostics.error(place, "\(what) has no '\(key)'", advice)
    return nil
  }

  /// Where the value of a key stands, or the section when the key is left out.
  func place(of key: String) -> Place {
    pairs.first { $0.key == key }.map { Place($0.value) } ?? place
  }

  func has(_ key: String) -> Bool { pairs.contains { $0.key == key } }

  /// A mapping inside.
  func section(_ key: String, what: String) -> Section? {
    field(key).flatMap { Section($0, what: what) }
  }

  /// Reports every key that nobody asked for.
  func finish() {
    for pair in pairs where !known.contains(pair.key) {
      let advice =
        Nearest.word(to: pair.key, among: known).map { "the nearest known key is '\($0)'" }
        ?? "the known keys are \(known.alternatives)"
      diagnostics.error(pair.place, "\(what) has the unknown key '\(pair.key)'", advice)
    }
  }
}

extension Section {
  /// Reads a quantity into its place in the model, which keeps its default when the key is left
  /// out.
  func read<Kind: Measured>(_ key: String, _ model: inout Kind, _ range: ClosedRange<Double>) {
    if let value = field(key)?.quantity(Kind.self, range) { model = value }
  }

  func read(_ key: String, _ model: inout Double, _ kind: UnitKind, _ range: ClosedRange<Double>) {
    if let value = field(key)?.amount(kind, range) { model = value }
  }

  func read(_ key: String, _ model: inout Double, _ range: ClosedRange<Double>) {
    if let value = field(key)?.number(range) { model = value }
  }

  /// Reports two limits that stand the wrong way round.
  func order<Kind: Measured>(
    _ lower: (key: String, value: Kind), below upper: (key: String, value: Kind)
  ) {
    guard !(lower.value < upper.value), has(lower.key) || has(upper.key) else { return }
    let key = has(lower.key) ? lower.key : upper.key
    diagnostics.error(
      place(of: key),
      "\(lower.key) (\(Kind.units.text(lower.value.base))) is not below "
        + "\(upper.key) (\(Kind.units.text(upper.value.base)))",
      "write \(lower.key) below \(upper.key)")
  }
}
