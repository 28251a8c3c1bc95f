/// Finds the word that a person probably meant, in board files, faults and cases alike.
public enum Nearest {
  /// The candidate with the fewest differences, if it is at all like the word.
  ///
  /// Ties go to the candidate named first. Case counts half as much as a wrong letter.
  public static func word(to word: String, among candidates: [String]) -> String? {
    let best = candidates.map { ($0, distance(word, $0)) }.min { $0.1 < $1.1 }
    guard let best, best.1 <= max(2, word.count) else { return nil }
    return best.0
  }

  /// Twice the number of letters to put in, take out or change; a change of case counts one.
  public static func distance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left), Array(right))
    var previous = (0...right.count).map { $0 * 2 }
    for (row, letter) in left.enumerated() {
      var current = [(row + 1) * 2]
      for (column, other) in right.enumerated() {
        let change = letter == other ? 0 : (letter.lowercased() == other.lowercased() ? 1 : 2)
        current.append(
          min(previous[column] + change, previous[column + 1] + 2, current[column] + 2))
      }
      previous = current
    }
    return previous[right.count]
  }
}

extension [String] {
  /// `a, b or c`.
  var alternatives: String {
    guard let last, count > 1 else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " or " + last
  }
}
