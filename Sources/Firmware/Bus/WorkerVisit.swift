internal import ChipDrivers

/// A visit as the worker keeps it: with the places of its driver and multiplexer, and a count-down
/// instead of a division.
@usableFromInline struct WorkerVisit: BitwiseCopyable, Sendable {
  /// Index of the chip in the wiring.
  @usableFromInline var chip: UInt8 = 0
  /// Place of its driver in the worker.
  @usableFromInline var driver: UInt8 = 0
  /// Place of its multiplexer in the worker; -1 for none.
  @usableFromInline var multiplexer: Int8 = -1
  /// The channel to join, as a bit.
  @usableFromInline var channels: UInt8 = 0
  /// When in its tick it begins, microseconds.
  @usableFromInline var offset: Int64 = 0
  @usableFromInline var everyTicks: UInt16 = 1
  @usableFromInline var phase: UInt16 = 0
  /// Ticks until it takes place again.
  @usableFromInline var countdown: UInt16 = 0

  init() {}

  init(_ visit: ScheduledVisit, driver: UInt8) {
    chip = visit.chip
    self.driver = driver
    offset = Int64(visit.offset)
    everyTicks = max(visit.everyTicks, 1)
    phase = visit.phase % everyTicks
    countdown = phase
  }

  /// Passes the visit in a tick; true when it takes place.
  mutating func pass() -> Bool {
    guard countdown == 0 else {
      countdown &-= 1
      return false
    }
    countdown = everyTicks &- 1
    return true
  }

  /// Sets the count-down as it must be at the beginning of a tick.
  mutating func resume(atTick number: Int64) {
    let every = Int64(everyTicks)
    let wait = (Int64(phase) &- number % every &+ every) % every
    countdown = UInt16(truncatingIfNeeded: wait)
  }
}
