import ArgumentParser
import Foundation
import LiveView
import PerfusionCore
import Scenarios
import VirtualBoard

/// Long runs at full speed: does memory stay flat, does the machine stay quiet?
struct SoakCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "soak",
    abstract: "Plays a long case at full speed and watches memory, alarms and the loop.",
    discussion: """
      Prints a line for every sample of the resident memory: at the end of the start-up, after an \
      hour, then each twelfth of the case. Fails when memory has grown by more than 1 % since the \
      first hour, when a HIGH alarm came, when a tick overran, or when the case itself failed.
      """)

  @Option(name: .customLong("case"), help: "Case file with a duration.")
  var caseFile: String
  @Option(help: "Seed of every random draw. Default: the case's own.")
  var seed: UInt64?
  @Option(help: "Another length than the case's own, such as \"24 h\".")
  var duration: Span?

  /// Growth of resident memory after the first hour that fails, as a share.
  static let allowedGrowth = 0.01

  func run() throws {
    Interruption.watch()
    let plan = try SimulationPlan(simulation())
    guard let seconds = plan.scenario.duration else {
      throw ValidationError("\(caseFile) has no duration; give it one, or say --duration")
    }
    let rig = InProcessRig(board: plan.board, seed: plan.seed)
    let run = ScenarioRun(plan.scenario, on: rig)
    var watch = SoakWatch(run, seconds: seconds)
    while !run.isFinished {
      if Interruption.isAsked { throw ExitCode(130) }
      run.runTick()
      watch.look(run)
    }
    let result = run.result(header: plan.header)
    let findings = watch.findings(run) + (result.verdict == .passed ? [] : ["the case failed"])
    if result.verdict != .passed { print(result.summaryTable(), terminator: "") }
    print(findings.isEmpty ? "soak: passed" : "soak: " + findings.joined(separator: "; "))
    if !findings.isEmpty { throw ExitCode(1) }
  }

  private func simulation() throws -> Simulate {
    var arguments = ["--case", caseFile, "--speed", "max", "--json"]
    if let seed { arguments += ["--seed", "\(seed)"] }
    var command = try Simulate.parse(arguments)
    command.duration = duration
    return command
  }
}

/// What a soak watches, with a line for each sample.
private struct SoakWatch {
  private let interval: Double
  private let later: Double
  private let began = ContinuousClock().now
  private var nextSample = 0.0
  /// Resident memory once buffers are filled: after an hour, or half of a shorter case.
  private var settled: Int?
  private var last = 0
  private var highAlarms: [String] = []

  init(_ run: ScenarioRun<InProcessRig>, seconds: Double) {
    interval = min(3600, seconds / 2)
    later = max(interval, seconds / 12)
    let head = "   virtual time   resident KiB   times real time   HIGH alarms   overruns\n"
    FileHandle.standardOutput.write(Data(head.utf8))
  }

  mutating func look(_ run: ScenarioRun<InProcessRig>) {
    guard run.isInCase else { return }
    if run.rig.hasEvents { note(run.rig.events, run) }
    guard run.time >= nextSample || run.isFinished else { return }
    if nextSample > 0, settled == nil { settled = residentKibibytes() }
    nextSample = nextSample == 0 ? interval : max(nextSample, run.time - 1) + later
    sample(run)
  }

  private mutating func note(_ events: EventList, _ run: ScenarioRun<InProcessRig>) {
    for index in events.indices {
      if case .alarmRaised(let alarm, _) = events[index].kind, alarm.priority == .high {
        highAlarms.append("AL-\(alarm.number) at \(clockText(seconds: run.time, decimals: 0))")
      }
    }
  }

  private mutating func sample(_ run: ScenarioRun<InProcessRig>) {
    last = residentKibibytes()
    let wall = began.duration(to: ContinuousClock().now).components
    let elapsed = Double(wall.seconds) + Double(wall.attoseconds) / 1e18
    let virtual = Double(run.rig.now.microseconds) / 1_000_000
    let columns = [
      (clockText(seconds: run.time, decimals: 0), 15), ("\(last)", 15),
      (fixedNumber(virtual / max(elapsed, 0.001), decimals: 0), 18), ("\(highAlarms.count)", 14),
      ("\(run.rig.virtual.overruns)", 11),
    ]
    // Not by print, whose buffer would keep the line back when the output goes to a file.
    let line = columns.map { right($0.0, $0.1) }.joined() + "\n"
    FileHandle.standardOutput.write(Data(line.utf8))
  }

  /// What fails the soak.
  func findings(_ run: ScenarioRun<InProcessRig>) -> [String] {
    var findings = highAlarms.prefix(5).map { "HIGH alarm \($0)" }
    let overruns = run.rig.virtual.overruns
    if overruns > 0 { findings.append("\(overruns) overruns of the tick") }
    guard let settled else { return findings + ["the case is too short to judge memory"] }
    let growth = Double(last - settled) / Double(max(settled, 1))
    print("resident memory since the first hour: \(fixedNumber(growth * 100, decimals: 2)) %")
    if growth > SoakCommand.allowedGrowth { findings.append("memory grew by more than 1 %") }
    return findings
  }

  private func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  /// Resident memory of this process, KiB; 0 where the kernel does not tell.
  private func residentKibibytes() -> Int {
    guard let file = FileManager.default.contents(atPath: "/proc/self/statm") else { return 0 }
    let fields = String(decoding: file, as: UTF8.self).split(separator: " ")
    guard fields.count > 1, let pages = Int(fields[1]) else { return 0 }
    return pages * (sysconf(Int32(_SC_PAGESIZE)) / 1024)
  }
}
