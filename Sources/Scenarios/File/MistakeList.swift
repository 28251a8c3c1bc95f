import Yams

/// Collects the mistakes of one file, so that every one is reported and not only the first.
struct MistakeList {
  let file: String
  private(set) var list: [Mistake] = []

  init(file: String) { self.file = file }

  mutating func add(_ place: Place, _ problem: String, _ advice: String) {
    list.append(
      Mistake(
        file: file, line: place.line, column: place.column, problem: problem, advice: advice))
  }

  mutating func add(_ mistake: PhraseMistake) {
    add(mistake.place, mistake.problem, mistake.advice)
  }

  mutating func add(contentsOf mistakes: Mistakes) { list += mistakes.list }
}

extension Node {
  /// Where the node begins.
  var place: Place { Place(line: max(1, mark?.line ?? 1), column: max(1, mark?.column ?? 1)) }

  /// Where the text of a scalar begins: behind the quote of a quoted one.
  var textPlace: Place {
    var place = self.place
    if case .scalar(let scalar) = self,
      scalar.style == .doubleQuoted || scalar.style == .singleQuoted
    {
      place.column += 1
    }
    return place
  }

  /// What a message calls this kind of node.
  var kindName: String {
    switch self {
    case .scalar: "a text"
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }
}

/// What a YAML syntax error says, as a mistake.
func syntaxMistake(_ error: any Error, file: String) -> Mistake {
  let advice = "mend the YAML syntax"
  func mistake(_ mark: Mark, _ problem: String, _ advice: String) -> Mistake {
    Mistake(
      file: file, line: max(1, mark.line), column: max(1, mark.column), problem: problem,
      advice: advice)
  }
  switch error as? YamlError {
  case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
    .composer(_, let problem, let mark, _):
    return mistake(mark, problem, advice)
  case .duplicatedKeysInMapping(let keys, let context):
    let names = keys.map { "\"\($0)\"" }.joined(separator: ", ")
    return mistake(context.mark, "\(names) stands twice", "keep one of them")
  default:
    return Mistake(
      file: file, line: 1, column: 1, problem: "the file is not readable as YAML", advice: advice)
  }
}
