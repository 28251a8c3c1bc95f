/// Which pumps were seen to turn the way they are meant to (docs/domain.md 6, HZ-07).
///
/// Four bits count each pump's looks; ten of them, a second of turning, are enough.
struct DirectionCheck: BitwiseCopyable, Equatable, Sendable {
  /// Bits 4 i to 4 i + 3: looks at pump i.
  var counts: UInt32 = 0

  /// Looks that are enough.
  static var enough: UInt32 { 10 }
  /// Slowest speed that shows a direction.
  static var slowest: RotationalSpeed { .rpm(5) }

  /// The pump turned forwards at this look.
  mutating func see(_ pump: Int) {
    guard pump >= 0 && pump < 8, !hasSeen(pump) else { return }
    counts += 1 << UInt32(pump * 4)
  }

  /// The pump has turned forwards for long enough.
  func hasSeen(_ pump: Int) -> Bool { (counts >> UInt32(pump * 4)) & 15 >= Self.enough }
}

extension Controller {
  /// Looks at the pumps that turn.
  mutating func watchDirections() {
    for pump in 0..<pumpCount where !findings[pump].wrongDirection {
      guard let speed = status.pumps[pump].measuredSpeed.usable else { continue }
      if speed > DirectionCheck.slowest { directions.see(pump) }
    }
  }

  /// The primary pump and every roller have shown their direction. A vent that blows is as bad as an
  /// arterial pump that draws (HZ-37).
  mutating func areDirectionsSeen() -> Bool {
    for pump in 0..<pumpCount where pump == 0 || pumps[pump].configuration.kind == .roller {
      if !directions.hasSeen(pump) { return false }
    }
    return pumpCount > 0
  }
}
