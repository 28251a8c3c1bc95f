import Foundation
public import PerfusionCore
import Yams

/// A case file that has been opened, before it is checked against a machine.
public struct ScenarioFile {
  /// The file as the person named it.
  public let path: String
  /// The board file that it names, as written there; nothing when it leaves it to the caller.
  public let boardPath: String?
  /// The combination of a matrix that this is, for example `linePressure nack`; empty for a file
  /// without one.
  public internal(set) var variant = ""
  private let root: Node

  /// Opens a text.
  ///
  /// - Parameters:
  ///   - text: The YAML text.
  ///   - path: What messages call the file; other files are found relative to it.
  /// - Throws: `Mistakes` when the text is no YAML mapping.
  public init(text: String, path: String) throws(Mistakes) {
    self.path = path
    do {
      guard let node = try Yams.compose(yaml: text) else {
        throw Mistakes([
          Mistake(
            file: path, line: 1, column: 1, problem: "the file is empty",
            advice: "write \"title: ...\" and a timeline")
        ])
      }
      root = node
    } catch let mistakes as Mistakes {
      throw mistakes
    } catch {
      throw Mistakes([syntaxMistake(error, file: path)])
    }
    boardPath = root.mapping?["board"]?.string
  }

  /// Opens a file.
  ///
  /// - Throws: `Mistakes` when it cannot be read or is no YAML mapping.
  public init(path: String) throws(Mistakes) {
    guard let data = FileManager.default.contents(atPath: path),
      let text = String(data: data, encoding: .utf8)
    else {
      throw Mistakes([
        Mistake(
          file: path, line: 1, column: 1, problem: "the file cannot be read",
          advice: "give the path of a case file")
      ])
    }
    try self.init(text: text, path: path)
  }

  /// The path of a file that this one names: relative to the repository root (the nearest folder
  /// above that has a `Package.swift` or where the program runs) or to this file.
  public func resolve(_ name: String) -> String {
    if name.hasPrefix("/") || FileManager.default.fileExists(atPath: name) { return name }
    var folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    while true {
      let candidate = folder.appendingPathComponent(name).path
      if FileManager.default.fileExists(atPath: candidate) { return candidate }
      guard folder.path != "/" else { return name }
      folder = folder.deletingLastPathComponent()
    }
  }

  /// Checks the file against a machine.
  ///
  /// - Parameters:
  ///   - machine: The machine that it will run on.
  ///   - plant: The numbers of the plant that it may change.
  /// - Returns: The checked scenario.
  /// - Throws: Every mistake of this file and of those that it starts from.
  public func scenario(
    for machine: MachineConfiguration, plant: PlantVocabulary
  ) throws(Mistakes) -> Scenario {
    try scenario(for: machine, plant: plant, startedFrom: [])
  }

  func scenario(
    for machine: MachineConfiguration, plant: PlantVocabulary, startedFrom: [String]
  ) throws(Mistakes) -> Scenario {
    var reader = ScenarioReader(
      file: self, machine: machine, plant: plant, startedFrom: startedFrom + [path])
    let scenario = reader.read(root)
    guard reader.mistakes.list.isEmpty else { throw Mistakes(reader.mistakes.list) }
    return scenario
  }
}
