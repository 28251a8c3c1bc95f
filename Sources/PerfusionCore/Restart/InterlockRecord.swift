/// What the interlocks keep over a restart: latches, held reactions and what is left of overrides.
struct InterlockRecord: Sendable {
  var machineLatched: UInt128 = 0
  var pumpLatched = InlineArray<8, UInt128>(repeating: 0)
  var held = InlineArray<8, HeldReaction>(repeating: HeldReaction())
  /// Ticks that are left of each override.
  var overrides = InlineArray<8, SiteTable<CircuitEvent, UInt32>>(
    repeating: SiteTable(repeating: 0))

  /// Passes it through a record.
  mutating func pass(_ buffer: inout RecordBuffer, pumps: Int) {
    Self.pass(&machineLatched, &buffer)
    for pump in 0..<min(max(pumps, 0), 8) {
      Self.pass(&pumpLatched[pump], &buffer)
      Self.pass(&held[pump].machineRows, &buffer)
      Self.pass(&held[pump].pumpRows, &buffer)
      buffer.pass(&held[pump].grade)
      buffer.pass(&held[pump].closesClamp)
      buffer.pass(&held[pump].removesTorque)
      for index in 0..<CircuitEvent.count {
        guard let event = CircuitEvent(rawValue: UInt8(index)) else { continue }
        buffer.pass(&overrides[pump][event])
      }
    }
  }

  private static func pass(_ rows: inout UInt128, _ buffer: inout RecordBuffer) {
    var low = UInt64(truncatingIfNeeded: rows)
    var high = UInt64(truncatingIfNeeded: rows >> 64)
    buffer.pass(&low)
    buffer.pass(&high)
    rows = UInt128(high) << 64 | UInt128(low)
  }
}
