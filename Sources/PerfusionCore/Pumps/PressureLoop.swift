/// Holds a mean outlet pressure by speed, for organ perfusion: about 0.1 to 0.2 Hz wide.
///
/// How much pressure a turn makes differs from organ to organ by a factor of ten, so the loop works
/// in proportion: it takes the present speed over the present pressure as the sensitivity. The
/// pressure is led to its set value along a curve of 2 s, so that it does not shoot over on start
/// or release. While something else holds the speed back, integral and curve wait; while the
/// pressure cannot be read the speed stays.
struct PressureLoop: BitwiseCopyable, Sendable {
  private var integral: Double = 0
  private var path = LowPass()

  /// Continues from a speed without a step.
  mutating func adopt(_ speed: RotationalSpeed) {
    integral = speed.revolutionsPerMinute
    path.reset()
  }

  /// The speed for this tick.
  ///
  /// * `heldBack`: an outer limit keeps the commanded speed below what the loop wants.
  /// * `steepness`: how strongly pressure rises with speed: 1 in proportion (roller), 2 with the
  ///   square (centrifugal).
  mutating func speed(
    set: Pressure, mean: Reading<Pressure>, maximum: RotationalSpeed, heldBack: Bool,
    steepness: Double, tick: Seconds
  ) -> RotationalSpeed {
    guard let pressure = mean.usable?.millimetersOfMercury else { return .rpm(integral) }
    let highest = maximum.revolutionsPerMinute
    let wanted = set.millimetersOfMercury
    if heldBack || !path.isPrimed {
      path.set(min(pressure, wanted))
    }
    path.update(wanted, timeConstant: Seconds(seconds: 2), tick: tick)
    let error = path.value - pressure
    let smallest = max(2, 0.3 * wanted)
    let sensitivity =
      max(integral, 0.02 * highest) / (max(pressure, smallest) * max(steepness, 1))
    let push = sensitivity * min(max(error, -wanted - 20), wanted + 20)
    if !(heldBack && push > 0) { integral += 0.7 * push * tick.seconds }
    integral = min(max(integral, 0), highest)
    return .rpm(min(max(integral + 0.5 * push, 0), highest))
  }
}
