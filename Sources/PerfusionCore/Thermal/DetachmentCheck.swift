/// A sensor at the arterial outlet must show what the heat exchanger makes of bath and venous
/// blood (HZ-25).
///
/// Detached: it lies more than 4 K and 15 % of the driving difference away from that for 5 s, or
/// jumps by 3 K within half a second. Attached again: within 3 K for 10 s.
struct DetachmentCheck: BitwiseCopyable, Sendable {
  private(set) var isDetached = false
  private var expected: Temperature?
  private var last: Temperature?
  private var away = SustainedCondition(for: Seconds(seconds: 5))
  private var back = SustainedCondition(for: Seconds(seconds: 10))

  /// Time in which the expectation follows bath and flow, as blood and thermistor do.
  private static var lag: Seconds { Seconds(seconds: 10) }

  /// Takes the reading and what bath and blood explain, nothing while that is not known.
  mutating func update(
    _ reading: Temperature?, explained: Temperature?, drive: TemperatureDifference, step: Seconds
  ) {
    follow(explained, step: step)
    guard let reading else {
      last = nil
      return
    }
    let jump = last.map { (reading - $0).magnitude } ?? .zero
    last = reading
    let distance = expected.map { (reading - $0).magnitude } ?? .zero
    let tolerance = TemperatureDifference.kelvins(4) + drive.magnitude * 0.15
    if jump > .kelvins(3) || away.update(distance > tolerance, step: step) { isDetached = true }
    let isBack = back.update(jump < .kelvins(1) && distance < .kelvins(3), step: step)
    if isDetached && isBack { isDetached = false }
  }

  /// What was expected the last time, for the stuck check.
  var expectation: Temperature? { expected }

  private mutating func follow(_ explained: Temperature?, step: Seconds) {
    guard let explained else {
      expected = nil
      return
    }
    guard let before = expected else {
      expected = explained
      return
    }
    expected = before + (explained - before) * min(step / Self.lag, 1)
  }
}
