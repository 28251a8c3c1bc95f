internal import Foundation

/// Puts tables into words: aligned text for people, JSON for scripts.
public enum TableText {
  /// Every table with its title, columns aligned.
  public static func text(_ tables: [DescribedTable]) -> String {
    tables.filter { !$0.rows.isEmpty }.map(text).joined(separator: "\n\n")
  }

  private static func text(_ table: DescribedTable) -> String {
    let lines = [table.columns] + table.rows
    let widths = table.columns.indices.map { column in
      lines.map { $0[column].count }.max() ?? 0
    }
    let body = lines.map { line in
      var text = "  "
      for (column, cell) in line.enumerated() {
        text += cell + String(repeating: " ", count: widths[column] - cell.count + 2)
      }
      while text.last == " " { text.removeLast() }
      return text
    }
    return ([table.title] + body).joined(separator: "\n")
  }

  /// One document: each table a list of objects under its title.
  public static func json(_ board: String, _ tables: [DescribedTable]) throws -> String {
    var document: [String: Any] = ["board": board]
    for table in tables {
      document[table.title] = table.rows.map { row in
        Dictionary(uniqueKeysWithValues: zip(table.columns, row))
      }
    }
    let data = try JSONSerialization.data(
      withJSONObject: document, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    return String(decoding: data, as: UTF8.self)
  }
}
