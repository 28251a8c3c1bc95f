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
    if !isSaturated, error.magnitude < 2 {
      integral = (integral + .watts(gain * error * step.seconds / Self.reset)).clamped(
        .watts(range.lowerBound), .watts(range.upperBound))
    }
    return .watts(wanted)
  }
}
