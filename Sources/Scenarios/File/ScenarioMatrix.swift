import Foundation
import Yams

/// One file that is many scenarios: `matrix:` names words, and `${word}` in the text stands for
/// each of their values in turn, in every combination.
///
///     matrix:
///       chip: [linePressure, oxygenatorPressure]
///       fault: [nack, timeout]
extension ScenarioFile {
  /// The scenarios of a file, one for each combination of its matrix; one when it has none.
  ///
  /// - Throws: `Mistakes` when it cannot be read or its matrix is none.
  public static func variants(path: String) throws(Mistakes) -> [ScenarioFile] {
    guard let data = FileManager.default.contents(atPath: path),
      let text = String(data: data, encoding: .utf8), text.contains("\nmatrix:")
    else { return [try ScenarioFile(path: path)] }
    var mistakes = MistakeList(file: path)
    let axes = axes(of: text, &mistakes)
    guard mistakes.list.isEmpty else { throw Mistakes(mistakes.list) }
    var files: [ScenarioFile] = []
    for combination in combinations(axes) {
      var own = withoutMatrix(text)
      for (name, value) in combination {
        own = own.replacingOccurrences(of: "${\(name)}", with: value)
      }
      var file = try ScenarioFile(text: own, path: path)
      file.variant = combination.map(\.value).joined(separator: " ")
      files.append(file)
    }
    return files
  }

  private typealias Axis = (name: String, values: [String])

  private static func axes(of text: String, _ mistakes: inout MistakeList) -> [Axis] {
    let top: Node?
    do { top = try Yams.compose(yaml: text) } catch {
      mistakes.add(contentsOf: Mistakes([syntaxMistake(error, file: mistakes.file)]))
      return []
    }
    guard let node = top?.mapping?["matrix"] else { return [] }
    guard case .mapping(let mapping) = node, !mapping.isEmpty else {
      mistakes.add(node.place, "the matrix is \(node.kindName)", "write \"NAME: [VALUE, VALUE]\"")
      return []
    }
    return mapping.map { key, value in
      let values = value.sequence?.compactMap(\.scalar?.string) ?? []
      if values.isEmpty {
        mistakes.add(
          value.place, "\"\(key.string ?? "")\" has no values", "write a list such as [nack, hang]")
      }
      return (key.string ?? "", values)
    }
  }

  private static func combinations(_ axes: [Axis]) -> [[(name: String, value: String)]] {
    axes.reduce([[]]) { found, axis in
      found.flatMap { one in axis.values.map { one + [(axis.name, $0)] } }
    }
  }

  /// The text with empty lines in the place of the matrix, so that mistakes keep their lines.
  private static func withoutMatrix(_ text: String) -> String {
    var isInside = false
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      if line.hasPrefix("matrix:") {
        isInside = true
      } else if let first = line.first, !first.isWhitespace {
        isInside = false
      }
      return isInside ? "" : String(line)
    }.joined(separator: "\n")
  }
}
