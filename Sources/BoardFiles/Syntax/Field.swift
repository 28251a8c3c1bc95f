internal import PerfusionCore
internal import Yams

/// One value of the file with the name it has there; every way of reading it reports what is
/// wrong and then gives nothing.
struct Field {
  let name: String
  let node: Node
  let diagnostics: Diagnostics

  var place: Place { Place(node) }

  func fail(_ problem: String, _ advice: String) { diagnostics.error(place, problem, advice) }

  /// A plain text.
  func text() -> String? {
    guard case .scalar(let scalar) = node, !scalar.string.trimmed.isEmpty else {
      fail("\(name) is \(shape), not a text", "write one word or one line")
      return nil
    }
    return scalar.string.trimmed
  }

  /// A name of at most 47 bytes.
  func identifier() -> String? {
    guard let text = text() else { return nil }
    guard text.utf8.count <= 47, !text.contains(where: \.isWhitespace) else {
      fail("\(name) '\(text)' is no identifier", "write at most 47 bytes without blanks")
      return nil
    }
    return text
  }

  /// A name that may hold blanks, as those of GPIO lines do.
  func lineName() -> String? {
    guard let text = text() else { return nil }
    guard text.utf8.count <= 47 else {
      fail("\(name) '\(text)' is too long", "write at most 47 bytes")
      return nil
    }
    return text
  }

  /// One word of a table.
  func choice<Value>(_ table: [(String, Value)]) -> Value? {
    guard let text = text() else { return nil }
    if let found = table.first(where: { $0.0 == text }) { return found.1 }
    failUnknown("\(name)", text, among: table.map(\.0))
    return nil
  }

  /// Reports a word that is not in a list, with the nearest one that is.
  func failUnknown(_ what: String, _ word: String, among words: [String]) {
    let problem = "\(what) '\(word)' is not known"
    if words.isEmpty {
      fail(problem, "there is none to name yet")
    } else if let nearest = Nearest.word(to: word, among: words), words.count > 4 {
      fail(problem, "the nearest is '\(nearest)'")
    } else if words.count > 12 {
      fail(problem, "write one of the \(words.count) that are there, such as '\(words[0])'")
    } else {
      fail(problem, "write \(words.alternatives)")
    }
  }

  func boolean() -> Bool? {
    choice([("yes", true), ("no", false), ("true", true), ("false", false)])
  }

  /// A bare integer: a count, a channel, an address.
  func integer(_ range: ClosedRange<Int>) -> Int? {
    guard let text = text() else { return nil }
    guard let value = NumberText.integer(text) else {
      fail("\(name) '\(text)' is no whole number", "write one in \(range.written)")
      return nil
    }
    guard range.contains(value) else {
      fail("\(name) \(text) is outside \(range.written)", "write a number inside")
      return nil
    }
    return value
  }

  /// A 7-bit I2C address; only hexadecimal, because 48 and 0x48 are easily mistaken.
  func address() -> UInt8? {
    guard let text = text() else { return nil }
    guard text.hasPrefix("0x"), let value = NumberText.integer(text) else {
      fail("address '\(text)' is not hexadecimal", "write it with 0x, for example 0x48")
      return nil
    }
    guard (0x08...0x77).contains(value) else {
      fail("address \(text) is outside 0x08 to 0x77", "write the 7-bit address")
      return nil
    }
    return UInt8(value)
  }

  /// A bare number without a unit: a factor.
  func number(_ range: ClosedRange<Double>) -> Double? {
    guard let text = text() else { return nil }
    let limits = "\(NumberText.text(range.lowerBound)) to \(NumberText.text(range.upperBound))"
    guard let (value, unit) = NumberText.split(text), unit.isEmpty else {
      fail("\(name) '\(text)' is no plain number", "write one from \(limits) without a unit")
      return nil
    }
    guard range.contains(value) else {
      fail("\(name) \(text) is outside \(limits)", "write a number inside")
      return nil
    }
    return value
  }

