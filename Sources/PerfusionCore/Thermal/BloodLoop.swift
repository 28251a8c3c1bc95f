/// The outer loop: which water makes the arterial outlet what it shall be
/// (docs/domain.md 4.6 and 5.3).
///
/// Feed-forward through the heat exchanger, Tw = Tv + (Ta - Tv)/eps, with the effectiveness
/// corrected by what outlet and bath show, and a slow trim for the rest. The trim stands still
/// while the bath is not where it was sent, so it does not wind up.
struct BloodLoop: BitwiseCopyable, Sendable {
  /// Measured effectiveness over the calculated one, 0.6...1.6.
  ///
  /// It starts above one, as if the exchanger were better than calculated, so that the first
  /// approach stays inside the gradient.
  private(set) var correction = 1.2
  private var trim = TemperatureDifference.zero
  private var seenDrive: TemperatureDifference?
  private var isSteady = false

  /// Difference between water and venous blood from which the effectiveness shows.
  private static var telling: TemperatureDifference { .kelvins(2.5) }
  private static var learning: Seconds { Seconds(seconds: 30) }
  /// Hose, blood path and thermistor between bath and outlet reading, as one lag.
  private static var lag: Seconds { Seconds(seconds: 14) }
  private static var trimming: Seconds { Seconds(seconds: 200) }
  private static var trimLimit: TemperatureDifference { .kelvins(1.5) }
  /// Share of the outlet's error that is added to the water while the outlet is too cold.
  private static var proportional: Double { 0.4 }
  /// The same while it is too warm, where the ceiling and the gradient lie; this much of what
  /// would bring the outlet back at once.
  private static var withdrawing: Double { 1.2 }
  /// The learning and the trim wait while the driving difference moves faster than this.
  private static var steady: TemperatureDifference { .kelvins(0.2) }

  /// Starts the trim over, for a bumpless change of mode.
  mutating func restart() { trim = .zero }

  /// Compares the outlet with what the exchanger should make of the bath.
  mutating func learn(
    arterial: Temperature, venous: Temperature, bath: Temperature, effectiveness: Double,
    step: Seconds
  ) {
    let present = bath - venous
    let before = seenDrive ?? present
    let drive = before + (present - before) * min(step / Self.lag, 1)
    seenDrive = drive
    isSteady = (present - drive).magnitude < Self.steady
    guard isSteady, drive.magnitude > Self.telling, effectiveness > 0.05 else { return }
    let seen = min(max((arterial - venous) / drive / effectiveness, 0.6), 1.6)
    correction += (seen - correction) * min(step / Self.learning, 1)
  }

  /// The water temperature for an outlet set-point; without an arterial reading by feed-forward
  /// alone.
  mutating func water(
    for setpoint: Temperature, arterial: Temperature?, venous: Temperature,
    effectiveness: Double, isFollowing: Bool, step: Seconds
  ) -> Temperature {
    let reach = max(effectiveness * correction, 0.1)
    let feedForward = venous + (setpoint - venous) / min(reach, 1)
    guard let arterial else { return feedForward }
    let error = setpoint - arterial
    if isFollowing && isSteady {
      trim = (trim + error * (step / Self.trimming / reach)).clamped(
        -Self.trimLimit, Self.trimLimit)
    }
    let gain = error < .zero ? Self.withdrawing / reach : Self.proportional
    return feedForward + trim + error * gain
  }
}
