internal import PerfusionCore

/// Strokes the window watchdog: toggles its line about every 100 ms, never sooner than 50 ms after
/// the stroke before (docs/domain.md 10.1 and 11.1), and only after a verified cycle.
///
/// Without verified cycles the line stands still and the watchdog bites after 150 ms.
struct WatchdogStroke: BitwiseCopyable, Sendable {
  static var periodMicroseconds: Int64 { 100_000 }
  /// Half the longest tick early is nearer to the middle of the window than a tick late.
  static var earlyMicroseconds: Int64 { 10_000 }

  private(set) var strokes: UInt64 = 0
  private var level = false
  private var strokedAt: Instant?

  /// The level of the line in this tick.
  mutating func advance(now: Instant, mayStroke: Bool) -> Bool {
    guard mayStroke else { return level }
    if let strokedAt {
      let elapsed = now.microseconds &- strokedAt.microseconds
      let due = WatchdogStroke.periodMicroseconds - WatchdogStroke.earlyMicroseconds
      guard elapsed >= due else { return level }
    }
    level.toggle()
    strokes &+= 1
    strokedAt = now
    return level
  }
}
