/// What the interlocks keep over a restart: latches, held reactions and what is left of overrides.
struct InterlockRecord: Sendable {
  var machineLatched: UInt64 = 0
  var pumpLatched = InlineArray<8, UInt64>(repeating: 0)
  var held = InlineArray<8, HeldReaction>(repeating: HeldReaction())
  /// Ticks that are left of each override.
  var overrides = InlineArray<8, SiteTable<CircuitEvent, UInt32>>(
    repeating: SiteTable(repeating: 0))

  /// Passes it through a record.
  mutating func pass(_ buffer: inout RecordBuffer, pumps: Int) {
    buffer.pass(&machineLatched)
    for pump in 0..<min(max(pumps, 0), 8) {
      buffer.pass(&pumpLatched[pump])
      buffer.pass(&held[pump].machineRows)
      buffer.pass(&held[pump].pumpRows)
      buffer.pass(&held[pump].grade)
      buffer.pass(&held[pump].closesClamp)
      for index in 0..<CircuitEvent.count {
        guard let event = CircuitEvent(rawValue: UInt8(index)) else { continue }
        buffer.pass(&overrides[pump][event])
      }
    }
  }
}
