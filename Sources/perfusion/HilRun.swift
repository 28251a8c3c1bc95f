import ArgumentParser
import BoardFiles
import Foundation
import LiveView
import PerfusionCore
import Scenarios

/// `perfusion hil run`: scenarios on a rig.
struct HilRun: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Plays scenarios on a rig and reports.",
    discussion: """
      Exit code 1 says that a scenario failed, or with --strict that the rig could not play one. The \
      report folder gets junit.xml, report.html and the black boxes.
      """)

  @Option(help: "Rig file, such as HIL/rigs/in-process.yaml.")
  var rig: String
  @Argument(help: "Scenario files; all of HIL/scenarios without any.")
  var scenarios: [String] = []
  @Option(help: "Folder for the reports.")
  var report = ".build-hil/report"
  @Option(help: "Plays only scenarios with this in title or file name.")
  var only: String?
  @Option(help: "Board file in the place of the one that each scenario names.")
  var board: String?
  @Option(help: "Seed in the place of the scenarios' own.")
  var seed: UInt64?
  @Option(help: "A scenario that takes longer on the wall clock is stopped.")
  var limit = Span(seconds: 600)
  @Option(help: "The User-Mode-Linux program, for the virtual kernel; built when not given.")
  var kernel: String?
  @Flag(
    help: """
      Runs the firmware on the virtual kernel in real time without a scenario, for perfusion watch; \
      needs --socket, takes --board.
      """)
  var realTime = false
  @Option(help: "With --real-time: the Unix socket at which the link is served.")
  var socket: String?
  @Flag(
    help: """
      With a rig file of the kind bench: plays on two virtual boards that are wired as the file says, \
      in virtual time, instead of on the hardware of this computer.
      """)
  var backToBack = false
  @OptionGroup var rigOptions: RigOptions
  @Flag(help: "An unsupported scenario fails the run.")
  var strict = false
  @Flag(help: "Prints what the virtual kernel and the firmware on it have printed.")
  var console = false
  @Flag(help: "No black boxes.")
  var noBlackbox = false

  func run() throws {
    Interruption.watch()
    let file = try readable { () throws(Mistakes) in try RigFile(path: rig) }
    if realTime { return try runLive(file) }
    let bench = file.kind == .bench ? try BenchReading.bench(rig, rigOptions) : nil
    if backToBack, bench == nil {
      throw ValidationError("--back-to-back needs a rig file of the kind bench")
    }
    let plan = try HilPlan(self, file, bench)
    let session = try HilSession(self, file, try bench.map { try BenchSession($0, self) })
    for planned in plan.scenarios {
      if Interruption.isAsked { throw ExitCode(130) }
      try session.play(planned)
    }
    try session.writeReports()
    let run = session.run
    for spread in run.spreads { say(Self.line(spread)) }
    say(
      "\(run.rig): \(run.count(.passed)) passed, \(run.count(.failed)) failed, "
        + "\(run.count(.unsupported)) unsupported; "
        + "\(clockText(seconds: run.virtualSeconds, decimals: 0)) of virtual time in "
        + "\(clockText(seconds: session.elapsed, decimals: 0)), "
        + "\(fixedNumber(run.virtualSeconds / max(session.elapsed, 0.001), decimals: 1)) times "
        + "real time; \(report)/report.html")
    if run.count(.failed) > 0 || strict && run.count(.unsupported) > 0 { throw ExitCode(1) }
  }

  /// `emergencyStop: 10 times, 0.125 to 0.130 s, median 0.125 s, limit 0.7 s`.
  private static func line(_ spread: MeasurementSpread) -> String {
    let least = shortNumber(spread.values.first ?? .nan)
    let greatest = shortNumber(spread.values.last ?? .nan)
    let limits = [spread.limits.low, spread.limits.high].compactMap(\.self).map(shortNumber)
    return "      \(spread.name): \(spread.values.count) times, \(least) to \(greatest) "
      + "\(spread.unit), median \(shortNumber(spread.median ?? .nan)) \(spread.unit), limit "
      + limits.joined(separator: " to ") + (spread.isInside ? "" : ", BROKEN")
  }

  private func runLive(_ file: RigFile) throws {
    guard file.kind == .virtualKernel, let socket else {
      throw ValidationError(
        "--real-time needs a rig of the kind virtual-kernel and --socket PATH; in process it is "
          + "perfusion simulate --socket PATH")
    }
    let path = board ?? "boards/adult-bypass-cm4.yaml"
    let planned = PlannedScenario(
      scenario: Scenario(file: path, title: "real time"), board: try loadBoard(path),
      boardFile: path, seed: seed ?? 1)
    let live = HilLive(
      try HilSession(self, file).kernelSession(planned, box: "\(report)/blackbox/live"),
      bridge: try LinkBridge.open(socket))
    BoardReading.complain(
      "virtual kernel: \(planned.board.name) in real time; perfusion watch --socket \(socket)")
    let delays = try live.run()
    live.stop()
    for name in [socket, socket + ".ro"] { _ = unsafe unlink(name) }
    if delays > 0 {
      BoardReading.complain("virtual kernel: this computer fell behind \(delays) times")
    }
  }
}

