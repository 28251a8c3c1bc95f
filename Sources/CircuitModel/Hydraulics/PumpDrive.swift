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

  /// The pump of a slot as the inputs drive it; a slot the board does not have stands still.
  init?(slot: Int, pumps: borrowing FixedList<8, PlantPump>, inputs: borrowing CircuitInputs) {
    guard slot >= 0, slot < pumps.count else { return nil }
    pump = pumps[slot]
    turns = inputs.rotorTurns[slot]
    speed = bounded(inputs.rotorSpeed[slot], -20_000, 20_000)
    gap = bounded(inputs.occlusionGap[slot], 0, 1)
  }
}
