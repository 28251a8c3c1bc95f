import PerfusionCore

/// What is looked at after every tick.
extension ScenarioRun {
  func takeEvents(_ tick: TickView) {
    guard let events = tick.events else { return }
    for index in events.indices {
      let event = events[index]
      fingerprint.add(UInt64(event.decision))
      switch event.kind {
      case .accepted: break
      case .alarmRaised, .alarmCleared, .alarmLatched, .alarmRose:
        add(.alarm, eventText(event.kind, machine: rig.machine))
      case .refused, .missing:
        add(.event, eventText(event.kind, machine: rig.machine))
        checkRefusal(event)
      default: add(.event, eventText(event.kind, machine: rig.machine))
      }
    }
  }

  func checkRefusal(_ event: Event) {
    guard event.decision != 0,
      let entry = guarded.first(where: { $0.decisions.contains(event.decision) })
    else { return }
    fail(
      Outcome(
        file: entry.file, place: entry.entry.place, kind: .action,
        text: entry.entry.actionTexts.joined(separator: "; "), verdict: .notMet, dueAt: entry.due,
        decidedAt: time, message: eventText(event.kind, machine: rig.machine)))
  }

  func fail(_ outcome: Outcome) {
    outcomes.append(outcome)
    add(.failure, outcome.description)
  }

  func check(_ tick: TickView) {
    checkWait(tick)
    var index = 0
    while index < watches.count {
      if let decision = watches[index].check(tick) {
        outcomes[watches[index].slot].curve = watches[index].points
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

  func checkWait(_ tick: TickView) {
    guard let decision = waiting?.check(tick), let slot = waiting?.slot else { return }
    waiting = nil
    settle(slot, decision)
    guard decision.isMet else { return abort("a wait had no end") }
    previousDue = rig.now.microseconds
    nextLook = .min
    let script = scripts[scriptIndex]
    begin(script.scenario.entries[entryIndex], script)
  }

  func settle(_ slot: Int, _ decision: Decision) {
    outcomes[slot].verdict = decision.isMet ? .met : .notMet
    outcomes[slot].decidedAt = decision.time
    outcomes[slot].value = decision.value
    outcomes[slot].unit = decision.unit
    outcomes[slot].margin = decision.margin
    outcomes[slot].message = decision.message
    if !decision.isMet { add(.failure, outcomes[slot].description) }
  }

  func finishWhenDone() {
    guard !isFinished else { return }
    if hasAborted { return finish() }
    if isInCase, let limit = scenario.duration {
      if time >= limit { finish() }
      return
    }
    guard isInCase, watches.isEmpty, waiting == nil, actions.isEmpty, stimuli.isEmpty else {
      return
    }
    if entryIndex >= scripts[scriptIndex].scenario.entries.count { finish() }
  }

  /// What the run is waiting for, with its place: the step that a time limit names.
  public var currentStep: String {
    guard scriptIndex < scripts.count else { return "the end" }
    let scenario = scripts[scriptIndex].scenario
    func step(_ place: Place, _ text: String) -> String {
      "\(scenario.file):\(place.line):\(place.column): \(text)"
    }
    if let waiting {
      return step(waiting.expectation.place, "wait: \(waiting.expectation.text)")
    }
    if let watch = watches.first {
      return step(watch.expectation.place, "expect: \(watch.expectation.text)")
    }
    if scenario.entries.indices.contains(entryIndex) {
      let entry = scenario.entries[entryIndex]
      return step(entry.place, entry.note.isEmpty ? "the entry here" : entry.note)
    }
    return step(Place(line: 1, column: 1), "the end of the timeline")
  }

  /// Ends the run because it can go on no longer, naming the step at which it stood.
  public func stop(_ why: String) {
    guard !isFinished else { return }
    fail(
      Outcome(
        file: scenario.file, place: Place(line: 1, column: 1), kind: .step,
        text: "run to the end", verdict: .notMet, decidedAt: time,
        message: "\(why), at \(clockText(seconds: time)), at the step \(currentStep)"))
    finish()
  }

  /// Ends the run now: what is still open is not met.
  public func finish() {
    guard !isFinished else { return }
    isFinished = true
    for index in watches.indices {
      outcomes[watches[index].slot].curve = watches[index].points
      settle(watches[index].slot, watches[index].end(at: time))
    }
    watches = []
    for watch in invariants { outcomes[watch.slot] = watch.outcome(outcomes[watch.slot]) }
  }
}
