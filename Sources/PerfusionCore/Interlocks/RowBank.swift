/// Debounce and latch of up to 128 rows.
///
/// Rows whose condition is false and that have nothing pending cost nothing: only the bits that
/// are set anywhere are visited.
struct RowBank<let capacity: Int>: Sendable {
  /// Rows whose condition has stood long enough.
  private(set) var active: UInt128 = 0
  /// Rows that are latched, active or not.
  private(set) var latched: UInt128 = 0
  private var pending: UInt128 = 0
  private var counters = InlineArray<capacity, UInt32>(repeating: 0)

  /// Moves every row on by one tick.
  ///
  /// - Parameters:
  ///   - conditions: bit i is the condition of row i now.
  ///   - timing: ticks a condition must stand, and be gone; only read, in place.
  /// - Returns: true when a row became active or inactive.
  mutating func update(conditions: UInt128, _ timing: inout RowTiming<capacity>) -> Bool {
    var visit = (conditions ^ active) | pending
    guard visit != 0 else { return false }
    let before = active
    while visit != 0 {
      let index = visit.trailingZeroBitCount
      let bit = UInt128(1) << UInt128(index)
      visit &= visit &- 1
      let isTrue = conditions & bit != 0
      guard isTrue != (active & bit != 0) else {
        counters[index] = 0
        pending &= ~bit
        continue
      }
      counters[index] &+= 1
      pending |= bit
      let needed = isTrue ? timing.raise[index] : timing.clear[index]
      guard counters[index] >= needed else { continue }
      counters[index] = 0
      pending &= ~bit
      active = isTrue ? active | bit : active & ~bit
    }
    return before != active
  }

  /// Latches rows.
  mutating func latch(_ rows: UInt128) { latched |= rows }

  /// Releases latches whose row is no longer active.
  mutating func release(_ rows: UInt128) {
    latched &= ~(rows & ~active)
  }
}

/// Times of a bank's rows in ticks, and the rows that bear on a start or on water, worked out once
/// from the table.
struct RowTiming<let capacity: Int>: Sendable {
  private(set) var raise = InlineArray<capacity, UInt32>(repeating: 1)
  private(set) var clear = InlineArray<capacity, UInt32>(repeating: 1)
  private(set) var blocksStart: UInt128 = 0
  private(set) var holdsMachine: UInt128 = 0
  private(set) var locksWater: UInt128 = 0
  private(set) var stopsWater: UInt128 = 0
  /// Rows whose alarm is of high priority.
  private(set) var isHigh: UInt128 = 0

  /// Takes a row in.
  mutating func learn(_ index: Int, _ row: InterlockRow, _ configuration: MachineConfiguration) {
    guard index >= 0 && index < capacity else { return }
    raise[index] = Self.ticks(row.raise, configuration)
    clear[index] = Self.ticks(row.clear, configuration)
    let bit = UInt128(1) << UInt128(index)
    if row.start >= .blocks { blocksStart |= bit }
    if row.start == .holds { holdsMachine |= bit }
    if row.water >= .locks { locksWater |= bit }
    if row.water == .stops { stopsWater |= bit }
    if row.priority == .high { isHigh |= bit }
  }

  private static func ticks(_ span: Seconds, _ configuration: MachineConfiguration) -> UInt32 {
    UInt32(clamping: configuration.ticks(span))
  }
}
