/// Which chip behind a multiplexer holds the bus.
///
/// When a reset of the multiplexers frees a stuck bus, the chip behind the channel that was joined
/// last is to blame. It stays parted until its pause as a lost chip ends, and when it holds the bus
/// again the reset comes at once, so that the rest of the bus loses one visit a second at most.
/// Numbers are places in the worker's list of drivers; -1 for none.
@usableFromInline struct ChannelCulprit: BitwiseCopyable, Sendable {
  /// The board has a line on the RESET pin of a multiplexer of this bus.
  var canBeParted = false
  /// Behind the channel that was joined last.
  @usableFromInline var joined: Int8 = -1
  private var suspected: Int8 = -1
  private var parted: Int8 = -1

  /// The multiplexers are being reset because the bus is stuck.
  mutating func suspect() {
    if canBeParted { suspected = joined }
  }

  /// A visit went well; which chip is parted, -1 for none.
  mutating func succeed(_ driver: UInt8) -> Int {
    if suspected >= 0 {
      parted = suspected
      suspected = -1
    }
    if Int(driver) == Int(parted) { parted = -1 }
    return Int(parted)
  }

  /// A visit failed; true when the chip that was parted has been joined and holds the bus again.
  mutating func fail(_ driver: UInt8) -> Bool {
    suspected = -1
    return Int(driver) == Int(parted)
  }
}
