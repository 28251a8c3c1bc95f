/// The venous reservoir: blood, level, and the air that an empty one gives
/// (docs/domain.md 4.2, 4.5).
struct Reservoir: Sendable, BitwiseCopyable {
  /// Blood in it, ml.
  var volume = 0.0
  /// Height of the surface above the outlet, mm.
  var level = 0.0
  /// Blood that ran over, ml.
  var spilled = 0.0

  /// Share of air in what the outlet gives, 0...1.
  @inline(__always)
  func airShare(_ drainage: borrowing DrainageParameters) -> Double {
    volume < drainage.vortexVolume
      ? bounded(1 - volume / max(drainage.vortexVolume, 0.1), 0, 1) : 0
  }

  /// Adds what runs in and takes what runs out, L/min.
  @inline(__always)
  mutating func step(inflow: Double, outflow: Double, drainage: borrowing DrainageParameters) {
    volume += (inflow - outflow) * StepLength.milliliters
    if volume > drainage.reservoirCapacity {
      spilled += volume - drainage.reservoirCapacity
      volume = drainage.reservoirCapacity
    }
  }

  /// Works out the level: a cone at the bottom, straight walls above it.
  mutating func findLevel(_ drainage: borrowing DrainageParameters) {
    let area = max(drainage.reservoirArea, 1)
    let cone = max(drainage.reservoirConeVolume, 1)
    let coneHeight = 30 * cone / area
    guard volume < cone else {
      level = coneHeight + 10 * (volume - cone) / area
      return
    }
    let share = max(volume, 0) / cone
    var root = bounded(level / coneHeight, 0.05, 1)
    for _ in 0..<3 { root -= (root * root * root - share) / (3 * root * root) }
    level = coneHeight * max(root, 0)
  }
}
