/// How many microbubbles pass the arterial detector in ten seconds (AL-04).
///
/// A stretch of air too short to count as air is one. The count of such a detector is unreliable
/// (docs/domain.md section 9), so this is a trend for awareness and nothing acts on it.
struct MicrobubbleRate: Sendable {
  /// Microbubbles in ten seconds from which on there are many.
  static var many: UInt32 { 10 }

  private var bins = InlineArray<10, UInt16>(repeating: 0)
  private var bin = 0
  private var ticksLeft: UInt32 = 0
  private var isPassing = false
  /// Those of the last nine to ten seconds.
  private(set) var count: UInt32 = 0

  /// There are many.
  var isHigh: Bool { count >= Self.many }

  /// Follows the detector by one tick.
  ///
  /// - Parameters:
  ///   - reading: what it saw.
  ///   - shortest: the shortest stretch that counts as air, microseconds.
  ///   - second: ticks in a second.
  mutating func update(_ reading: Reading<AirObservation>, shortest: Int32, second: UInt32) {
    if ticksLeft == 0 {
      ticksLeft = max(1, second)
      bin = bin + 1 < 10 ? bin + 1 : 0
      count -= UInt32(bins[bin])
      bins[bin] = 0
    }
    ticksLeft -= 1
    let longest = reading.usable?.longestAir ?? 0
    let passes = longest > 0 && longest < shortest
    if passes && !isPassing && bins[bin] < .max {
      bins[bin] += 1
      count += 1
    }
    isPassing = passes
  }
}
