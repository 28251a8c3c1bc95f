/// One mistake a person makes in `SampleBoard`, and what must be said about it.
struct Mistake: CustomStringConvertible, Sendable {
  /// The right text, of which the first occurrence is changed.
  var find: String
  /// What is written instead.
  var write: String
  /// Every diagnostic without the file name, one a line.
  var says: String
  var description: String { "'\(find)' becomes '\(write)'" }

  init(_ find: String, _ write: String, _ says: String) {
    self.find = find
    self.write = write
    self.says = says
  }

  /// The sample board with the mistake in it.
  var text: String {
    guard let range = SampleBoard.text.firstRange(of: find) else { return "" }
    return SampleBoard.text.replacingCharacters(in: range, with: write)
  }
}

extension String {
  /// The text with a part of it replaced.
  func replacingCharacters(in range: Range<Index>, with other: String) -> String {
    String(self[..<range.lowerBound]) + other + self[range.upperBound...]
  }
}