  /// A number with its unit, in the base unit of the kind.
  func amount(_ kind: UnitKind, _ range: ClosedRange<Double>? = nil) -> Double? {
    guard let text = text(), let value = Amount(diagnostics, place, name).read(text, kind) else {
      return nil
    }
    if let range, !range.contains(value) {
      fail(
        "\(name) \(text) is outside \(kind.written(range))", "write a \(kind.name) inside")
      return nil
    }
    return value
  }

  func quantity<Kind: Measured>(_ kind: Kind.Type, _ range: ClosedRange<Double>) -> Kind? {
    amount(Kind.units, range).map { Kind(base: $0) }
  }

  /// The elements of a list.
  func list(_ what: String) -> [Field]? {
    guard case .sequence(let sequence) = node else {
      fail("\(name) is \(shape), not a list", "begin each \(what) with '- '")
      return nil
    }
    return sequence.map { Field(name: what, node: $0, diagnostics: diagnostics) }
  }

  /// Two amounts `[lowest, highest]`.
  func span(_ kind: UnitKind) -> ClosedRange<Double>? {
    guard let ends = list("bound of \(name)") else { return nil }
    guard ends.count == 2 else {
      fail(
        "\(name) lists \(ends.count == 1 ? "one bound" : "\(ends.count) bounds")",
        "write [lowest, highest]")
      return nil
    }
    let lowest = ends[0].amount(kind)
    let highest = ends[1].amount(kind)
    guard let lowest, let highest else { return nil }
    guard lowest < highest else {
      fail(
        "\(name) runs from \(kind.text(lowest)) to \(kind.text(highest)): the wrong way round",
        "write the lower bound first")
      return nil
    }
    return lowest...highest
  }

  /// What kind of YAML it is, for messages.
  var shape: String {
    switch node {
    case .scalar(let scalar): scalar.string.isEmpty ? "empty" : "a text"
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }
}

/// Reads a number with its unit.
struct Amount {
  let diagnostics: Diagnostics
  let place: Place
  let name: String

  init(_ diagnostics: Diagnostics, _ place: Place, _ name: String) {
    self.diagnostics = diagnostics
    self.place = place
    self.name = name
  }

  /// The value in the base unit of the kind.
  func read(_ text: String, _ kind: UnitKind) -> Double? {
    guard let (number, unit) = NumberText.split(text) else {
      diagnostics.error(
        place, "\(name) '\(text)' is no \(kind.name)",
        "write a number and a unit, for example '\(example(kind))'")
      return nil
    }
    if unit.isEmpty {
      diagnostics.error(
        place, "\(name) '\(text)' has no unit",
        "write '\(text) \(kind.usual)' if that is what is meant")
      return nil
    }
    guard let factor = kind.factor(unit) else {
      diagnostics.error(
        place, "\(name) '\(text)' has the unit '\(unit)', which is no unit of \(kind.name)",
        "write \(kind.units.map(\.text).alternatives)")
      return nil
    }
    return number * factor
  }

  private func example(_ kind: UnitKind) -> String { "10 \(kind.usual)" }
}

extension Place {
  init(_ node: Node) {
    self.init(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
  }
}

extension ClosedRange<Int> {
  var written: String { "\(lowerBound) to \(upperBound)" }
}

extension UnitKind {
  /// A range in the unit in which its ends are written most plainly.
  func written(_ range: ClosedRange<Double>) -> String {
    isScaled
      ? "\(largestUnitText(range.lowerBound)) to \(largestUnitText(range.upperBound))"
      : "\(text(range.lowerBound)) to \(text(range.upperBound))"
  }

  /// A value in the unit in which it is written most plainly.
  func largestUnitText(_ value: Double) -> String {
    let unit =
      units.filter { value.magnitude >= $0.factor }.max { $0.factor < $1.factor }
      ?? (value == 0 ? units.first : units.min { $0.factor < $1.factor })
    guard let unit else { return "\(value)" }
    return "\(NumberText.text(value / unit.factor)) \(unit.text)"
  }
}
