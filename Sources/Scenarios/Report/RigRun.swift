/// One scenario of a rig's run with what it left behind.
public struct PlayedScenario: Sendable {
  /// What came of it.
  public var result: RunResult
  /// Seconds of the wall clock.
  public var wallSeconds: Double
  /// The black box beside the report; nothing when none was recorded.
  public var blackBox: String?

  /// Makes an entry.
  public init(result: RunResult, wallSeconds: Double, blackBox: String? = nil) {
    self.result = result
    self.wallSeconds = wallSeconds
    self.blackBox = blackBox
  }
}

/// Everything that was played on one rig.
public struct RigRun: Sendable {
  /// Name of the rig.
  public var rig: String
  /// The rig file.
  public var rigFile: String
  /// The program or firmware file under test, as the person named it.
  public var firmwareFile: String
  /// Its SHA-256 sum.
  public var firmwareSum: String
  /// Facts of the run beside these: versions, kernel.
  public var facts: [(name: String, value: String)]
  /// What was played, in order.
  public var played: [PlayedScenario]

  /// Makes a run without scenarios.
  public init(
    rig: String, rigFile: String, firmwareFile: String, firmwareSum: String,
    facts: [(name: String, value: String)]
  ) {
    self.rig = rig
    self.rigFile = rigFile
    self.firmwareFile = firmwareFile
    self.firmwareSum = firmwareSum
    self.facts = facts
    played = []
  }

  /// How many scenarios ended so.
  public func count(_ verdict: RunVerdict) -> Int {
    played.filter { $0.result.verdict == verdict }.count
  }

  /// Seconds of virtual time.
  public var virtualSeconds: Double { played.reduce(0) { $0 + $1.result.seconds } }
  /// Seconds of the wall clock that the scenarios took.
  public var wallSeconds: Double { played.reduce(0) { $0 + $1.wallSeconds } }

  /// Each identifier that a scenario verifies, with the scenarios, sorted.
  public var coverage: [(identifier: String, scenarios: [PlayedScenario])] {
    var found: [String: [PlayedScenario]] = [:]
    for one in played {
      for identifier in one.result.identifiers { found[identifier, default: []].append(one) }
    }
    return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}

/// How the values of one measurement are spread over several scenarios.
public struct MeasurementSpread: Sendable {
  /// What the files call it.
  public var name: String
  /// Its unit.
  public var unit: String
  /// The limits of the last of them.
  public var limits: Outcome.Limits
  /// The values, in rising order.
  public var values: [Double]
  /// Every one of them was inside its limits.
  public var isInside: Bool

  /// The middle value.
  public var median: Double? { values.isEmpty ? nil : values[values.count / 2] }
}

extension RigRun {
  /// Measurements that were made more than once, in the order of their first.
  public var spreads: [MeasurementSpread] {
    var found: [MeasurementSpread] = []
    for outcome in played.flatMap(\.result.outcomes) {
      guard let name = outcome.measurement?.name else { continue }
      let place = found.firstIndex { $0.name == name }
      var spread =
        place.map { found[$0] }
        ?? MeasurementSpread(
          name: name, unit: outcome.unit, limits: outcome.limits, values: [], isInside: true)
      if let value = outcome.value { spread.values.append(value) }
      spread.values.sort()
      spread.limits = outcome.limits
      spread.isInside = spread.isInside && outcome.verdict == .met
      if let place { found[place] = spread } else { found.append(spread) }
    }
    return found.filter { $0.values.count > 1 }
  }
}

extension RunResult {
  /// What did not hold, one line each; empty for a run that passed. Of an unsupported run, what the
  /// rig could not do: the rest follows from that.
  public var complaints: [String] {
    let wanted = verdict == .unsupported ? Verdict.unsupported : nil
    return outcomes.filter { $0.isFailure && (wanted ?? $0.verdict) == $0.verdict }
      .map(\.description)
  }
}
