/// The water set-point on its way: inside the bath's limits and no faster than the slew.
struct WaterSetpoint: BitwiseCopyable, Sendable {
  /// Where the water is sent now.
  private(set) var value = Temperature.celsius(20)
  /// How fast that moved in the last step.
  private(set) var rate = TemperatureRate.zero
  private let circuit: WaterCircuitConfiguration

  /// Distance that the set-point keeps from the hottest permitted water, where AL-46 begins.
  private static var headroom: TemperatureDifference { .kelvins(0.5) }

  /// Time constant with which it comes to rest at its goal, so that the bath, whose sensor lags,
  /// does not run past it.
  private static var approach: Seconds { Seconds(seconds: 20) }

  init(_ circuit: WaterCircuitConfiguration) { self.circuit = circuit }

  /// Starts at a temperature, without a step in what the bath is told.
  mutating func start(at temperature: Temperature) {
    value = bounded(temperature)
    rate = .zero
  }

  /// Moves towards a goal for one `step`.
  ///
  /// While the bath lags more than 2 K behind, it waits, so that what the bath is told stays
  /// close to what it can do.
  mutating func move(to goal: Temperature, bath: Temperature?, step: Seconds) {
    let end = bounded(goal)
    let share = (end - value).magnitude * min(step / Self.approach, 1)
    let most = min(circuit.slew * step, share)
    var next = end.clamped(value - most, value + most)
    if let bath {
      let lag = TemperatureDifference.kelvins(2)
      next = next > value ? min(next, max(value, bath + lag)) : max(next, min(value, bath - lag))
    }
    rate = .kelvinsPerMinute((next - value).kelvins * 60 / max(step.seconds, 1e-6))
    value = next
  }

  private func bounded(_ temperature: Temperature) -> Temperature {
    temperature.clamped(circuit.coldest, circuit.hottest - Self.headroom)
  }
}
