/// Holds the flow of a centrifugal pump by speed: a PI loop of 0.2 to 0.5 Hz (docs/domain.md 3.5).
///
/// It never chases flow into suction: while the inlet sucks, the servos hold back or the venous line
/// chatters, it only slows down or stays (HZ-12). Without a usable flow the speed stays.
struct FlowHold: BitwiseCopyable, Sendable {
  private var integral: Double = 0
  private var error = LowPass()

  /// Speed for each L/min of error that the integral gathers in a second.
  private static var integralGain: Double { 420 }
  /// Speed for each L/min of error.
  private static var proportionalGain: Double { 120 }

  /// Continues from a speed without a step.
  mutating func adopt(_ speed: RotationalSpeed) {
    integral = speed.revolutionsPerMinute
    error.set(0)
  }

  /// The speed for this tick, inside `lowest...highest`.
  ///
  /// * `mayRise`: nothing forbids more speed.
  /// * `isFrozen`: the signal swings (chatter): no control at all.
  mutating func speed(
    set: Flow, flow: Reading<Flow>, lowest: RotationalSpeed, highest: RotationalSpeed,
    mayRise: Bool, isFrozen: Bool, tick: Seconds
  ) -> RotationalSpeed {
    guard let measured = flow.usable, !isFrozen else {
      error.set(0)
      return .rpm(integral)
    }
    let off = min(max((set - measured).litersPerMinute, -1), 1)
    error.update(off, timeConstant: .milliseconds(100), tick: tick)
    let step = FlowHold.integralGain * off * tick.seconds
    if mayRise || step < 0 { integral += step }
    integral = min(max(integral, lowest.revolutionsPerMinute), highest.revolutionsPerMinute)
    let push = FlowHold.proportionalGain * error.value
    return .rpm(integral + (mayRise || push < 0 ? push : 0)).clamped(lowest, highest)
  }
}
