import PerfusionCore

/// Plays a scenario on a rig, tick by tick, and checks what it expects.
///
/// Deterministic: no wall clock; the same rig, scenario and seed give the same outcomes, log and
/// fingerprint. After its end it may go on ticking: a live session does.
public final class ScenarioRun<R: Rig> {
  /// The rig.
  public let rig: R
  /// What is played.
  public let scenario: Scenario
  /// What happened.
  public internal(set) var log = EventLog()
  /// Ticks that were run.
  public internal(set) var ticks: UInt64 = 0
  /// Seconds since the beginning of what is played: the prelude first, then the case from 0 again.
  public internal(set) var time = 0.0
  /// The prelude is over.
  public internal(set) var isInCase = false
  /// The rig must come up in time: a transition that does not come about ends the run.
  public var followsRig = false
  /// How far the rig has been brought.
  public internal(set) var strategy = RigStrategy()
  /// Everything is decided; further ticks are free play.
  public internal(set) var isFinished = false

  var outcomes: [Outcome] = []
  var fingerprint = Fingerprint()
  var recorder: Recorder
  var hasAborted = false
  let scripts: [RunScript]
  var scriptIndex = 0
  var entryIndex = 0
  var origin: Int64
  var previousDue: Int64
  /// Before this moment no entry is due.
  var nextLook = Int64.min
  let gauges: any GaugeReader
  var waiting: ExpectationWatch?
  var watches: [ExpectationWatch] = []
  var invariants: [InvariantWatch] = []
  var rates: [RateHistory] = []
  var rateSlots: [String: Int] = [:]
  var nextRateSample: Int64 = .min
  var actions = PendingQueue<PendingAction>()
  var stimuli = PendingQueue<PendingStimulus>()
  var decisions: UInt32 = 0
  var guarded: [GuardedEntry] = []

  struct PendingAction {
    let decision: UInt32
    let planned: PlannedAction
  }
  struct PendingStimulus {
    let stimulus: Stimulus
    let outcome: Outcome
  }
  /// The commands of an entry, of which none may be refused.
  struct GuardedEntry {
    let decisions: Range<UInt32>
    let entry: TimelineEntry
    let file: String
    let due: Double
  }

  /// Prepares a run; the scenario's plant numbers are set before the first tick.
  public init(_ scenario: Scenario, on rig: R) {
    self.rig = rig
    gauges = (rig as? any GaugeReader) ?? RigGauges(rig)
    self.scenario = scenario
    recorder = Recorder(rig.machine)
    scripts = RunScript.scripts(scenario, outcomes: &outcomes)
    origin = rig.now.microseconds
    previousDue = origin
    isInCase = scripts.count == 1
    for script in scripts { prepare(script) }
    applyOverrides()
  }

  func prepare(_ script: RunScript) {
    for invariant in script.scenario.invariants where !script.isPrelude {
      outcomes.append(
        Outcome(
          file: script.scenario.file, place: invariant.place, kind: .always, text: invariant.text,
          verdict: .notReached))
      invariants.append(
        InvariantWatch(invariant, slot: outcomes.count - 1) { self.rateSlot($0) })
    }
    for entry in script.scenario.entries {
      for expectation in entry.expectations + (entry.wait.map { [$0] } ?? []) {
        _ = rateSlot(expectation.trigger)
        if let reaction = expectation.reaction { _ = rateSlot(reaction.to) }
      }
    }
  }

  func rateSlot(_ trigger: Trigger) -> Int {
    guard let expression = trigger.condition?.expression, case .rate(let span) = expression.window
    else { return -1 }
    let key = "\(expression.gauge) \(span)"
    if let slot = rateSlots[key] { return slot }
    rates.append(RateHistory(expression, seconds: span))
    rateSlots[key] = rates.count - 1
    return rates.count - 1
  }

  func applyOverrides() {
    for script in scripts {
      for change in script.scenario.overrides {
        apply(
          PendingStimulus(
            stimulus: .parameter(change.name, change.value),
            outcome: Outcome(
              file: script.scenario.file, place: change.place, kind: .stimulus,
              text: "\(change.name): \(shortNumber(change.value))", verdict: .met)))
      }
    }
  }
}

extension ScenarioRun {
  /// Runs one base tick.
  public func runTick() {
    beginDueEntries()
    let now = rig.now.microseconds
    if stimuli.nextDue <= now { applyDueStimuli() }
    if actions.nextDue <= now { submitDueActions() }
    rig.advance()
    ticks += 1
    time = Double(rig.now.microseconds - origin) / 1_000_000
    let tick = TickView(
      gauges: gauges, time: time, isInCase: isInCase, events: rig.hasEvents ? rig.events : nil,
      rates: sampledRates())
    takeEvents(tick)
    if followsRig, strategy.state < .ready, !isFinished { followRig() }
    check(tick)
    if let trouble = rig.trouble, !isFinished { stop(trouble) }
    if isInCase { recorder.take(gauges, at: time) }
    finishWhenDone()
  }

  /// Runs to the end of the scenario.
  public func runToEnd() {
    while !isFinished { runTick() }
  }

  func sampledRates() -> [RateHistory] {
    guard !rates.isEmpty else { return rates }
    let now = rig.now.microseconds
    if now >= nextRateSample {
      nextRateSample = max(now, nextRateSample) + 1_000_000
      for index in rates.indices { rates[index].take(rates[index].gauge.value(gauges)) }
    }
    return rates
  }

  func add(_ kind: EventLog.Line.Kind, _ text: String) {
    log.add(EventLog.Line(time: time, isPrelude: !isInCase, kind: kind, text: text))
  }
}
