import BoardFiles
import Foundation

/// Reads board files for the command line.
enum BoardReading {
  /// What reading a file gave; says why on standard error when there is no such file.
  static func read(_ file: String) -> BoardFileResult? {
    text(file, "board file").map { BoardFile.read($0, file: file) }
  }

  /// The text of a file of some kind; says why on standard error when there is none.
  static func text(_ file: String, _ kind: String) -> String? {
    guard let data = FileManager.default.contents(atPath: file) else {
      complain("\(file):1:1: error: the file cannot be read; name a \(kind) that is there")
      return nil
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      complain("\(file):1:1: error: the file is no UTF-8 text; save it as UTF-8")
      return nil
    }
    return text
  }

  /// Prints errors and warnings on standard error, as compilers do.
  static func report(_ result: BoardFileResult) {
    for diagnostic in result.diagnostics { complain(diagnostic.description) }
  }

  static func complain(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
  }
}
