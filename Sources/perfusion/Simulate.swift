import ArgumentParser
import BoardFiles
import Foundation
import LinkMessages
import LiveView
import PerfusionCore
import Scenarios

struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs core, drivers and virtual board, alive or against a case.",
    discussion: """
      Without a case the machine starts up and stays alive until q or Ctrl-C: in a terminal as a \
      full-screen view, elsewhere as one line a second. With a case its expectations are checked; \
      exit code 1 says that one was not met.
      """)

  @Option(help: "Board file; with a case, the one that the case names unless given.")
  var board: String?
  @Option(name: .customLong("case"), help: "Case or scenario file.")
  var caseFile: String?
  @Option(help: "Virtual seconds a second, or max. Default: 1 without a case, max with one.")
  var speed: Speed?
  @Option(help: "Seed of every random draw. Default: the case's own, else 1.")
  var seed: UInt64?
  @Option(help: "Fault from time 0 on, such as arterialClamp:stuck; may be given several times.")
  var fault: [String] = []
  @Option(help: "Writes a self-contained page about the run.")
  var report: String?
  @Option(help: "Records a black box (MCAP) that Foxglove, PlotJuggler and replay read.")
  var blackbox: String?
  @Option(
    help: "Serves the link at this Unix socket, and at PATH.ro for clients that only look.",
    completion: .file())
  var socket: String?
  @Flag(help: "Prints the result as one JSON document.")
  var json = false
  @Option(help: "Ends after this virtual time, such as \"10 min\".")
  var duration: Span?

  func run() throws {
    Interruption.watch()
    let plan = try SimulationPlan(self)
    let run = ScenarioRun(plan.scenario, on: InProcessRig(board: plan.board, seed: plan.seed))
    let recording = try blackbox.map { try SimulationRecording(plan, path: $0, on: run.rig) }
    let link = try socket.map {
      try SimulationLink(
        path: $0, board: plan.board.image().encoded(),
        tickMicroseconds: plan.board.machine.tickMicroseconds)
    }
    let end = play(run, plan, link)
    run.finish()
    link?.close(run.rig)
    try recording?.finish(run.rig.now)
    let result = run.result(header: plan.header)
    try write(result, end)
    switch end {
    case .interrupted: throw ExitCode(130)
    case .quit: return
    case .finished: if result.verdict != .passed { throw ExitCode(1) }
    }
  }

  private func play(
    _ run: ScenarioRun<InProcessRig>, _ plan: SimulationPlan, _ link: SimulationLink?
  ) -> SessionEnd {
    guard case .times(let factor) = plan.speed else {
      return FullSpeedSession(run: run, isQuiet: json, limit: plan.limit, link: link).play()
    }
    let pace = Pace(
      factor: factor, startUpFactor: plan.hasCase ? factor : max(factor, 100),
      staysAlive: !plan.hasCase, limit: plan.limit, link: link)
    if Terminal.isInteractive, !json {
      return LiveSession(run: run, board: plan.board.name, pace: pace).play()
    }
    return PlainSession(run: run, board: plan.board.name, pace: pace, isQuiet: json).play()
  }

  private func write(_ result: RunResult, _ end: SessionEnd) throws {
    if let report {
      do {
        try HTMLReport(result).page.write(toFile: report, atomically: true, encoding: .utf8)
      } catch {
        throw UnreadableInput("\(report): error: the report cannot be written")
      }
    }
    if json {
      print(result.document.text(), terminator: "")
    } else if caseFile != nil || end == .finished {
      print(result.summaryTable(), terminator: "")
    }
  }
}

/// How fast a simulation goes.
enum Speed: ExpressibleByArgument, Equatable {
  /// So many virtual seconds in a second.
  case times(Double)
  /// As fast as the machine can.
  case max

  init?(argument: String) {
    if argument == "max" {
      self = .max
    } else if let factor = Double(argument), factor > 0, factor <= 10_000 {
      self = .times(factor)
    } else {
      return nil
    }
  }
}

/// A virtual time on the command line: `90 s`, `10 min`, `1 h 30 min`.
struct Span: ExpressibleByArgument, CustomStringConvertible {
  var description: String { "\(seconds) s" }
  var seconds: Double

  init(seconds: Double) { self.seconds = seconds }

  init?(argument: String) {
    guard let seconds = timeSpan(argument) else { return nil }
    self.seconds = seconds
  }
}

/// Input that cannot be used: its messages, exit code 2.
struct UnreadableInput: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}
