import ArgumentParser
import BlackBox
import BlackBoxFiles
import BoardFiles
import Foundation
import LiveView
import PerfusionCore
import PhysicalRig
import Scenarios
import VirtualBoard
import VirtualKernel

/// Plays scenarios on one rig, one after the other, and keeps what came of them.
final class HilSession {
  private(set) var run: RigRun
  /// Seconds of the wall clock since the session began.
  var elapsed: Double { Self.seconds(began.duration(to: clock.now)) }
  private let command: HilRun
  private let file: RigFile
  private let clock = ContinuousClock()
  private let began: ContinuousClock.Instant
  /// The first transition of the rig that failed: nothing more is played on it.
  private var rigFailure: RigFailure?
  private var builtKernel: String?
  private let bench: BenchSession?

  init(_ command: HilRun, _ file: RigFile, _ bench: BenchSession? = nil) throws {
    self.command = command
    self.file = file
    self.bench = bench
    began = clock.now
    try FileManager.default.createDirectory(
      atPath: command.report + "/blackbox", withIntermediateDirectories: true)
    let firmware = try bench?.firmware ?? Self.firmware(file)
    run = RigRun(
      rig: file.name, rigFile: file.path, firmwareFile: firmware.name, firmwareSum: firmware.sum,
      facts: [("Version", programVersion), ("Commit", programCommit)] + (bench?.facts ?? []))
  }

