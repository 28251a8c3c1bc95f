public import PerfusionCore

/// What a run was of: enough to run it again.
public struct RunHeader: Sendable {
  /// Name of the board.
  public var board: String
  /// The board file as the person named it.
  public var boardFile: String
  /// The seed.
  public var seed: UInt64
  /// Version of the firmware under test.
  public var version: String
  /// Name of the rig.
  public var rig: String

  /// Makes a header.
  public init(board: String, boardFile: String, seed: UInt64, version: String, rig: String) {
    self.board = board
    self.boardFile = boardFile
    self.seed = seed
    self.version = version
    self.rig = rig
  }
}

/// How a run ended.
public enum RunVerdict: String, Sendable {
  /// Everything that was expected came.
  case passed
  /// Something did not.
  case failed
  /// The rig cannot do what the scenario asks: neither passed nor failed.
  case unsupported
}

/// Everything that a report says about one run.
public struct RunResult: Sendable {
  /// What was run.
  public var header: RunHeader
  /// The case file.
  public var file: String
  /// Its title.
  public var title: String
  /// Its summary.
  public var summary: String
  /// What it gives evidence for.
  public var identifiers: [String]
  /// How each expectation ended.
  public var outcomes: [Outcome]
  /// What happened.
  public var log: EventLog
  /// The key signals.
  public var traces: [Trace]
  /// The sum over the run.
  public var fingerprint: String
  /// Base ticks that were run, prelude included.
  public var ticks: UInt64
  /// Seconds of virtual time, prelude included.
  public var seconds: Double
  /// Seconds of the case itself.
  public var caseSeconds: Double
  /// The machine.
  public var machine: MachineConfiguration

  /// How the run ended.
  public var verdict: RunVerdict {
    if outcomes.contains(where: { $0.verdict == .unsupported }) { return .unsupported }
    return outcomes.allSatisfy { $0.verdict == .met } ? .passed : .failed
  }

  /// How many outcomes ended so.
  public func count(_ verdict: Verdict) -> Int {
    outcomes.filter { $0.verdict == verdict }.count
  }
}

extension ScenarioRun {
  /// What became of everything so far.
  public func result(header: RunHeader) -> RunResult {
    var sum = fingerprint
    sum.add(rig.fingerprint)
    return RunResult(
      header: header, file: scenario.file, title: scenario.title, summary: scenario.summary,
      identifiers: scenario.identifiers, outcomes: outcomes, log: log,
      traces: recorder.traces, fingerprint: sum.text, ticks: ticks,
      seconds: Double(rig.now.microseconds) / 1_000_000, caseSeconds: time, machine: rig.machine)
  }

  /// Seconds of case time at which the last entry with a fixed time is due: for progress.
  public var plannedSeconds: Double {
    if let duration = scenario.duration { return duration }
    return scenario.entries.reduce(0.0) { latest, entry in
      let times = entry.expectations.map { ($0.within ?? 0) + ($0.hold ?? 0) }
      let last = max(times.max() ?? 0, entry.actions.map(\.after).max() ?? 0)
      switch entry.due {
      case .at(let time): return max(latest, time + last)
      case .after(let time): return latest + time + last
      }
    }
  }
}
