import PerfusionCore

/// When each bus's worker is to be stepped next, in virtual time.
struct WorkerCalendar {
  private var due: [Int64]

  /// A calendar in which every worker is due at once.
  init(buses: Int) { due = Array(repeating: 0, count: buses) }

  /// Every worker is due at a moment.
  mutating func restart(at now: Instant) {
    for bus in due.indices { due[bus] = now.microseconds }
  }

  /// The worker that is due first before a moment, nothing when none is; ties go to the lower bus.
  func next(before end: Int64) -> Int? {
    var first: Int?
    var earliest = end
    for bus in due.indices where due[bus] < earliest {
      earliest = due[bus]
      first = bus
    }
    return first
  }

  /// When a worker is due.
  func moment(_ bus: Int) -> Instant { Instant(microseconds: due[bus]) }

  /// A worker has run until its bus's own time and wants to run again later; it always moves on
  /// by at least ten microseconds.
  mutating func ran(_ bus: Int, until now: Instant, next wanted: Instant) {
    let least = max(due[bus] &+ 10, now.microseconds)
    due[bus] = max(least, wanted.microseconds)
  }
}
