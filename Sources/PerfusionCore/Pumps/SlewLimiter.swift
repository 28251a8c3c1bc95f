/// Moves a speed towards its target no faster than allowed.
enum SlewLimiter {
  /// The next value on the way from `value` to `target`.
  static func step(
    _ value: RotationalSpeed, to target: RotationalSpeed, up: Acceleration, down: Acceleration,
    tick: Seconds
  ) -> RotationalSpeed {
    if target > value { return min(target, value + up * tick) }
    return max(target, value - down * tick)
  }
}
