internal import PerfusionCore

/// Pulses of a pump's tachometer, both edges counted.
///
/// Counts only grow; the direction command gives the sign. A tick with edges is stamped with the
/// last edge, so that speed from counts and times is exact; a tick without one with the tick.
struct Tachometer: BitwiseCopyable, Sendable {
  private(set) var counts: Int64 = 0
  private var lastEdge = Instant.start
  private var isMoved = false

  mutating func edge(at moment: Instant) {
    counts &+= 1
    if moment > lastEdge { lastEdge = moment }
    isMoved = true
  }

  mutating func observe(now: Instant) -> Reading<Int64> {
    defer { isMoved = false }
    return Reading(counts, takenAt: isMoved ? min(lastEdge, now) : now)
  }
}
