import BoardFiles

/// The name that was probably meant, nothing when none is close.
///
/// Close means at most two edits, or a third of the longer word.
func nearestName(to word: String, among names: some Sequence<String>) -> String? {
  var best: (name: String, edits: Int)?
  for name in names.sorted() {
    let edits = Nearest.distance(word.lowercased(), name.lowercased()) / 2
    if edits <= max(2, max(word.count, name.count) / 3), edits < (best?.edits ?? .max) {
      best = (name, edits)
    }
  }
  return best?.name
}

/// `did you mean X?` when a name is close, else a list of what there is.
func adviceForName(_ word: String, among names: some Sequence<String>) -> String {
  if let near = nearestName(to: word, among: names) { return "did you mean \"\(near)\"?" }
  let sorted = names.sorted()
  let shown = sorted.prefix(12).joined(separator: ", ")
  return "write one of: \(shown)\(sorted.count > 12 ? ", ..." : "")"
}
