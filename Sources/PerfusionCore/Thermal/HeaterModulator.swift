/// Switches the heater for a share of each period, by the tick (docs/domain.md 5.3).
struct HeaterModulator: BitwiseCopyable, Sendable {
  private let period: Int
  private var position = 0

  init(_ circuit: WaterCircuitConfiguration, tick: Seconds) {
    let count = tick.seconds > 0 ? circuit.heaterPeriod / tick + 0.5 : 1
    period = count >= 1 && count < 100_000 ? Int(count) : 1
  }

  /// Whether the heater is on in the next tick, for a duty of 0...1.
  mutating func next(duty: Fraction) -> Bool {
    let isOn = duty > .zero && Double(position) + 0.5 < duty.clamped().value * Double(period)
    position = position + 1 >= period ? 0 : position + 1
    return isOn
  }
}
