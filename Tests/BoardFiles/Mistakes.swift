/// One mistake a person makes in `SampleBoard`, and what must be said about it.
struct Mistake: CustomStringConvertible, Sendable {
  var find: String
  var write: String
  var says: [String]
  var description: String { "'\(find)' becomes '\(write)'" }

  init(_ find: String, _ write: String, _ says: String...) {
    self.find = find
    self.write = write
    self.says = says
  }
}