  /// The firmware file under test with its check sum.
  private static func firmware(_ file: RigFile) throws -> (name: String, sum: String) {
    let path = file.firmware ?? "/proc/self/exe"
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw UnreadableInput("\(path): error: there is no such file; run make firmware")
    }
    return (file.firmware ?? "perfusion (this program)", sha256(Array(bytes)))
  }

  /// Plays one scenario and tells how it ended.
  func play(_ planned: PlannedScenario) throws {
    let start = clock.now
    let result: RunResult
    var box: String?
    if let rigFailure {
      result = notPlayed(planned, rigFailure)
    } else {
      switch file.kind {
      case .inProcess: (result, box) = try playInProcess(planned)
      case .virtualKernel: (result, box) = try playOnKernel(planned)
      case .bench: (result, box) = try playOnBench(planned)
      }
    }
    let wall = Self.seconds(start.duration(to: clock.now))
    run.played.append(PlayedScenario(result: result, wallSeconds: wall, blackBox: box))
    tell(result, wall)
  }

  private func playInProcess(_ planned: PlannedScenario) throws -> (RunResult, String?) {
    let rig = InProcessRig(board: planned.board, seed: planned.seed, usesLink: true)
    let name = boxName(planned)
    let recording = try recording(planned, name, of: rig.virtual)
    let result = play(planned, on: rig)
    try recording?.finish(rig.now)
    return (result, recording == nil ? nil : name)
  }

  /// The black box of a machine in this process; nothing when none is wanted.
  private func recording(
    _ planned: PlannedScenario, _ name: String, of machine: VirtualMachine
  ) throws -> SimulationRecording? {
    guard !command.noBlackbox else { return nil }
    return try SimulationRecording(
      planned.board, seed: planned.seed, rigName: file.name, path: "\(command.report)/\(name)",
      on: machine)
  }

  private func playOnKernel(_ planned: PlannedScenario) throws -> (RunResult, String?) {
    let name = boxName(planned, ending: "")
    let rig = VirtualKernelRig(
      planned.board.machine, try kernelSession(planned, box: "\(command.report)/\(name)"),
      framePeriod: file.framePeriod)
    let result = play(planned, on: rig)
    if command.console { say(rig.console) }
    return (result, name)
  }

  /// On hardware the black box stays on the board.
  private func playOnBench(_ planned: PlannedScenario) throws -> (RunResult, String?) {
    guard let bench else { throw UnreadableInput("\(file.path): error: no bench was read") }
    guard let opening = bench.opening else { return try playBackToBack(planned, bench.bench) }
    let board = RealBoardOnBench(bench.bench, clock: opening.board)
    let result = play(
      planned,
      on: BenchRig(
        bench.bench, hardware: opening.board, board: board, seed: planned.seed,
        framePeriod: file.framePeriod))
    if board.lateMilliseconds > 0 {
      say("      \(board.lateMilliseconds) milliseconds of the rig's loop began late")
    }
    return (result, nil)
  }

  private func playBackToBack(
    _ planned: PlannedScenario, _ bench: BenchDescription
  ) throws -> (RunResult, String?) {
    let board = VirtualBoardOnBench(bench, seed: planned.seed)
    let name = boxName(planned)
    let recording = try recording(planned, name, of: board.boards.underTest)
    let rig = BenchRig(
      bench, hardware: board.boards.hardware, board: board, seed: planned.seed,
      framePeriod: file.framePeriod)
    let result = play(planned, on: rig)
    try recording?.finish(rig.now)
    return (result, recording == nil ? nil : name)
  }

  /// Firmware and kernel, started on a planned scenario's board with nothing kept from before.
  func kernelSession(_ planned: PlannedScenario, box: String) throws -> KernelSession {
    do {
      return try DeployedFirmware(
        file: file.firmware ?? "", board: planned.board, seed: planned.seed,
        image: "\(command.report)/\(planned.board.name).image", box: box
      ).start(onKernel: try kernelProgram())
    } catch let error as VhostError {
      throw UnreadableInput("\(file.path): error: virtual kernel: \(error.reason)")
    }
  }

  /// The kernel of the command line, else the one that HIL/virtual-kernel/build makes or has made.
  private func kernelProgram() throws -> String {
    if let kernel = command.kernel ?? builtKernel { return kernel }
    let build = Process()
    let output = Pipe()
    build.executableURL = URL(fileURLWithPath: "HIL/virtual-kernel/build")
    build.standardOutput = output
    try build.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    build.waitUntilExit()
    let path = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard build.terminationStatus == 0, !path.isEmpty else {
      throw UnreadableInput("HIL/virtual-kernel/build: error: there is no kernel; run make hil")
    }
    builtKernel = path
    return path
  }

  /// Plays on a rig that is there, to its safe end.
  func play<R: Rig>(_ planned: PlannedScenario, on rig: R) -> RunResult {
    let run = ScenarioRun(planned.scenario, on: rig)
    run.followsRig = true
    let latest = clock.now.advanced(by: .milliseconds(Int(command.limit.seconds * 1000)))
    var count = 0
    while !run.isFinished {
      run.runTick()
      count += 1
      guard count % 256 == 0 else { continue }
      if Interruption.isAsked { run.stop("stopped by the operator") }
      if clock.now > latest {
        run.stop("not done in \(command.limit.seconds) s of the wall clock")
      }
    }
    run.makeSafe()
    if rigFailure == nil { rigFailure = run.strategy.failure }
    return run.result(
      header: RunHeader(
        board: planned.board.name, boardFile: planned.boardFile, seed: planned.seed,
        version: programVersion, rig: file.name))
  }

  /// A scenario that the rig was in no state to play.
  private func notPlayed(_ planned: PlannedScenario, _ failure: RigFailure) -> RunResult {
    let rig = InProcessRig(board: planned.board, seed: planned.seed)
    let run = ScenarioRun(planned.scenario, on: rig)
    run.stop("not played, because the rig failed before: \(failure.description)")
    return run.result(
      header: RunHeader(
        board: planned.board.name, boardFile: planned.boardFile, seed: planned.seed,
        version: programVersion, rig: file.name))
  }

  /// `blackbox/003-c03-centrifugal-backflow.mcap`.
  private func boxName(_ planned: PlannedScenario, ending: String = ".mcap") -> String {
    let stem = URL(fileURLWithPath: planned.scenario.file).deletingPathExtension()
      .lastPathComponent
    return "blackbox/\(padded(run.played.count + 1, to: 3))-\(stem)\(ending)"
  }

  private func tell(_ result: RunResult, _ wall: Double) {
    let mark =
      switch result.verdict {
      case .passed: "pass"
      case .failed: "FAIL"
      case .unsupported: "n/a "
      }
    say(
      "\(mark)  \(result.title)  (\(result.file), \(clockText(seconds: result.seconds, decimals: 0))"
        + " in \(fixedNumber(wall, decimals: 1)) s)")
    guard result.verdict != .passed else { return }
    for line in result.complaints { say("      \(line)") }
    if result.complaints.isEmpty { say("      an expectation was not reached") }
  }

  /// Writes JUnit XML and the page.
  func writeReports() throws {
    do {
      try JUnitReport(run).document.write(
        toFile: "\(command.report)/junit.xml", atomically: true, encoding: .utf8)
      try RigReport(run).page.write(
        toFile: "\(command.report)/report.html", atomically: true, encoding: .utf8)
    } catch {
      throw UnreadableInput("\(command.report): error: the reports cannot be written")
    }
  }

  private static func seconds(_ duration: Duration) -> Double {
    let parts = duration.components
    return Double(parts.seconds) + Double(parts.attoseconds) / 1e18
  }
}
