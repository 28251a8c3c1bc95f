internal import ChipDrivers
internal import CircuitModel
internal import PerfusionCore
internal import Yams

/// What reading a board file gave.
public struct BoardFileResult: Sendable {
  /// The board; nothing when there is an error.
  public var board: BoardDescription?
  /// Errors and warnings in the order of the file.
  public var diagnostics: [Diagnostic]

  /// Makes a result.
  public init(board: BoardDescription?, diagnostics: [Diagnostic]) {
    self.board = board
    self.diagnostics = diagnostics
  }
}

/// Reads and checks board files (docs/board-files.md).
public enum BoardFile {
  /// The keys at the top of a board file.
  public static var topLevelKeys: [String] {
    [
      "board", "tick", "buses", "chips", "lines", "sensors", "pumps", "occlusion", "clamps",
      "heaterCooler", "interlocks", "alarms", "service", "circuit",
    ]
  }

  /// Reads a board file from its text; `file` is its name in messages.
  ///
  /// Everything that is wrong is reported, not only the first; a board comes out only when
  /// nothing is.
  public static func read(_ text: String, file: String) -> BoardFileResult {
    let diagnostics = Diagnostics(file: file)
    let draft = Draft(diagnostics)
    if let node = compose(text, diagnostics),
      let top = Section(
        Field(name: "the file", node: node, diagnostics: diagnostics), what: "the board file")
    {
      for entry in top.entries { draft.keyPlaces[entry.key] = entry.place }
      draft.readBoard(top)
      draft.readTick(top)
      draft.readBuses(top)
      draft.readChips(top)
      draft.readLines(top)
      draft.resolveResetLines()
      draft.readPumps(top)
      draft.readSensors(top)
      draft.readOcclusion(top)
      draft.readClamps(top)
      draft.readHeaterCooler(top)
      draft.readInterlocks(top)
      draft.readAlarms(top)
      draft.readService(top)
      draft.readCircuit(top)
      top.finish()
      draft.check()
    }
    guard !diagnostics.hasErrors else {
      return BoardFileResult(board: nil, diagnostics: diagnostics.sorted)
    }
    let board = BoardDescription(
      name: draft.name, summary: draft.summary, machine: draft.machine, wiring: draft.wiring,
      circuit: draft.circuit)
    return BoardFileResult(board: board, diagnostics: diagnostics.sorted)
  }

  /// The root of the document; reports what is no YAML.
  static func compose(
    _ text: String, _ diagnostics: Diagnostics, begin: String = "board:"
  ) -> Node? {
    do {
      if let node = try Yams.compose(yaml: text) { return node }
      diagnostics.error(.start, "the file is empty", "begin with '\(begin)'")
    } catch let error as YamlError {
      report(error, diagnostics)
    } catch {
      diagnostics.error(.start, "the file cannot be read as YAML", "write YAML")
    }
    return nil
  }

  private static func report(_ error: YamlError, _ diagnostics: Diagnostics) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      diagnostics.error(
        Place(line: mark.line, column: mark.column), "no YAML here: \(problem)",
        "check indentation, quotes, colons and brackets")
    case .duplicatedKeysInMapping(let duplicates, let context):
      let keys = duplicates.map { "'\($0)'" }.joined(separator: ", ")
      diagnostics.error(
        Place(line: context.mark.line, column: context.mark.column),
        "the same mapping has \(keys) twice", "write each key once")
    case .no, .memory, .reader, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
      diagnostics.error(.start, "the file cannot be read as YAML", "write UTF-8 text")
    }
  }
}
