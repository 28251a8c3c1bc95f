import PerfusionCore

/// Follows a trigger: whether it is true in this tick, and how near it came.
struct TriggerWatch: Sendable {
  let trigger: Trigger
  private var condition: ConditionWatch?
  private let pattern: EventPattern?
  /// Where the condition's rate is kept, -1 when it has none.
  let rateSlot: Int
  /// Decision numbers of the entry's commands.
  let decisions: Range<UInt32>
  /// The last value that was compared; not a number for events.
  private(set) var value = Double.nan
  /// The condition's quantity before any window; not a number for events.
  private(set) var plain = Double.nan
  /// The quantity is a number that can be drawn.
  let isDrawn: Bool
  /// The best margin so far, the value that had it, and when.
  private(set) var nearest: (margin: Double, value: Double, time: Double)?

  init(_ trigger: Trigger, began: Double, rateSlot: Int, decisions: Range<UInt32> = 0..<0) {
    self.trigger = trigger
    self.rateSlot = rateSlot
    self.decisions = decisions
    if case .event(let event) = trigger { pattern = event } else { pattern = nil }
    condition = trigger.condition.map { ConditionWatch($0, began: began) }
    isDrawn = trigger.condition.map { $0.expression.first.words == nil } ?? false
  }

  /// Whether it is true in this tick; nothing while a window is not complete.
  mutating func isTrue(_ tick: TickView) -> Bool? {
    if let pattern { return tick.has(pattern, decisions: decisions) }
    guard condition != nil else { return nil }
    return checkCondition(tick)
  }

  private mutating func checkCondition(_ tick: TickView) -> Bool? {
    plain = condition?.gauge.value(tick.gauges) ?? .nan
    let rate = tick.rate(slot: rateSlot)
    guard let comparison = condition?.comparison,
      let seen = condition?.take(plain, rate: rate, at: tick.time)
    else { return nil }
    value = seen
    let margin = comparison.margin(of: seen)
    if margin == margin, margin > nearest?.margin ?? -.infinity {
      nearest = (margin, seen, tick.time)
    }
    return comparison.isMet(by: seen)
  }

  /// It compares a figure over a window that is not complete at once.
  var hasWindow: Bool { condition?.span != nil }
  /// It follows a condition and no event.
  var isCondition: Bool { condition != nil }

  /// The margin of the last value, nothing for events and words.
  var margin: Double? {
    guard let comparison = condition?.comparison else { return nil }
    let margin = comparison.margin(of: value)
    return margin.isFinite ? margin : nil
  }
}
