/// Something wrong in a case file, at the place where it stands.
public struct Mistake: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file as the person named it.
  public var file: String
  /// Line, from 1.
  public var line: Int
  /// Column, from 1.
  public var column: Int
  /// What is wrong.
  public var problem: String
  /// What to write instead.
  public var advice: String

  /// Makes a mistake.
  public init(file: String, line: Int, column: Int, problem: String, advice: String) {
    self.file = file
    self.line = line
    self.column = column
    self.problem = problem
    self.advice = advice
  }

  /// `FILE:LINE:COLUMN: error: what is wrong; what to write instead`.
  public var description: String { "\(file):\(line):\(column): error: \(problem); \(advice)" }
}

/// All mistakes of a file, in the order of their places.
public struct Mistakes: Error, Sendable, CustomStringConvertible {
  /// The mistakes.
  public var list: [Mistake]
  /// Makes the collection, sorted by place.
  public init(_ list: [Mistake]) {
    self.list = list.sorted { ($0.file, $0.line, $0.column) < ($1.file, $1.line, $1.column) }
  }
  /// One mistake a line.
  public var description: String { list.map(\.description).joined(separator: "\n") }
}
