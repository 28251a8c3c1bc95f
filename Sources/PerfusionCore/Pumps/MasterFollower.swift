/// A pump that follows another in proportion (docs/domain.md 8.4).
public struct MasterFollower: BitwiseCopyable, Sendable {
  private var master = LowPass()

  /// A follower at rest.
  public init() {}

  /// Ratios that may be set: master flow to follower flow.
  public static func held(_ ratio: Double) -> Double { ratio >= 0.25 ? min(ratio, 16) : 0.25 }

  /// Speed of the follower: master's speed times the ratio of stroke volumes over the ratio.
  ///
  /// Zero while the master turns slower than 1 rpm, in reverse, or cannot be read.
  public mutating func speed(
    master reading: Reading<RotationalSpeed>, masterStroke: StrokeVolume, stroke: StrokeVolume,
    ratio: Double, tick: Seconds
  ) -> RotationalSpeed {
    guard let speed = reading.usable, speed >= .rpm(1), stroke > .zero else {
      master.reset()
      return .zero
    }
    let turns = speed.revolutionsPerMinute
    // Encoder noise must not reach the follower; a real change of the master must, at once.
    if (turns - master.value).magnitude > 0.05 * turns + 0.5 { master.reset() }
    master.update(turns, timeConstant: .milliseconds(300), tick: tick)
    return .rpm(master.value * (masterStroke / stroke) / MasterFollower.held(ratio))
  }
}
