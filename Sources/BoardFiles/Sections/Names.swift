/// The identifiers of one list of the file, each with its index and its place.
struct Names {
  let what: String
  private var entries: [String: (index: Int, place: Place)] = [:]
  private(set) var words: [String] = []
  /// The list could not be read whole, so a name that is missing may be there after all.
  var isBroken = false

  /// Stands for a name that could not be read.
  static let unreadable = "?"

  init(_ what: String) { self.what = what }

  subscript(word: String) -> Int? { entries[word]?.index }

  func place(_ word: String) -> Place? { entries[word]?.place }

  /// The identifier of an index.
  func word(_ index: Int) -> String {
    words.indices.contains(index) ? words[index] : Names.unreadable
  }

  /// Where the identifier of an index stands.
  func place(at index: Int) -> Place { place(word(index)) ?? .start }

  /// Takes in an identifier; reports one that is there already.
  mutating func add(_ word: String, at field: Field) {
    words.append(word)
    guard word != Names.unreadable else {
      isBroken = true
      return
    }
    if let first = entries[word] {
      field.fail(
        "\(what) '\(word)' is there already in line \(first.place.line)",
        "give each \(what) its own id")
    } else {
      entries[word] = (words.count - 1, field.place)
    }
  }

  /// The index that a field names; reports a name that is not there.
  func find(_ field: Field?) -> Int? {
    guard let field, let word = field.text() else { return nil }
    if let index = self[word] { return index }
    if isBroken && (words.isEmpty || words.contains(Names.unreadable)) { return nil }
    field.failUnknown(what, word, among: words)
    return nil
  }
}
