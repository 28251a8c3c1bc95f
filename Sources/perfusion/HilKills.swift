import ArgumentParser
import BlackBoxFiles
import BoardFiles
import Foundation
import PerfusionCore
import Scenarios
import VirtualKernel

/// `perfusion hil kills`: the deployed firmware is killed while it runs a machine.
struct HilKills: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kills",
    abstract: "Kills the deployed firmware again and again while it runs a machine.",
    discussion: """
      SIGKILL, or SIGSTOP and then SIGKILL, at random instants, of the next firmware too: in the 0.9 s \
      after its start. Rotors must hold, outputs fall back when \
      their leases end, the next start adopts, recordings hold all but their stated bounds and replay to \
      the bit. Exit code 1 when one does not.
      """)

  @Option(help: "The kernel program.")
  var kernel: String
  @Option(help: "The firmware file.")
  var firmware = "dist/perfusiond-x86_64"
  @Option(help: "Scenario that brings the machine up.")
  var scenario = "HIL/kill/ecmo-on-support.yaml"
  @Option(help: "How many kills.")
  var count = 1000
  @Option(help: "Seed of every random draw.")
  var seed: UInt64 = 1
  @Option(help: "Folder for recordings; emptied first.")
  var folder = ".build-hil/kills"
  @Flag(help: "Prints what the virtual kernel and the firmware on it have printed.")
  var console = false

  func run() throws {
    let (rig, planned) = try makeRig()
    let run = ScenarioRun(planned, on: rig)
    run.followsRig = true
    run.runToEnd()
    if console { print(rig.console) }
    let series = KillSeries(rig, seed: seed)
    let result = run.result(
      header: RunHeader(
        board: "", boardFile: "", seed: seed, version: programVersion, rig: rig.name))
    guard result.verdict == .passed else {
      for line in result.complaints { print(line) }
      throw UnreadableInput("\(scenario): error: the machine does not come up; see hil run")
    }
    var wrong = 0
    var longest = (ticks: UInt64(0), outage: 0.0)
    for number in 1...max(1, count) {
      let kill = series.kill()
      let (complaints, lost) = judge(kill, tick: rig.machine.tickMicroseconds)
      longest = (max(longest.ticks, lost), max(longest.outage, kill.outage))
      for complaint in complaints {
        print(
          "kill \(number)\(kill.wasFrozen ? " (stopped first)" : "")"
            + "\(kill.lostItsGuard ? " (guard killed first)" : "")"
            + (kill.nextKilledAfter.map { " (the next \($0 / 1000) ms after its start too)" } ?? "")
            + ": \(complaint)")
      }
      if !complaints.isEmpty { wrong += 1 }
      if rig.trouble != nil { break }
    }
    if let trouble = rig.trouble { print("the rig cannot go on: \(trouble)") }
    if console { print(rig.console) }
    _ = rig.makeSafe()
    print(
      "\(count) kills, \(wrong) failed; at most \(longest.ticks) ticks lost, "
        + "\(longest.outage) s until the next firmware spoke")
    if wrong > 0 || rig.trouble != nil { throw ExitCode(1) }
  }

  private func makeRig() throws -> (VirtualKernelRig, Scenario) {
    let file = try readable { () throws(Mistakes) in try ScenarioFile(path: scenario) }
    let boardFile = file.boardPath.map(file.resolve) ?? "boards/ecmo-beaglebone.yaml"
    let board = try loadBoard(boardFile)
    let planned = try readable { () throws(Mistakes) in
      try file.scenario(for: board.machine, plant: PlantNumbers(board.machine).vocabulary)
    }
    if FileManager.default.fileExists(atPath: folder) {
      try FileManager.default.removeItem(atPath: folder)
    }
    let session = try DeployedFirmware(
      file: firmware, board: board, seed: seed, image: "\(folder)/board.image",
      box: folder + "/box"
    ).start(onKernel: kernel)
    let rig = VirtualKernelRig(board.machine, session, framePeriod: 0.02)
    return (rig, planned)
  }

  /// The files of the black box, the oldest first.
  private var recordings: [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: "\(folder)/box")
        .filter { $0.hasSuffix(".mcap") }.sorted()
    } catch { return [] }
  }

  /// What is wrong with a kill and with the recording of the firmware that it ended, and how many
  /// ticks the recording lacks of those that the link had told of.
  private func judge(
    _ kill: KillSeries.Kill, tick: Int32
  ) -> (complaints: [String], lost: UInt64) {
    var complaints = kill.complaints
    // The last is being written; one between belongs to a firmware that hardly lived.
    let names = recordings
    guard let name = names.first, names.count > 1 else {
      return (complaints + ["the recording is missing"], 0)
    }
    guard let bytes = FileManager.default.contents(atPath: "\(folder)/box/\(name)") else {
      return (complaints + ["\(name) is missing"], 0)
    }
    let recording = KilledRecording([UInt8](bytes))
    if let complaint = recording.complaint { complaints.append("\(name): \(complaint)") }
    let lost = kill.newestTick > recording.ticks ? kill.newestTick - recording.ticks : 0
    if lost > UInt64(1_000_000 / max(1, tick)) {
      complaints.append("\(name): \(lost) ticks are lost, more than a second")
    }
    if !recording.holds(kill.events) {
      complaints.append("\(name): an event is lost that was older than 100 ms")
    }
    // Looked at: a thousand of them would fill the disk.
    for name in names.dropLast() {
      do { try FileManager.default.removeItem(atPath: "\(folder)/box/\(name)") } catch {
        complaints.append("\(name) cannot be removed")
      }
    }
    return (complaints, lost)
  }
}
