/// A sensor that stays where it is while heat moves what it measures (HZ-25, AL-49).
///
/// Stuck: it has not left a band of 0.05 K for a minute or more in which its expected value moved
/// by more than 1 K.
struct StuckCheck: BitwiseCopyable, Sendable {
  private(set) var isStuck = false
  private var anchor: Temperature?
  private var anchorExpected = Temperature.celsius(0)
  private var time = Seconds.zero

  private static var band: TemperatureDifference { .kelvins(0.05) }
  private static var movement: TemperatureDifference { .kelvins(1) }
  private static var shortest: Seconds { Seconds(seconds: 60) }

  mutating func update(_ reading: Temperature?, expected: Temperature?, step: Seconds) {
    guard let reading, let expected else {
      anchor = nil
      return
    }
    guard let anchor, (reading - anchor).magnitude <= Self.band else {
      self.anchor = reading
      anchorExpected = expected
      time = .zero
      isStuck = false
      return
    }
    time += step
    let moved = (expected - anchorExpected).magnitude
    if time >= Self.shortest && moved > Self.movement { isStuck = true }
  }
}
