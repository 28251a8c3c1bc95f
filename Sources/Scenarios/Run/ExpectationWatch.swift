import PerfusionCore

/// Follows one expectation from the moment its entry is due until it is decided.
struct ExpectationWatch: Sendable {
  let expectation: Expectation
  /// Index of its outcome.
  let slot: Int
  /// Case time of the entry.
  let due: Double
  private var cause: TriggerWatch
  private var effect: TriggerWatch?
  private var effectSlot: Int
  private var causeAt: Double?
  private var trueSince: Double?
  /// What the condition's quantity did since it became due.
  private var curve = PeakSeries(points: 160)

  init(
    _ expectation: Expectation, slot: Int, due: Double, rates: (Trigger) -> Int,
    decisions: Range<UInt32>
  ) {
    self.expectation = expectation
    self.slot = slot
    self.due = due
    cause = TriggerWatch(
      expectation.trigger, began: due, rateSlot: rates(expectation.trigger), decisions: decisions)
    effectSlot = expectation.reaction.map { rates($0.to) } ?? -1
  }

  /// Looks at one tick; gives the decision when there is one.
  mutating func check(_ tick: TickView) -> Decision? {
    if expectation.reaction != nil { return checkReaction(tick) }
    let isTrueNow = cause.isTrue(tick)
    if cause.isDrawn { curve.add(.init(time: tick.time, value: cause.plain)) }
    guard let isTrue = isTrueNow else { return nil }
    if expectation.isNegated { return checkAbsence(isTrue, tick.time) }
    if cause.hasWindow { return decision(isTrue, tick.time) }
    return checkPresence(isTrue, tick.time)
  }

  /// The longest time that an expectation without `within` may take: events need a tick or two
  /// after the command, conditions are looked at once.
  private var within: Double? {
    if let within = expectation.within { return within }
    if case .event = expectation.trigger { return 1 }
    return nil
  }

  private mutating func checkPresence(_ isTrue: Bool, _ time: Double) -> Decision? {
    let elapsed = time - due
    if let early = expectation.notBefore, elapsed < early - 1e-9 {
      guard isTrue else { return nil }
      return Decision(
        isMet: false, time: time, value: elapsed, unit: "s", margin: elapsed - early,
        message: "came after \(spanText(elapsed)), \(spanText(early - elapsed)) too early")
    }
    if !isTrue { trueSince = nil } else if trueSince == nil { trueSince = time }
    guard let hold = expectation.hold else {
      if isTrue { return decision(true, time) }
      guard let within else { return decision(false, time) }
      return elapsed >= within - 1e-9 ? late(time, within) : nil
    }
    return checkHold(hold, time)
  }

  private mutating func checkHold(_ hold: Double, _ time: Double) -> Decision? {
    let latestStart = due + (within ?? 0)
    guard let since = trueSince else {
      if within == nil || time >= latestStart - 1e-9 {
        return within == nil ? broken(time) : late(time, within ?? 0)
      }
      return nil
    }
    // A hold without "within" begins with the entry itself.
    let start = within == nil ? due : since
    return time - start >= hold - 1e-9 ? decision(true, time) : nil
  }

  private func checkAbsence(_ isTrue: Bool, _ time: Double) -> Decision? {
    let hold = expectation.hold ?? 0
    if isTrue {
      return Decision(
        isMet: false, time: time, value: time - due, unit: "s", margin: time - due - hold,
        message: "happened after \(spanText(time - due))")
    }
    guard time - due >= hold - 1e-9 else { return nil }
    return Decision(
      isMet: true, time: time, value: time - due, unit: "s", margin: nil,
      message: "nothing in \(spanText(hold))")
  }

