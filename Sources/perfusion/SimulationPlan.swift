import ArgumentParser
import BoardFiles
import Foundation
import PerfusionCore
import Scenarios

/// What a command line asks `simulate` to do, with every file read and checked.
struct SimulationPlan {
  let board: BoardDescription
  let scenario: Scenario
  let seed: UInt64
  let speed: Speed
  let hasCase: Bool
  /// Virtual seconds after which the run ends, whatever is left.
  let limit: Double?
  let header: RunHeader

  init(_ command: Simulate) throws {
    let caseFile = try command.caseFile.map { path in
      try readable { () throws(Mistakes) in try ScenarioFile(path: path) }
    }
    hasCase = caseFile != nil
    guard let path = command.board ?? caseFile.flatMap({ file in file.boardPath.map(file.resolve) })
    else { throw ValidationError("give --board FILE, or a case that names its board") }
    board = try loadBoard(path)
    var scenario = try Self.scenario(caseFile, board, path)
    if let first = try Self.faults(command.fault) { scenario.entries.insert(first, at: 0) }
    if hasCase, let duration = command.duration { scenario.duration = duration.seconds }
    seed = command.seed ?? scenario.seed ?? 1
    speed = command.speed ?? (hasCase ? .max : .times(1))
    limit = command.duration?.seconds ?? (hasCase || speed != .max ? nil : 600)
    self.scenario = scenario
    header = RunHeader(
      board: board.name, boardFile: path, seed: seed, version: programVersion, rig: "in-process")
  }

  private static func scenario(
    _ caseFile: ScenarioFile?, _ board: BoardDescription, _ boardPath: String
  ) throws -> Scenario {
    let file = try caseFile ?? startUp(board.machine.kind, boardPath)
    return try readable { () throws(Mistakes) in
      try file.scenario(for: board.machine, plant: PlantNumbers(board.machine).vocabulary)
    }
  }

  /// The scenario that brings a machine to work when no case is given.
  private static func startUp(_ kind: MachineKind, _ boardPath: String) throws -> ScenarioFile {
    let name =
      switch kind {
      case .bypass: "startup-adult"
      case .ecmo: "startup-ecmo"
      case .organ: "startup-liver"
      }
    let wanted = "HIL/scenarios/\(name).yaml"
    let found = findUpwards(wanted, from: boardPath) ?? wanted
    return try readable { () throws(Mistakes) in try ScenarioFile(path: found) }
  }

  private static func findUpwards(_ name: String, from path: String) -> String? {
    if FileManager.default.fileExists(atPath: name) { return name }
    var folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    while folder.path != "/" {
      let candidate = folder.appendingPathComponent(name).path
      if FileManager.default.fileExists(atPath: candidate) { return candidate }
      folder = folder.deletingLastPathComponent()
    }
    return nil
  }

  /// An entry at time 0 with the faults of the command line.
  private static func faults(_ texts: [String]) throws -> TimelineEntry? {
    guard !texts.isEmpty else { return nil }
    let place = Scenarios.Place(line: 1, column: 1)
    var entry = TimelineEntry(place: place)
    entry.due = .at(0)
    for text in texts {
      switch parseFault(text) {
      case .success(let fault):
        entry.stimuli.append(
          PlannedStimulus(.once(.fault(fault)), text: "fault \(text)", place: place))
      case .failure(let problem):
        throw ValidationError("--fault: \(problem.problem); \(problem.advice)")
      }
    }
    return entry
  }
}

/// Turns the mistakes of a file into an error that ends the program with code 2.
func readable<Value>(_ read: () throws(Mistakes) -> Value) throws -> Value {
  do throws(Mistakes) { return try read() } catch { throw UnreadableInput(error.description) }
}

/// Reads a board file; its warnings go to standard error.
func loadBoard(_ path: String) throws -> BoardDescription {
  guard let result = BoardReading.read(path) else { throw ExitCode(2) }
  BoardReading.report(result)
  guard let board = result.board else { throw ExitCode(2) }
  return board
}
