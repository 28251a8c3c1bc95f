/// Which conditions hold in this tick, before any debounce.
public struct InterlockFacts: Sendable {
  /// Bit i: the condition of the machine row with raw value i.
  public private(set) var machine: UInt128 = 0
  /// The same for the rows of each pump.
  public private(set) var pumps = InlineArray<8, UInt128>(repeating: 0)

  /// No condition holds.
  public init() {}

  /// States a condition of the machine.
  @inlinable public mutating func set(_ row: MachineRow, _ holds: Bool) {
    if holds { insert(row) }
  }
  /// States a condition of a pump.
  @inlinable public mutating func set(_ row: PumpRow, pump: Int, _ holds: Bool) {
    if holds { insert(row, pump: pump) }
  }

  @usableFromInline mutating func insert(_ row: MachineRow) {
    machine |= 1 << UInt128(row.rawValue)
  }
  @usableFromInline mutating func insert(_ row: PumpRow, pump: Int) {
    guard pump >= 0 && pump < 8 else { return }
    pumps[pump] |= 1 << UInt128(row.rawValue)
  }
}
