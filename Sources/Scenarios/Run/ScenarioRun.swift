public import PerfusionCore

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
  public private(set) var log = EventLog()
  /// Ticks that were run.
  public private(set) var ticks: UInt64 = 0
  /// Seconds since the beginning of what is played: the prelude first, then the case from 0 again.
  public private(set) var time = 0.0
  /// The prelude is over.
  public private(set) var isInCase = false
  /// Everything is decided; further ticks are free play.
  public private(set) var isFinished = false

  var outcomes: [Outcome] = []
  var fingerprint = Fingerprint()
  var recorder: Recorder
  private var hasAborted = false
  private let scripts: [RunScript]
  private var scriptIndex = 0
  private var entryIndex = 0
  private var origin: Int64
  private var previousDue: Int64
  private var waiting: ExpectationWatch?
  private var watches: [ExpectationWatch] = []
  private var invariants: [InvariantWatch] = []
  private var rates: [RateHistory] = []
  private var rateSlots: [String: Int] = [:]
  private var nextRateSample: Int64 = .min
  private var actions = PendingQueue<PendingAction>()
  private var stimuli = PendingQueue<PendingStimulus>()
  private var decisions: UInt32 = 0
  private var guarded: [GuardedEntry] = []

  struct PendingAction {
    let decision: UInt32
    let planned: PlannedAction
  }
  struct PendingStimulus {
    let stimulus: Stimulus
    let outcome: Outcome
  }
  /// The commands of an entry, of which none may be refused.
  private struct GuardedEntry {
    let decisions: Range<UInt32>
    let entry: TimelineEntry
    let file: String
    let due: Double
  }

  /// Prepares a run; the scenario's plant numbers are set before the first tick.
  public init(_ scenario: Scenario, on rig: R) {
    self.rig = rig
    self.scenario = scenario
    recorder = Recorder(rig.machine)
    scripts = RunScript.scripts(scenario, outcomes: &outcomes)
    origin = rig.now.microseconds
    previousDue = origin
    isInCase = scripts.count == 1
    for script in scripts { prepare(script) }
    applyOverrides()
  }

  private func prepare(_ script: RunScript) {
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

  private func rateSlot(_ trigger: Trigger) -> Int {
    guard let expression = trigger.condition?.expression, case .rate(let span) = expression.window
    else { return -1 }
    let key = "\(expression.gauge) \(span)"
    if let slot = rateSlots[key] { return slot }
    rates.append(RateHistory(expression, seconds: span))
    rateSlots[key] = rates.count - 1
    return rates.count - 1
  }

  private func applyOverrides() {
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
    applyDueStimuli()
    submitDueActions()
    rig.advance()
    ticks += 1
    time = Double(rig.now.microseconds - origin) / 1_000_000
    let tick = TickView(
      rig: rig, time: time, isInCase: isInCase, events: rig.events, rates: sampledRates())
    takeEvents(tick)
    check(tick)
    if isInCase { recorder.take(rig, at: time) }
    finishWhenDone()
  }

  /// Runs to the end of the scenario.
  public func runToEnd() {
    while !isFinished { runTick() }
  }

  private func sampledRates() -> [RateHistory] {
    guard !rates.isEmpty else { return rates }
    let now = rig.now.microseconds
    if now >= nextRateSample {
      nextRateSample = max(now, nextRateSample) + 1_000_000
      for index in rates.indices { rates[index].take(rates[index].gauge.value(on: rig)) }
    }
    return rates
  }

  private func add(_ kind: EventLog.Line.Kind, _ text: String) {
    log.add(EventLog.Line(time: time, isPrelude: !isInCase, kind: kind, text: text))
  }
}

// The timeline.
extension ScenarioRun {
  private func beginDueEntries() {
    while !hasAborted, waiting == nil, scriptIndex < scripts.count {
      let script = scripts[scriptIndex]
      guard entryIndex < script.scenario.entries.count else {
        guard beginNextScript(script) else { return }
        continue
      }
      let entry = script.scenario.entries[entryIndex]
      let due = dueTime(entry)
      guard rig.now.microseconds >= due else { return }
      previousDue = due
      if let wait = entry.wait, let slot = script.slots[entryIndex].wait {
        waiting = watch(wait, slot: slot, decisions: 0..<0)
        return
      }
      begin(entry, script)
    }
  }

