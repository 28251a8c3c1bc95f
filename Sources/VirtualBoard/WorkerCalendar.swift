import PerfusionCore

/// When each bus's worker is to be stepped next, in virtual time.
struct WorkerCalendar {
  private var due = InlineArray<4, Int64>(repeating: .max)
  private let count: Int

  /// A calendar of up to four buses in which every worker is due at once.
  init(buses: Int) {
    count = min(max(buses, 0), 4)
    for bus in 0..<count { due[bus] = 0 }
  }

  /// Every worker is due at a moment.
  mutating func restart(at now: Instant) {
    for bus in 0..<count { due[bus] = now.microseconds }
  }

  /// The worker that is due first before a moment, nothing when none is; ties go to the lower bus.
  mutating func next(before end: Int64) -> Int? {
    var first = -1
    var earliest = end
    for bus in 0..<4 where due[bus] < earliest {
      earliest = due[bus]
      first = bus
    }
    return first >= 0 ? first : nil
  }

  /// When a worker is due.
  mutating func moment(_ bus: Int) -> Instant { Instant(microseconds: due[bus]) }

  /// A worker has run until its bus's own time and wants to run again later; it always moves on
  /// by at least ten microseconds.
  mutating func ran(_ bus: Int, until now: Instant, next wanted: Instant) {
    let least = max(due[bus] &+ 10, now.microseconds)
    due[bus] = max(least, wanted.microseconds)
  }
}
