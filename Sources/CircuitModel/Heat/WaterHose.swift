/// The hose from tank to heat exchanger: water moves through it as a plug, which makes the dead
/// time volume / flow (docs/domain.md 4.6).
struct WaterHose: Sendable, BitwiseCopyable {
  private static let cells = 40
  private var temperatures: InlineArray<40, Double>
  private var oldest = 0
  private var share = 0.0
  /// What enters the current cell so far, mixed.
  private var entering: Double

  /// A hose full of water of one temperature.
  init(temperature: Double) {
    temperatures = InlineArray(repeating: temperature)
    entering = temperature
  }

  /// Moves water through, L, and gives the temperature at the far end.
  mutating func pass(_ liters: Double, at temperature: Double, volume: Double) -> Double {
    let cell = max(volume, 0.02) / Double(Self.cells)
    let moved = min(max(liters, 0) / cell, Double(Self.cells))
    share += moved
    if moved > 0 {
      entering += (temperature - entering) * min(moved / max(share, moved), 1)
    }
    while share >= 1 {
      temperatures[oldest] = entering
      oldest = oldest + 1 < Self.cells ? oldest + 1 : 0
      share -= 1
      entering = temperature
    }
    let next = oldest + 1 < Self.cells ? oldest + 1 : 0
    return temperatures[oldest] + share * (temperatures[next] - temperatures[oldest])
  }
}