  private func dueTime(_ entry: TimelineEntry) -> Int64 {
    switch entry.due {
    case .at(let seconds): max(origin + Self.microseconds(seconds), previousDue)
    case .after(let seconds): previousDue + Self.microseconds(seconds)
    }
  }

  private static func microseconds(_ seconds: Double) -> Int64 {
    Int64((min(max(seconds, 0), 1e10) * 1_000_000).rounded())
  }

  /// Goes on to the next script once a prelude has done and proved everything.
  private func beginNextScript(_ script: RunScript) -> Bool {
    guard script.isPrelude, watches.isEmpty, actions.isEmpty, stimuli.isEmpty else { return false }
    if hasFailedPrelude {
      abort("the prelude \(script.scenario.file) failed")
      return false
    }
    scriptIndex += 1
    entryIndex = 0
    origin = rig.now.microseconds
    previousDue = origin
    time = 0
    isInCase = !scripts[scriptIndex].isPrelude
    add(.stimulus, "begins: \(scripts[scriptIndex].scenario.title)")
    return true
  }

  private var hasFailedPrelude: Bool {
    outcomes.contains { $0.verdict == .notMet && $0.kind != .always }
  }

  private func begin(_ entry: TimelineEntry, _ script: RunScript) {
    let now = rig.now.microseconds
    let first = decisions + 1
    for planned in entry.actions {
      decisions += 1
      actions.add(
        PendingAction(decision: decisions, planned: planned),
        at: now + Self.microseconds(planned.after))
    }
    let range = first..<(decisions + 1)
    if !entry.note.isEmpty { add(.stimulus, entry.note) }
    for text in entry.actionTexts { add(.stimulus, "do " + text) }
    for stimulus in entry.stimuli { schedule(stimulus, script.scenario.file, now) }
    if !range.isEmpty, !entry.mayBeRefused, !Self.expectsRefusal(entry) {
      guarded.append(
        GuardedEntry(decisions: range, entry: entry, file: script.scenario.file, due: time))
    }
    for (expectation, slot) in zip(entry.expectations, script.slots[entryIndex].expectations) {
      watches.append(watch(expectation, slot: slot, decisions: range))
    }
    entryIndex += 1
  }

  private static func expectsRefusal(_ entry: TimelineEntry) -> Bool {
    entry.expectations.contains { expectation in
      guard case .event(let pattern) = expectation.trigger else { return false }
      switch pattern {
      case .refused, .missing: return true
      default: return false
      }
    }
  }

  private func watch(
    _ expectation: Expectation, slot: Int, decisions: Range<UInt32>
  ) -> ExpectationWatch {
    let due = Double(rig.now.microseconds - origin) / 1_000_000
    outcomes[slot].dueAt = due
    return ExpectationWatch(
      expectation, slot: slot, due: due, rates: { rateSlot($0) }, decisions: decisions)
  }

  private func abort(_ why: String) {
    hasAborted = true
    add(.failure, why + "; the rest is not played")
  }
}

// What is done to the machine and the world.
extension ScenarioRun {
  private func submitDueActions() {
    let now = rig.now.microseconds
    while let pending = actions.due(at: now) {
      let command = OperatorCommand(
        decision: pending.decision, source: .scenario, isConfirmed: pending.planned.isConfirmed,
        action: pending.planned.action)
      guard rig.submit(command) else { return }
      actions.drop()
    }
  }

  /// Sends a command from outside the scenario: a key of the live view.
  public func submit(_ action: OperatorAction, isConfirmed: Bool = true) {
    decisions += 1
    actions.add(
      PendingAction(decision: decisions, planned: PlannedAction(action, isConfirmed: isConfirmed)),
      at: rig.now.microseconds)
  }

  /// Does something to the world from outside the scenario, at once.
  ///
  /// - Returns: why it was not done, nothing when it was.
  public func disturb(_ stimulus: Stimulus, text: String) -> StimulusRefusal? {
    do throws(StimulusRefusal) {
      try rig.apply(stimulus)
      add(.stimulus, text)
      return nil
    } catch {
      return error
    }
  }

