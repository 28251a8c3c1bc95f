/// The plant's numbers that a case may change, with the unit in which each is written.
public struct PlantVocabulary: Sendable {
  /// Unit by parameter name; an empty text for plain numbers.
  public var units: [String: String]
  /// Makes a vocabulary.
  public init(units: [String: String]) { self.units = units }

  /// Reads `NUMBER UNIT` for a parameter at the head of a phrase.
  func takeValue(
    of name: String, at place: Place, _ phrase: inout Phrase
  ) throws(PhraseMistake) -> Double {
    guard let unit = units[name] else {
      throw PhraseMistake(
        place: place, problem: "unknown plant parameter \"\(name)\"",
        advice: adviceForName(name, among: units.keys))
    }
    guard let number = phrase.next?.number else {
      throw phrase.expected("a number", "write a number\(unit.isEmpty ? "" : " of \(unit)")")
    }
    phrase.position += 1
    guard !unit.isEmpty else {
      guard let extra = phrase.next, UnitTable.row(extra.text) != nil else { return number }
      throw phrase.mistake("\"\(name)\" has no unit", "take out \"\(extra.text)\"")
    }
    if phrase.takeAll(unit.split(separator: " ").map(String.init)) { return number }
    // The same quantity in another unit, such as ml/min where the plant counts L/min.
    if let own = UnitTable.row(unit), let other = phrase.next.flatMap({ UnitTable.row($0.text) }),
      own.dimension == other.dimension
    {
      phrase.position += 1
      return number * other.factor / own.factor
    }
    throw phrase.expected("the unit \"\(unit)\"", "write \"\(shortNumber(number)) \(unit)\"")
  }
}
