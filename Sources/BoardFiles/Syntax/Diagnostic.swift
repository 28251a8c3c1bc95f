/// A place in a file; lines and columns count from 1.
public struct Place: Hashable, Comparable, Sendable {
  /// Line.
  public var line: Int
  /// Column, in Unicode scalars.
  public var column: Int

  /// Makes a place.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
  /// The beginning of a file.
  public static var start: Place { Place(line: 1, column: 1) }
  /// Orders two places as they stand in the file.
  public static func < (left: Place, right: Place) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// Something that a person must mend, or should know, about a file.
public struct Diagnostic: Hashable, Sendable, CustomStringConvertible {
  /// How bad it is.
  public enum Severity: String, Sendable {
    /// The file is refused.
    case error
    /// The file is accepted.
    case warning
  }
  /// The file as it was named.
  public var file: String
  /// Where it is.
  public var place: Place
  /// How bad it is.
  public var severity: Severity
  /// What is wrong.
  public var problem: String
  /// What to write instead.
  public var advice: String

  /// `FILE:LINE:COLUMN: error: what is wrong; what to write instead`.
  public var description: String {
    "\(file):\(place.line):\(place.column): \(severity.rawValue): \(problem); \(advice)"
  }
}

/// Collects everything that is wrong with one file.
final class Diagnostics {
  let file: String
  private var found: [Diagnostic] = []

  init(file: String) { self.file = file }

  /// Everything found, in the order of the file, nothing twice.
  var sorted: [Diagnostic] {
    var seen = Set<Diagnostic>()
    return found.filter { seen.insert($0).inserted }.enumerated()
      .sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }
      .map(\.element)
  }
  var hasErrors: Bool { found.contains { $0.severity == .error } }

  func error(_ place: Place, _ problem: String, _ advice: String) {
    add(place, .error, problem, advice)
  }

  func warning(_ place: Place, _ problem: String, _ advice: String) {
    add(place, .warning, problem, advice)
  }

  private func add(
    _ place: Place, _ severity: Diagnostic.Severity, _ problem: String, _ advice: String
  ) {
    found.append(
      Diagnostic(file: file, place: place, severity: severity, problem: problem, advice: advice))
  }
}
