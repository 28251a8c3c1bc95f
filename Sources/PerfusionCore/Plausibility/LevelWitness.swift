/// Sets the reservoir's level sensor and its two switches against what a reservoir can do, before an
/// interlock acts on them (docs/domain.md 8.4, HZ-42; 8.1, R3).
///
/// A level that falls faster than any tube can drain it is the sensor's error; the sensor is not used
/// for the next ten seconds. A switch at the alarm level that opens without the one above it having
/// opened before, while the sensor sees the level over both, is the switch's error until it closes
/// again. Where sensor and switch say the same, both are believed. A sensor that stands still while
/// both switches open one after the other is the wrong one: then the switches act.
struct LevelWitness: BitwiseCopyable, Sendable {
  /// The level as it may be used.
  private(set) var volume = Reading<Volume>.absent
  /// The level is over the alarm switch, nothing where that is not known or not believed.
  private(set) var isAboveAlarm: Bool?
  /// The level sensor, or the alarm switch, is not believed now.
  var isUntrue: Bool { distrust > 0 || isSwitchUntrue }

  private var last = Reading<Volume>.absent
  private var distrust = 0.0
  private var isSwitchUntrue = false
  private var wasAboveAlarm = true
  private var alertOpen = 0.0
  /// What the sensor showed when the alarm switch opened, and how long ago.
  private var levelThen = Volume.zero
  private var sinceOpen = 0.0

  /// Fall that no tube brings, ml/s: 24 L/min, and what a sample may be off.
  private static var fastest: Double { 400 }
  private static var noise: Double { 60 }
  /// Seconds for which a sensor that jumped is not used.
  private static var rest: Double { 10 }
  /// From alert to alarm the fastest fall takes at least this long.
  private static var between: Double { 0.3 }

  /// Takes one tick's readings.
  mutating func update(
    _ reading: Reading<Volume>, aboveAlert: Reading<Bool>, aboveAlarm: Reading<Bool>,
    _ reservoir: ReservoirConfiguration, isDoubted: Bool, tick: Seconds
  ) {
    distrust = max(distrust - tick.seconds, 0)
    sinceOpen = min(sinceOpen + tick.seconds, 1)
    if reading.quality == .valid { follow(reading) }
    if isAgreed(aboveAlarm, reservoir) { (distrust, isSwitchUntrue) = (0, false) }
    volume = reading
    if distrust > 0 && reading.quality == .valid { volume.quality = .faulted }
    alertOpen = aboveAlert.usable == false ? min(alertOpen + tick.seconds, 10) : 0
    judgeSwitch(aboveAlert, aboveAlarm, reservoir, isDoubted: isDoubted)
  }

  private mutating func follow(_ reading: Reading<Volume>) {
    defer { last = reading }
    guard last.isPresent, reading.takenAt > last.takenAt else { return }
    let elapsed = Double(reading.takenAt.microseconds &- last.takenAt.microseconds) / 1_000_000
    let fall = (last.value - reading.value).milliliters
    if fall > Self.noise + Self.fastest * elapsed { distrust = Self.rest }
  }

  /// The alarm switch is open, and the sensor shows little or fell away with it.
  private func isAgreed(
    _ aboveAlarm: Reading<Bool>, _ reservoir: ReservoirConfiguration
  ) -> Bool {
    aboveAlarm.usable == false && last.isPresent
      && (last.value < reservoir.alarm + .milliliters(100)
        || isSwitchUntrue && sinceOpen < 0.5 && last.value < levelThen - .milliliters(Self.noise))
  }

  private mutating func judgeSwitch(
    _ aboveAlert: Reading<Bool>, _ aboveAlarm: Reading<Bool>, _ reservoir: ReservoirConfiguration,
    isDoubted: Bool
  ) {
    guard let above = aboveAlarm.usable else {
      isAboveAlarm = nil
      return
    }
    if above { isSwitchUntrue = false }
    let opens = !above && wasAboveAlarm
    wasAboveAlarm = above
    // Only a sensor that is believed, and a switch above that tells no story, speak against it.
    if opens, !isDoubted, !isAgreed(aboveAlarm, reservoir), aboveAlert.isPresent,
      alertOpen < Self.between,
      let level = volume.usable, level > reservoir.alert + .milliliters(100)
    {
      isSwitchUntrue = true
      (levelThen, sinceOpen) = (level, 0)
    }
    isAboveAlarm = isSwitchUntrue ? nil : above
  }
}
