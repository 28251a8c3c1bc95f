/// A list of patterns, each with what it makes; the longest match explains a mistake.
struct PatternTable<Made: Sendable>: Sendable {
  struct Row: Sendable {
    let pattern: Pattern
    let make: @Sendable ([Capture]) -> Made

    init(_ text: String, _ make: @escaping @Sendable ([Capture]) -> Made) {
      pattern = Pattern(text)
      self.make = make
    }
  }
  let rows: [Row]
  /// What such a phrase is called in messages.
  let what: String

  /// What the phrase asks for; otherwise the mistake of the row that came furthest.
  func read(_ phrase: Phrase, pumps: PumpNames) throws(PhraseMistake) -> Made {
    guard let first = phrase.next else {
      throw phrase.mistake("an empty \(what)", "write for example \"\(rows[0].pattern.text)\"")
    }
    var furthest: PhraseMistake?
    var beginsAlike: [String] = []
    for row in rows {
      do throws(PhraseMistake) {
        return row.make(try row.pattern.match(phrase, pumps: pumps))
      } catch {
        if error.place.column > (furthest?.place.column ?? first.place.column) { furthest = error }
        if row.begins(with: first.text) { beginsAlike.append("\"\(row.pattern.text)\"") }
      }
    }
    let second = phrase.words.count > 1 ? phrase.words[1].place.column : phrase.end.column
    if let furthest, furthest.place.column > second || beginsAlike.count == 1 { throw furthest }
    throw ambiguous(phrase, beginsAlike, furthest)
  }

  /// The phrase goes wrong at its first word, or at the second where several rows begin alike.
  private func ambiguous(
    _ phrase: Phrase, _ beginsAlike: [String], _ furthest: PhraseMistake?
  ) -> PhraseMistake {
    if let furthest, !beginsAlike.isEmpty {
      let isPump = furthest.problem.contains("pump")
      return PhraseMistake(
        place: furthest.place, problem: furthest.problem,
        advice: isPump ? furthest.advice : "write " + beginsAlike.joined(separator: " or "))
    }
    let word = phrase.next?.text ?? ""
    let firsts = Set(rows.compactMap { $0.firstLiteral })
    return phrase.mistake("unknown \(what) \"\(word)\"", adviceForName(word, among: firsts))
  }
}

extension PatternTable.Row {
  var firstLiteral: String? {
    if case .literal(let text) = pattern.elements.first { text } else { nil }
  }
  func begins(with word: String) -> Bool { firstLiteral == word }
}
