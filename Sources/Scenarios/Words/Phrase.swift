/// Where a text begins in a file.
public struct Place: Sendable, Hashable {
  /// Line, from 1.
  public var line: Int
  /// Column, from 1.
  public var column: Int
  /// Makes a place.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// A word of a phrase and where it stands.
struct Word: Sendable, Hashable {
  let text: String
  let place: Place

  /// The number that the word is, nothing when it is none.
  var number: Double? {
    guard let first = text.first, first.isNumber || "+-.".contains(first) else { return nil }
    guard let value = Double(text), value.isFinite else { return nil }
    return value
  }
}

/// A mistake in a phrase, before the file's name is known.
struct PhraseMistake: Error, Hashable {
  var place: Place
  var problem: String
  var advice: String
}

/// A phrase cut into words, with a reading position.
///
/// `25%` and `12min` are cut between number and unit; commas are spaces.
struct Phrase: Sendable {
  let text: String
  let words: [Word]
  /// Where the phrase ends: the place of whatever is missing.
  let end: Place
  var position = 0

  init(_ text: String, at start: Place) {
    self.text = text
    var words: [Word] = []
    var column = start.column
    var current = ""
    var currentColumn = column
    func flush() {
      if !current.isEmpty { words += Self.cut(current, line: start.line, column: currentColumn) }
      current = ""
    }
    for character in text {
      if character.isWhitespace || character == "," {
        flush()
      } else {
        if current.isEmpty { currentColumn = column }
        current.append(character)
      }
      column += 1
    }
    flush()
    self.words = words
    end = Place(line: start.line, column: column)
  }

  /// Cuts a number from a unit that is written against it.
  private static func cut(_ text: String, line: Int, column: Int) -> [Word] {
    let place = Place(line: line, column: column)
    guard let first = text.first, first.isNumber || first == "." || first == "-",
      let split = text.firstIndex(where: { $0.isLetter || $0 == "%" }), split > text.startIndex,
      Double(text[..<split]) != nil, UnitTable.row(String(text[split...])) != nil
    else { return [Word(text: text, place: place)] }
    let width = text.distance(from: text.startIndex, to: split)
    return [
      Word(text: String(text[..<split]), place: place),
      Word(text: String(text[split...]), place: Place(line: line, column: column + width)),
    ]
  }

  var isAtEnd: Bool { position >= words.count }
  /// The next word without taking it.
  var next: Word? { position < words.count ? words[position] : nil }
  /// Where the next word stands, or the end.
  var place: Place { next?.place ?? end }

  /// Takes the next word.
  mutating func take() -> Word? {
    guard let word = next else { return nil }
    position += 1
    return word
  }

  /// Takes the next words when they are these.
  mutating func take(_ expected: String...) -> Bool { takeAll(expected) }

  /// Takes the next words when they are these.
  mutating func takeAll(_ expected: [String]) -> Bool {
    guard position + expected.count <= words.count else { return false }
    for (offset, text) in expected.enumerated() where words[position + offset].text != text {
      return false
    }
    position += expected.count
    return true
  }

  /// A mistake at the next word, with what stands there added to the problem.
  func mistake(_ problem: String, _ advice: String) -> PhraseMistake {
    PhraseMistake(place: place, problem: problem, advice: advice)
  }

  /// A mistake that says what should stand here.
  func expected(_ what: String, _ advice: String) -> PhraseMistake {
    let found = next.map { "\"\($0.text)\" stands where \(what) is due" }
    return mistake(found ?? "the text ends where \(what) is due", advice)
  }
}
