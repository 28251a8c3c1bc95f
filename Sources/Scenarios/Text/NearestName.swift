/// The name that was probably meant, nothing when none is close.
///
/// Close means at most two edits, or a third of the longer word.
func nearestName(to word: String, among names: some Sequence<String>) -> String? {
  var best: (name: String, edits: Int)?
  for name in names.sorted() {
    let edits = editDistance(Array(word.lowercased()), Array(name.lowercased()))
    if edits <= max(2, max(word.count, name.count) / 3), edits < (best?.edits ?? .max) {
      best = (name, edits)
    }
  }
  return best?.name
}

/// How many characters must be put in, taken out or changed to turn one word into the other.
func editDistance(_ left: [Character], _ right: [Character]) -> Int {
  var row = Array(0...right.count)
  for (i, character) in left.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, other) in right.enumerated() {
      let changed = diagonal + (character == other ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(changed, row[j] + 1, row[j + 1] + 1)
    }
  }
  return row[right.count]
}

/// `did you mean X?` when a name is close, else a list of what there is.
func adviceForName(_ word: String, among names: some Sequence<String>) -> String {
  if let near = nearestName(to: word, among: names) { return "did you mean \"\(near)\"?" }
  let sorted = names.sorted()
  let shown = sorted.prefix(12).joined(separator: ", ")
  return "write one of: \(shown)\(sorted.count > 12 ? ", ..." : "")"
}
