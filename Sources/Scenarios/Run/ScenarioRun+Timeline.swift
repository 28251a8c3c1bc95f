import PerfusionCore

/// The timeline: which entry is due, and what begins with it.
extension ScenarioRun {
  func beginDueEntries() {
    guard rig.now.microseconds >= nextLook else { return }
    while !hasAborted, waiting == nil, scriptIndex < scripts.count {
      let script = scripts[scriptIndex]
      guard entryIndex < script.scenario.entries.count else {
        guard beginNextScript(script) else { return }
        continue
      }
      let entry = script.scenario.entries[entryIndex]
      let due = dueTime(entry)
      guard rig.now.microseconds >= due else {
        nextLook = due
        return
      }
      previousDue = due
      if let wait = entry.wait, let slot = script.slots[entryIndex].wait {
        waiting = watch(wait, slot: slot, decisions: 0..<0)
        return
      }
      begin(entry, script)
    }
  }

  func dueTime(_ entry: TimelineEntry) -> Int64 {
    switch entry.due {
    case .at(let seconds): max(origin + Self.microseconds(seconds), previousDue)
    case .after(let seconds): previousDue + Self.microseconds(seconds)
    }
  }

  static func microseconds(_ seconds: Double) -> Int64 {
    Int64((min(max(seconds, 0), 1e10) * 1_000_000).rounded())
  }

  /// Goes on to the next script once a prelude has done and proved everything.
  func beginNextScript(_ script: RunScript) -> Bool {
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

  var hasFailedPrelude: Bool {
    outcomes.contains { $0.verdict == .notMet && $0.kind != .always }
  }

  func begin(_ entry: TimelineEntry, _ script: RunScript) {
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
    nextLook = .min
  }

  static func expectsRefusal(_ entry: TimelineEntry) -> Bool {
    entry.expectations.contains { expectation in
      guard case .event(let pattern) = expectation.trigger else { return false }
      switch pattern {
      case .refused, .missing: return true
      default: return false
      }
    }
  }

  func watch(
    _ expectation: Expectation, slot: Int, decisions: Range<UInt32>
  ) -> ExpectationWatch {
    let due = Double(rig.now.microseconds - origin) / 1_000_000
    outcomes[slot].dueAt = due
    return ExpectationWatch(
      expectation, slot: slot, due: due, rates: { rateSlot($0) }, decisions: decisions)
  }

  func abort(_ why: String) {
    hasAborted = true
    add(.failure, why + "; the rest is not played")
  }
}
