public import PerfusionCore

/// What is done to the machine and the world.
extension ScenarioRun {
  func submitDueActions() {
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

  func schedule(_ planned: PlannedStimulus, _ file: String, _ now: Int64) {
    add(.stimulus, planned.text)
    let outcome = Outcome(
      file: file, place: planned.place, kind: .stimulus, text: planned.text, verdict: .met,
      dueAt: time)
    let start = now + Self.microseconds(planned.after)
    switch planned.step {
    case .once(let stimulus):
      stimuli.add(PendingStimulus(stimulus: stimulus, outcome: outcome), at: start)
    case .dip(let span):
      stimuli.add(PendingStimulus(stimulus: .mains(false), outcome: outcome), at: start)
      stimuli.add(
        PendingStimulus(stimulus: .mains(true), outcome: outcome),
        at: start + Self.microseconds(span))
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

  func applyDueStimuli() {
    let now = rig.now.microseconds
    while let pending = stimuli.due(at: now) {
      stimuli.drop()
      apply(pending)
    }
  }

  func apply(_ pending: PendingStimulus) {
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
