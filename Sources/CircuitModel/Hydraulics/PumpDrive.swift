import PerfusionCore

/// One pump with its rotor in this step.
struct PumpDrive {
  /// The head.
  let pump: PlantPump
  /// Rotor angle in turns, signed.
  let turns: Double
  /// Rotor speed in rpm, signed.
  let speed: Double
  /// Occlusion gap, 0 as set up, 1 wide open.
  let gap: Double

  /// A pump as the inputs drive it; nothing when the board does not have it.
  @inline(__always)
  init?(_ fitted: borrowing SlottedPump, _ inputs: borrowing CircuitInputs) {
    let slot = fitted.slot
    guard slot >= 0, slot < 8 else { return nil }
    pump = fitted.pump
    turns = inputs.rotorTurns[slot]
    speed = bounded(inputs.rotorSpeed[slot], -20_000, 20_000)
    gap = bounded(inputs.occlusionGap[slot], 0, 1)
  }
}
