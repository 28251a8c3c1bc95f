/// A number in base units with what it measures.
struct Measure: Sendable, Hashable {
  var base: Double
  var dimension: Dimension
}

extension Phrase {
  /// Takes a quantity of a given kind; several times in a row add up (`12 min 30 s`).
  mutating func takeQuantity(_ dimension: Dimension) throws(PhraseMistake) -> Double {
    guard dimension != .number else { return try takeNumber() }
    let start = position
    let measure = try takeMeasure(expecting: dimension)
    guard measure.dimension == dimension else {
      let taken = words[start..<position].map(\.text).joined(separator: " ")
      position -= 1
      throw mistake("\"\(taken)\" is not \(dimension.name)", "write \(dimension.described)")
    }
    guard dimension == .time else { return measure.base }
    var total = measure.base
    while let more = takeMoreTime() { total += more }
    return total
  }

  /// Takes a number and its unit, whatever it measures.
  mutating func takeMeasure(expecting dimension: Dimension) throws(PhraseMistake) -> Measure {
    guard let number = next?.number else {
      throw expected("a number", "write \(dimension.described)")
    }
    position += 1
    if let shared = unitOfRange() {
      return Measure(base: number * shared.factor, dimension: shared.dimension)
    }
    guard let unit = next.flatMap({ UnitTable.row($0.text) }) else {
      let advice = "write \(dimension.described)"
      guard let word = next, looksLikeUnit(word.text) else {
        position -= 1
        throw mistake("the number \"\(words[position].text)\" has no unit", advice)
      }
      throw mistake(
        "unknown unit \"\(word.text)\"",
        nearestName(to: word.text, among: UnitTable.rows.map(\.text)).map {
          "did you mean \"\($0)\"?"
        } ?? advice)
    }
    position += 1
    return Measure(base: number * unit.factor, dimension: unit.dimension)
  }

  /// Takes a plain number.
  mutating func takeNumber() throws(PhraseMistake) -> Double {
    guard let number = next?.number else { throw expected("a number", "write a plain number") }
    position += 1
    if let unit = next, UnitTable.row(unit.text) != nil {
      throw mistake("the unit \"\(unit.text)\" stands behind a plain number", "take it out")
    }
    return number
  }

  /// Takes a blood:crystalloid ratio such as `4:1` or `1:4`.
  mutating func takeRatio() throws(PhraseMistake) -> Double {
    let parts = next?.text.split(separator: ":", omittingEmptySubsequences: false) ?? []
    guard parts.count == 2, let left = Double(parts[0]), let right = Double(parts[1]),
      left > 0, right > 0, (left / right).isFinite
    else { throw expected("a ratio", "write blood to crystalloid such as \"4:1\"") }
    position += 1
    return left / right
  }

  private mutating func takeMoreTime() -> Double? {
    guard position + 1 < words.count, let number = words[position].number, number >= 0,
      let unit = UnitTable.row(words[position + 1].text), unit.dimension == .time
    else { return nil }
    position += 2
    return number * unit.factor
  }

  /// In `from 1.0 to 4.56 L/min` the first number shares the unit of the second.
  private func unitOfRange() -> UnitOfMeasure? {
    guard position + 2 < words.count, words[position].text == "to",
      words[position + 1].number != nil
    else { return nil }
    return UnitTable.row(words[position + 2].text)
  }

  private func looksLikeUnit(_ text: String) -> Bool {
    let structural = ["within", "for", "+-", "over", "while", "to", "and", "at", "not", "in"]
    return text.first.map { $0.isLetter || $0 == "/" || $0 == "%" || $0 == "°" } == true
      && !structural.contains(text)
  }
}

extension Dimension {
  /// Its name with an article.
  var name: String {
    switch self {
    case .pressure: "a pressure"
    case .flow: "a flow"
    case .temperature: "a temperature"
    case .temperatureDifference: "a temperature difference"
    case .volume: "a volume"
    case .speed: "a speed"
    case .time: "a time"
    case .fraction: "a share"
    case .strokeVolume: "a stroke volume"
    case .current: "a current"
    case .voltage: "a voltage"
    case .charge: "a charge"
    case .power: "a power"
    case .rate: "a rate"
    case .number: "a number"
    case .word: "a word"
    }
  }
}

/// Reads a time such as `12 min 30 s`; nothing when the text is none.
public func timeSpan(_ text: String) -> Double? {
  var phrase = Phrase(text, at: Place(line: 1, column: 1))
  do throws(PhraseMistake) {
    let seconds = try phrase.takeQuantity(.time)
    return phrase.isAtEnd && seconds >= 0 ? seconds : nil
  } catch {
    return nil
  }
}
