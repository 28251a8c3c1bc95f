/// Debounce and latch of up to 64 rows.
///
/// Rows whose condition is false and that have nothing pending cost nothing: only the bits that
/// are set anywhere are visited.
struct RowBank: Sendable {
  /// Rows whose condition has stood long enough.
  private(set) var active: UInt64 = 0
  /// Rows that are latched, active or not.
  private(set) var latched: UInt64 = 0
  private var pending: UInt64 = 0
  private var counters = InlineArray<64, UInt32>(repeating: 0)

  /// Moves every row on by one tick.
  ///
  /// - Parameters:
  ///   - conditions: bit i is the condition of row i now.
  ///   - raise: ticks a condition must stand.
  ///   - clear: ticks it must be gone.
  /// - Returns: true when a row became active or inactive.
  mutating func update(
    conditions: UInt64, raise: InlineArray<64, UInt32>,
    clear: InlineArray<64, UInt32>
  ) -> Bool {
    let before = active
    var visit = (conditions ^ active) | pending
    while visit != 0 {
      let index = visit.trailingZeroBitCount
      let bit = UInt64(1) << UInt64(index)
      visit &= visit &- 1
      let isTrue = conditions & bit != 0
      let isActive = active & bit != 0
      guard isTrue != isActive else {
        counters[index] = 0
        pending &= ~bit
        continue
      }
      counters[index] &+= 1
      pending |= bit
      let needed = isTrue ? raise[index] : clear[index]
      guard counters[index] >= needed else { continue }
      counters[index] = 0
      pending &= ~bit
      active = isTrue ? active | bit : active & ~bit
    }
    return before != active
  }

  /// Latches rows.
  mutating func latch(_ rows: UInt64) { latched |= rows }

  /// Releases latches whose row is no longer active.
  mutating func release(_ rows: UInt64) {
    latched &= ~(rows & ~active)
  }
}