/// A line of a report that is seen when it is written, in a file too: scenarios take a while.
func say(_ line: String) {
  FileHandle.standardOutput.write(Data((line + "\n").utf8))
}

/// A scenario that will be played, read and checked.
struct PlannedScenario {
  let scenario: Scenario
  let board: BoardDescription
  let boardFile: String
  let seed: UInt64
}

/// Every scenario that a command line names, read and checked before the first is played.
struct HilPlan {
  private(set) var scenarios: [PlannedScenario] = []

  init(_ command: HilRun, _ rig: RigFile, _ bench: BenchDescription?) throws {
    var boards: [String: BoardDescription] = [:]
    // On a bench stands one board, whichever the scenarios name.
    if let bench { boards[bench.boardFile] = bench.board }
    var mistakes: [Mistake] = []
    for path in command.scenarios.isEmpty ? Self.files(of: rig) : command.scenarios {
      do throws(Mistakes) {
        for file in try ScenarioFile.variants(path: path) {
          guard
            let named = bench?.boardFile ?? command.board ?? file.boardPath.map(file.resolve)
          else {
            mistakes.append(
              Mistake(
                file: path, line: 1, column: 1, problem: "the scenario names no board",
                advice: "write \"board: boards/NAME.yaml\" or give --board"))
            continue
          }
          var board = boards[named]
          if board == nil { board = Self.board(named) }
          guard let board else { continue }
          boards[named] = board
          let scenario = try file.scenario(
            for: board.machine, plant: PlantNumbers(board.machine).vocabulary)
          guard Self.isWanted(scenario, path, command.only) else { continue }
          scenarios.append(
            PlannedScenario(
              scenario: scenario, board: board, boardFile: named,
              seed: command.seed ?? scenario.seed ?? 1))
        }
      } catch { mistakes += error.list }
    }
    guard mistakes.isEmpty else { throw UnreadableInput(Mistakes(mistakes).description) }
    guard !scenarios.isEmpty else {
      throw UnreadableInput("no scenario to play; give files, or another --only")
    }
  }

  private static func files(of rig: RigFile) -> [String] {
    let folder = "HIL/scenarios"
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return names.filter { name in
      name.hasSuffix(".yaml")
        && (rig.scenarios.isEmpty || rig.scenarios.contains { name.hasPrefix($0) })
    }.sorted().map { "\(folder)/\($0)" }
  }

  private static func isWanted(_ scenario: Scenario, _ path: String, _ only: String?) -> Bool {
    guard let only else { return true }
    return scenario.title.contains(only) || path.contains(only)
  }

  /// A board; its mistakes go to standard error and end the program.
  private static func board(_ path: String) -> BoardDescription? {
    do { return try loadBoard(path) } catch { Foundation.exit(2) }
  }
}
