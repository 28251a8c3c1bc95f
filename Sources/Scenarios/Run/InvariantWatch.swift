import PerfusionCore

/// Follows one invariant through the whole run and keeps its worst moment.
struct InvariantWatch: Sendable {
  let invariant: Invariant
  let slot: Int
  private var trigger: TriggerWatch
  private let from: Double
  private let until: Double
  private let isFromPowerOn: Bool
  private let guardGauge: Gauge?
  private let guardComparison: Comparison
  private let isNegated: Bool
  /// It has been checked at least once.
  private(set) var wasChecked = false
  /// The first tick at which it did not hold.
  private(set) var brokenAt: Double?
  private var brokeInPrelude = false
  private var worst: (margin: Double, value: Double, time: Double)?

  init(_ invariant: Invariant, slot: Int, rates: (Trigger) -> Int) {
    self.invariant = invariant
    self.slot = slot
    from = invariant.from ?? -.infinity
    until = invariant.until ?? .infinity
    isFromPowerOn = invariant.from == nil
    guardGauge = invariant.condition?.expression.gauge
    guardComparison = invariant.condition?.comparison ?? .word(1)
    isNegated = invariant.isNegated
    trigger = TriggerWatch(
      invariant.trigger, began: -.infinity, rateSlot: rates(invariant.trigger))
  }

  /// Looks at one tick; true when it is broken for the first time.
  mutating func check(_ tick: TickView) -> Bool {
    guard tick.isInCase ? tick.time >= from && tick.time <= until : isFromPowerOn else {
      return false
    }
    if let guardGauge, !guardComparison.isMet(by: guardGauge.value(tick.gauges)) { return false }
    guard let isTrue = trigger.isTrue(tick) else { return false }
    // A rate has no value until its window is full, a missing reading breaks nothing by itself.
    if trigger.isCondition, trigger.value.isNaN { return false }
    wasChecked = true
    if let margin = trigger.margin, margin < worst?.margin ?? .infinity {
      worst = (margin, trigger.value, tick.time)
    }
    guard isTrue == isNegated, brokenAt == nil else { return false }
    brokenAt = tick.time
    brokeInPrelude = !tick.isInCase
    if worst == nil { worst = (.nan, trigger.value, tick.time) }
    return true
  }

  private var inPrelude: String { brokeInPrelude ? " of the prelude" : "" }

  /// What became of it.
  func outcome(_ outcome: Outcome) -> Outcome {
    var outcome = outcome
    outcome.verdict = wasChecked ? (brokenAt == nil ? .met : .notMet) : .notReached
    outcome.decidedAt = brokenAt ?? worst?.time
    guard wasChecked else {
      outcome.message = "nothing usable to check"
      return outcome
    }
    guard let expression = invariant.trigger.condition?.expression, let worst else {
      outcome.message =
        brokenAt.map { "happened at \(clockText(seconds: $0))\(inPrelude)" } ?? "never"
      return outcome
    }
    outcome.unit = expression.unit
    outcome.value = expression.reported(worst.value)
    let margin = invariant.isNegated ? -worst.margin : worst.margin
    outcome.margin = margin.isFinite ? margin : nil
    outcome.message =
      (brokenAt.map { "first broken at \(clockText(seconds: $0))\(inPrelude), " } ?? "")
      + "worst \(expression.text(worst.value)) at \(clockText(seconds: worst.time))"
    return outcome
  }
}
