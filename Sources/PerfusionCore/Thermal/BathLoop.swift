/// The inner loop: how much heat the bath needs to be where it is sent (docs/domain.md 5.3).
///
/// Proportional-integral with feed-forward of the heat that the blood takes and of the set-point's
/// own slew. The gains follow from the heat capacity of the tank, so 4 and 12 litres behave alike.
struct BathLoop: BitwiseCopyable, Sendable {
  /// Heat capacity of the tank, J/K.
  let capacity: Double
  private var integral = Power.zero

  /// Time constant of the closed loop.
  private static var response: Double { 40 }
  /// Reset time of the integral.
  private static var reset: Double { 150 }

  /// Error that the integral can make up for, K.
  private static var authority: Double { 1 }
  /// The integral waits while the set-point moves faster than this.
  private static var steady: TemperatureRate { .kelvinsPerMinute(1) }

  init(_ circuit: WaterCircuitConfiguration) {
    capacity = max(circuit.tankLiters, 0.5) * HeatExchanger.waterCapacity
  }

  /// Forgets the integral.
  mutating func restart() { integral = .zero }

  /// The heat to put in (positive) or take out (negative) during the next `step`.
  mutating func demand(
    setpoint: Temperature, rate: TemperatureRate, bath: Temperature, load: Power,
    range: ClosedRange<Double>, step: Seconds
  ) -> Power {
    let error = (setpoint - bath).kelvins
    let gain = capacity / Self.response
    let forward = load.watts + capacity * rate.kelvinsPerMinute / 60
    let wanted = forward + gain * error + integral.watts
    let isSaturated =
      (wanted >= range.upperBound && error > 0) || (wanted <= range.lowerBound && error < 0)
    let isUnwinding = error * integral.watts < 0
    if isUnwinding || (!isSaturated && rate.magnitude < Self.steady) {
      let share = min(max(error, -1), 1) * step.seconds / Self.reset
      let most = gain * Self.authority
      integral = (integral + .watts(gain * share)).clamped(.watts(-most), .watts(most))
    }
    return .watts(wanted)
  }
}
