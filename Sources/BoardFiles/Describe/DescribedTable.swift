/// One table of a description: a title, its columns, and a row of cells for each thing.
public struct DescribedTable: Sendable {
  /// What it shows, in one or two words.
  public var title: String
  /// The columns.
  public var columns: [String]
  /// The rows; each has as many cells as there are columns.
  public var rows: [[String]]

  /// Makes a table.
  public init(_ title: String, _ columns: [String], _ rows: [[String]]) {
    self.title = title
    self.columns = columns
    self.rows = rows
  }
}
