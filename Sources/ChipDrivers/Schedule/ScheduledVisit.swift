/// One visit of a bus worker's cyclic schedule.
public struct ScheduledVisit: BitwiseCopyable, Equatable, Sendable {
  /// Index of the chip in the wiring.
  public var chip: UInt8
  /// When in its tick it begins, microseconds.
  public var offset: Int32
  /// How long it takes at most, microseconds.
  public var cost: Int32
  /// It takes place in every tick whose number is `phase` modulo this; divides 1000.
  public var everyTicks: UInt16
  /// See `everyTicks`.
  public var phase: UInt16

  /// Makes a visit.
  public init(chip: UInt8, offset: Int32, cost: Int32, everyTicks: UInt16, phase: UInt16) {
    self.chip = chip
    self.offset = offset
    self.cost = cost
    self.everyTicks = everyTicks
    self.phase = phase
  }

  /// True when both visits fall in a common tick sooner or later.
  func meets(_ other: ScheduledVisit) -> Bool {
    var (one, two) = (everyTicks, other.everyTicks)
    while two != 0 { (one, two) = (two, one % two) }
    return one == 0 || phase % one == other.phase % one
  }
}
