/// Two sensors in one place must agree (docs/domain.md 5.2): more than 0.5 K apart for 10 s is an
/// alert, more than 1.0 K freezes the heater.
struct TwinCheck: BitwiseCopyable, Sendable {
  /// The twins disagree.
  private(set) var isAlert = false
  /// They disagree so far that neither may be heated by.
  private(set) var isFar = false
  private var alert = SustainedCondition(for: Seconds(seconds: 10))
  private var far = SustainedCondition(for: Seconds(seconds: 5))

  mutating func update(
    _ first: Reading<Temperature>, _ second: Reading<Temperature>, step: Seconds
  ) {
    var apart = TemperatureDifference.zero
    if let first = first.usable, let second = second.usable { apart = (first - second).magnitude }
    isAlert = alert.update(apart > .kelvins(0.5), step: step)
    isFar = far.update(apart > .kelvins(1), step: step)
  }
}
