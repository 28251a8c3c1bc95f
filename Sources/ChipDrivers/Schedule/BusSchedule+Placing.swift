internal import PerfusionCore

extension BusSchedule {
  /// Finds the phase with the earliest free place and puts the chip's visits there.
  mutating func add(chip: UInt8, interval: UInt16, cost: Int32, conversions: Int32) {
    var best: ScheduledVisit?
    for phase in 0..<interval {
      let candidate = ScheduledVisit(
        chip: chip, offset: leadIn, cost: cost, everyTicks: interval, phase: phase)
      guard let placed = earliest(candidate) else { continue }
      if placed.offset < best?.offset ?? .max { best = placed }
    }
    guard let first = best, append(first) else {
      noteNoRoom(chip)
      return
    }
    var last = first
    for _ in 1..<max(conversions, 2) where conversions > 1 {
      var next = last
      next.offset = last.offset + BusSchedule.conversionGap
      // The first visit of the next tick must be a conversion away too.
      guard let placed = earliest(next),
        first.offset + tickMicroseconds - placed.offset >= BusSchedule.conversionGap,
        append(placed)
      else { return }
      last = placed
    }
  }

  /// The visit moved to the earliest free time at or after its offset; nothing when the tick ends
  /// before that.
  private func earliest(_ wanted: ScheduledVisit) -> ScheduledVisit? {
    var visit = wanted
    var isMoved = true
    while isMoved {
      isMoved = false
      for index in visits.indices {
        let other = visits[index]
        let overlaps =
          visit.offset < other.offset + other.cost && other.offset < visit.offset + visit.cost
        guard overlaps && visit.meets(other) else { continue }
        visit.offset = other.offset + other.cost
        isMoved = true
      }
    }
    return visit.offset + visit.cost <= tickMicroseconds ? visit : nil
  }
}
