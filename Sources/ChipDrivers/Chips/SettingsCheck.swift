/// When a driver reads back settings that no result shows: each once in sixteen visits, and at the visit
/// after a transfer that failed, because what struck the bus may have struck the chip.
@usableFromInline struct SettingsCheck: BitwiseCopyable, Sendable {
  @usableFromInline var visits: UInt8 = 0

  @usableFromInline init() {}

  /// Which of `count` settings is to be read back in this visit; nothing in most. `cycle` is a power of
  /// two of visits; between two settings there is a visit without.
  @inlinable mutating func next(of count: UInt8, within cycle: UInt8 = 16) -> UInt8? {
    visits = (visits &+ 1) & (cycle &- 1)
    return visits & 1 == 0 && visits >> 1 < count ? visits >> 1 : nil
  }

  /// A transfer failed: the first setting is due at the next visit.
  mutating func doubt() { visits = .max }
}