  private mutating func checkReaction(_ tick: TickView) -> Decision? {
    guard let reaction = expectation.reaction else { return nil }
    if causeAt == nil {
      if cause.isTrue(tick) == true {
        causeAt = tick.time
        effect = TriggerWatch(reaction.to, began: tick.time, rateSlot: effectSlot)
      } else if tick.time - due >= (expectation.within ?? 60) {
        return Decision(
          isMet: false, time: tick.time, value: nil, unit: "s", margin: nil,
          message: "the cause never came in \(spanText(tick.time - due))")
      }
    }
    guard let causeAt else { return nil }
    let elapsed = tick.time - causeAt
    let hasHappened = effect?.isTrue(tick) == true
    if hasHappened, elapsed <= reaction.limit + 1e-9 {
      return Decision(
        isMet: true, time: tick.time, value: elapsed, unit: "s", margin: reaction.limit - elapsed,
        message: "took \(spanText(elapsed))")
    }
    // Goes on for a while past the limit, to say by how much it was missed.
    guard elapsed > reaction.limit + 1e-9 else { return nil }
    if hasHappened {
      return Decision(
        isMet: false, time: tick.time, value: elapsed, unit: "s", margin: reaction.limit - elapsed,
        message: "took \(spanText(elapsed)), \(spanText(elapsed - reaction.limit)) too long")
    }
    guard elapsed > reaction.limit * 4 + 1 else { return nil }
    return Decision(
      isMet: false, time: tick.time, value: nil, unit: "s", margin: nil,
      message: "no effect in \(spanText(elapsed))")
  }

  /// The quantity from the moment at which it became due on.
  var points: [PeakSeries.Point] { curve.points }

  /// The decision at the last tick of a run.
  mutating func end(at time: Double) -> Decision {
    Decision(
      isMet: false, time: time, value: nil, unit: "", margin: nil,
      message: "the run ended \(spanText(time - due)) after it was due")
  }

  private func decision(_ isMet: Bool, _ time: Double) -> Decision {
    guard case .condition(let condition) = cause.trigger else {
      let elapsed = time - due
      return Decision(
        isMet: isMet, time: time, value: elapsed, unit: "s",
        margin: within.map { $0 - elapsed }, message: "came after \(spanText(elapsed))")
    }
    let seen = condition.expression.text(cause.value)
    return Decision(
      isMet: isMet, time: time, value: condition.expression.reported(cause.value),
      unit: condition.expression.unit, margin: cause.margin,
      message: isMet ? "was \(seen)" : "was \(seen)" + beyond(cause.margin, condition))
  }

  private func broken(_ time: Double) -> Decision {
    var decision = decision(false, time)
    decision.message += " \(spanText(time - due)) after its beginning"
    return decision
  }

  private func late(_ time: Double, _ within: Double) -> Decision {
    guard case .condition(let condition) = cause.trigger else {
      return Decision(
        isMet: false, time: time, value: nil, unit: "s", margin: nil,
        message: "did not come in \(spanText(within))")
    }
    var decision = decision(false, time)
    if let nearest = cause.nearest {
      decision.value = nearest.value
      decision.margin = nearest.margin
      let seen = condition.expression.text(nearest.value)
      decision.message =
        nearest.margin < 0
        ? "came nearest with \(seen) at \(clockText(seconds: nearest.time))"
          + beyond(nearest.margin, condition)
        : "did not stay: last \(condition.expression.text(cause.value))"
    }
    return decision
  }

  private func beyond(_ margin: Double?, _ condition: Condition) -> String {
    guard let margin, margin <= 0 else { return "" }
    let dimension = condition.expression.dimension.ofDifference
    return ", \(dimension.shown(-margin)) \(condition.expression.differenceUnit) beyond the bound"
  }
}

/// How a watch decided.
struct Decision: Sendable {
  var isMet: Bool
  var time: Double
  var value: Double?
  var unit: String
  var margin: Double?
  var message: String
}

/// `3.25 s`, `180 ms`.
func spanText(_ seconds: Double) -> String {
  seconds.magnitude < 1 ? shortNumber(seconds * 1000) + " ms" : shortNumber(seconds) + " s"
}

extension Expression {
  /// A value for a report: nothing for words and for what is no number.
  func reported(_ value: Double) -> Double? {
    dimension != .word && value.isFinite ? value : nil
  }

  /// The unit of a distance between two of its values.
  var differenceUnit: String {
    if case .rate = window { return unit }
    return dimension.ofDifference.unit
  }
}
