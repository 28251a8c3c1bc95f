/// Air at the detectors: what counts, and how long the line has been free.
struct AirWatch: Sendable {
  /// Bubbles counted where they only count.
  private(set) var count: UInt32 = 0
  private var ticksFree: UInt64 = 0
  /// Air that passed the venous detector in about ten seconds, ml.
  private(set) var venousVolume: Double = 0
  private var wasAir = false

  /// A detector shows air that counts: long enough, and its self test vouches for it.
  static func isAir(
    _ reading: Reading<AirObservation>, shortest: Int32
  ) -> Bool {
    guard let seen = reading.usable, seen.selfTestPassed else { return false }
    return seen.longestAir >= shortest
  }

  /// A detector that is fitted cannot be trusted.
  static func isFaulted(_ reading: Reading<AirObservation>) -> Bool {
    guard reading.isPresent else { return false }
    guard let seen = reading.usable else { return true }
    return !seen.selfTestPassed
  }

  /// Venous air that counts however finely it is divided (AL-03).
  static var mostVenousAir: Double { 1 }

  /// Follows the venous detector: foam is many bubbles, none of them long enough to count.
  mutating func follow(_ reading: Reading<AirObservation>, flow: Flow, tick: Seconds) {
    venousVolume -= venousVolume * min(tick.seconds / 10, 1)
    guard let seen = reading.usable, seen.selfTestPassed, seen.longestAir > 0 else { return }
    let time = min(Double(seen.longestAir) / 1_000_000, tick.seconds)
    venousVolume += max(flow.litersPerMinute, 0) * (1000.0 / 60) * time
  }

  /// Follows the arterial detector; true when a new bubble begins.
  mutating func update(isAir: Bool, isFlowing: Bool) -> Bool {
    let begins = isAir && !wasAir
    wasAir = isAir
    if begins { count = count &+ 1 }
    if isAir { ticksFree = 0 } else if isFlowing { ticksFree = ticksFree &+ 1 }
    return begins
  }

  /// The line has been free of air for a span of flow.
  func isFree(ticks: UInt64) -> Bool { ticksFree >= ticks }
}
