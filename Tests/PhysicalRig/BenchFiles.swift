import BoardFiles
import Foundation

/// The example bench of the repository, as it is and with changes.
enum BenchFiles {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("HIL/rigs")

  static func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
  }

  /// Reads the example with texts exchanged, one after the other; a text that is not there counts as a
  /// mistake of the test.
  static func read(_ changes: [(String, String)] = []) throws -> BenchFileResult {
    var text = try text("bench-example.yaml")
    for (old, new) in changes {
      guard let range = text.range(of: old) else { throw Missing(text: old) }
      text.replaceSubrange(range, with: new)
    }
    return BenchFile.read(text, file: "bench.yaml") { path in
      guard let board = try? Self.text(path) else { return nil }
      return (path, BoardFile.read(board, file: path))
    }
  }

  struct Missing: Error {
    var text: String
  }

  static func bench(_ changes: [(String, String)] = []) throws -> BenchDescription? {
    try read(changes).bench
  }
}
