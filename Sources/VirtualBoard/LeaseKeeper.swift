import PerfusionCore

/// The supervisor's share of the leases while no firmware runs: past its lease each actuator falls
/// back as the board file says, until the firmware drives it again.
struct LeaseKeeper {
  private var diedAt: Int64?

  /// The firmware died at this moment.
  mutating func begin(at now: Instant) { diedAt = now.microseconds }

  /// The firmware runs again; what fell back stays so until it is driven.
  mutating func end() { diedAt = nil }

  /// Lets every actuator fall back whose lease has run out by now.
  func step(_ board: BoardHardware) {
    guard let diedAt else { return }
    let age = board.plantTime &- diedAt
    for tap in board.taps.indices {
      let isLapsed = board.lapsedTaps >> UInt64(tap & 63) & 1 != 0
      if !isLapsed && age > Int64(board.taps[tap].lease) { board.lapse(tap: tap) }
    }
  }
}
