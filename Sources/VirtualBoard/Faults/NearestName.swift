/// Finds the name that a person most likely meant.
public enum NearestName {
  /// The nearest of the names, or nothing when none is at least half like it; ties go to the
  /// alphabetically first.
  static func find(_ wanted: String, among names: [String]) -> String? {
    var best: (name: String, distance: Int)?
    for name in names.sorted() {
      let distance = steps(from: Array(wanted.lowercased()), to: Array(name.lowercased()))
      if distance < best?.distance ?? Int.max { best = (name, distance) }
    }
    guard let best, best.distance * 2 <= max(wanted.count, best.name.count) else { return nil }
    return best.name
  }

  /// Letters to insert, delete or replace to turn one word into the other.
  public static func steps(from left: [Character], to right: [Character]) -> Int {
    var row = Array(0...right.count)
    for (index, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for (column, other) in right.enumerated() {
        let replaced = diagonal + (letter == other ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
      }
    }
    return row[right.count]
  }
}
