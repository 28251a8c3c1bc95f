import PerfusionCore

/// What the watches see of one tick.
struct TickView {
  let gauges: any GaugeReader
  /// Case time in seconds.
  let time: Double
  /// The prelude is over.
  let isInCase: Bool
  /// What happened; nothing in a tick without events.
  let events: EventList?
  let rates: [RateHistory]

  /// The change a minute that a rate expression has now.
  func rate(slot: Int) -> Double {
    slot >= 0 && slot < rates.count ? rates[slot].rate : .nan
  }

  /// Whether an event of this tick matches; answers to commands only for these decisions.
  func has(_ pattern: EventPattern, decisions: Range<UInt32>) -> Bool {
    guard let events else { return false }
    for index in events.indices {
      let event = events[index]
      if pattern.answersCommand, !decisions.isEmpty, !decisions.contains(event.decision) {
        continue
      }
      if pattern.matches(event.kind) { return true }
    }
    return false
  }
}
