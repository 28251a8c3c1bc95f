/// Draws the speed of a pulsing roller pump (docs/domain.md 2.8).
///
/// A beat is base, rise, top and fall, with the pump's own slew rates as slopes. The height is
/// solved so that the mean over the beat is exactly the mean that was asked for, slopes included;
/// when the top would pass the highest speed or the slopes would not fit, the pulse becomes flatter
/// and the mean stays. The phase runs on through every change of settings.
public struct PulsatileProfile: BitwiseCopyable, Sendable {
  /// Where in the beat it stands, 0..<1; 0 is the start of systole.
  public private(set) var phase: Double = 0
  /// Speed at the top of the pulse as last drawn.
  public private(set) var top = RotationalSpeed.zero
  /// Speed between pulses as last drawn.
  public private(set) var base = RotationalSpeed.zero

  /// A profile at the start of systole.
  public init() {}

  /// Moves on by one tick and says whether a beat ended; draws the speed for a mean.
  public mutating func draw(
    _ settings: PulsatileSettings, mean: RotationalSpeed, maximum: RotationalSpeed,
    up: Acceleration, down: Acceleration, tick: Seconds
  ) -> (speed: RotationalSpeed, beatEnded: Bool) {
    let period = 60 / min(max(settings.rate, 30), 150)
    phase += tick.seconds / period
    let beatEnded = phase >= 1
    if beatEnded { phase -= 1 }
    let systole = settings.width.clamped(.of(0.2), .of(0.8)).value * period
    let rise = max(up.rpmPerSecond, 1)
    let fall = max(down.rpmPerSecond, 1)
    let height = PulsatileProfile.height(
      mean: mean.revolutionsPerMinute, share: settings.base.clamped().value,
      maximum: maximum.revolutionsPerMinute, period: period, systole: systole, rise: rise,
      fall: fall)
    let bend = 0.5 / rise - 0.5 / fall
    let low = mean.revolutionsPerMinute - height * (systole - bend * height) / period
    base = .rpm(low)
    top = .rpm(low + height)
    let time = phase * period
    let risen = min(height, rise * time)
    let left = time < systole ? risen : max(0, height - fall * (time - systole))
    return (.rpm(max(0, low + left)), beatEnded)
  }

  /// Height of the pulse above its base: area `systole h - bend h^2` a beat.
  private static func height(
    mean: Double, share: Double, maximum: Double, period: Double, systole: Double, rise: Double,
    fall: Double
  ) -> Double {
    let bend = 0.5 / rise - 0.5 / fall
    let area = mean * (1 - share) * period
    let inside = systole * systole - 4 * bend * area
    var height = min(rise * systole, fall * (period - systole))
    if inside >= 0 { height = min(height, 2 * area / (systole + inside.squareRoot())) }
    let room = max(0, maximum - mean)
    let slope = 1 - systole / period
    let root = slope * slope + 4 * bend / period * room
    if root >= 0 { height = min(height, 2 * room / (slope + root.squareRoot())) }
    return max(0, height)
  }
}