  private func schedule(_ planned: PlannedStimulus, _ file: String, _ now: Int64) {
    add(.stimulus, planned.text)
    let outcome = Outcome(
      file: file, place: planned.place, kind: .stimulus, text: planned.text, verdict: .met,
      dueAt: time)
    let start = now + Self.microseconds(planned.after)
    switch planned.step {
    case .once(let stimulus):
      stimuli.add(PendingStimulus(stimulus: stimulus, outcome: outcome), at: start)
    case .ramp(let name, let target, let span):
      let from = rig.parameter(name) ?? target
      let steps = max(1, Int(min(span * 10, 100_000).rounded(.up)))
      for step in 1...steps {
        let share = Double(step) / Double(steps)
        stimuli.add(
          PendingStimulus(
            stimulus: .parameter(name, from + (target - from) * share), outcome: outcome),
          at: start + Self.microseconds(span * share))
      }
    }
  }

  private func applyDueStimuli() {
    let now = rig.now.microseconds
    while let pending = stimuli.due(at: now) {
      stimuli.drop()
      apply(pending)
    }
  }

  private func apply(_ pending: PendingStimulus) {
    do throws(StimulusRefusal) {
      try rig.apply(pending.stimulus)
    } catch {
      var outcome = pending.outcome
      outcome.decidedAt = time
      switch error {
      case .unsupported(let why):
        outcome.verdict = .unsupported
        outcome.message = why
      case .wrong(let why):
        outcome.verdict = .notMet
        outcome.message = why
      }
      outcomes.append(outcome)
      add(.failure, outcome.description)
      abort("a stimulus was not applied")
    }
  }
}

// What is looked at.
extension ScenarioRun {
  private func takeEvents(_ tick: TickView<R>) {
    for index in tick.events.indices {
      let event = tick.events[index]
      fingerprint.add(UInt64(event.decision))
      switch event.kind {
      case .accepted: break
      case .alarmRaised, .alarmCleared:
        add(.alarm, eventText(event.kind, machine: rig.machine))
      case .refused, .missing:
        add(.event, eventText(event.kind, machine: rig.machine))
        checkRefusal(event)
      default: add(.event, eventText(event.kind, machine: rig.machine))
      }
    }
  }

  private func checkRefusal(_ event: Event) {
    guard event.decision != 0,
      let entry = guarded.first(where: { $0.decisions.contains(event.decision) })
    else { return }
    fail(
      Outcome(
        file: entry.file, place: entry.entry.place, kind: .action,
        text: entry.entry.actionTexts.joined(separator: "; "), verdict: .notMet, dueAt: entry.due,
        decidedAt: time, message: eventText(event.kind, machine: rig.machine)))
  }

  private func fail(_ outcome: Outcome) {
    outcomes.append(outcome)
    add(.failure, outcome.description)
  }

  private func check(_ tick: TickView<R>) {
    checkWait(tick)
    var index = 0
    while index < watches.count {
      if let decision = watches[index].check(tick) {
        settle(watches[index].slot, decision)
        watches.remove(at: index)
      } else {
        index += 1
      }
    }
    for index in invariants.indices where invariants[index].check(tick) {
      let invariant = invariants[index].invariant
      add(.failure, "always \(invariant.text): broken")
    }
  }

  private func checkWait(_ tick: TickView<R>) {
    guard let decision = waiting?.check(tick), let slot = waiting?.slot else { return }
    waiting = nil
    settle(slot, decision)
    guard decision.isMet else { return abort("a wait had no end") }
    previousDue = rig.now.microseconds
    let script = scripts[scriptIndex]
    begin(script.scenario.entries[entryIndex], script)
  }

  private func settle(_ slot: Int, _ decision: Decision) {
    outcomes[slot].verdict = decision.isMet ? .met : .notMet
    outcomes[slot].decidedAt = decision.time
    outcomes[slot].value = decision.value
    outcomes[slot].unit = decision.unit
    outcomes[slot].margin = decision.margin
    outcomes[slot].message = decision.message
    if !decision.isMet { add(.failure, outcomes[slot].description) }
  }

  private func finishWhenDone() {
    guard !isFinished else { return }
    let isPlayed =
      isInCase && entryIndex >= scripts[scriptIndex].scenario.entries.count && waiting == nil
      && actions.isEmpty && stimuli.isEmpty
    let limit = isInCase ? scenario.duration : nil
    if let limit, time >= limit { return finish() }
    if hasAborted || (isPlayed && watches.isEmpty && limit == nil) { finish() }
  }

  /// Ends the run now: what is still open is not met.
  public func finish() {
    guard !isFinished else { return }
    isFinished = true
    for index in watches.indices { settle(watches[index].slot, watches[index].end(at: time)) }
    watches = []
    for watch in invariants { outcomes[watch.slot] = watch.outcome(outcomes[watch.slot]) }
  }
}
