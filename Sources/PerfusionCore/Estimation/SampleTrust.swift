/// Whether the samples of a rotor sensor hang together: a rotor has mass, an encoder that reads
/// nonsense has none (docs/domain.md 8.1, R3; HZ-48).
///
/// Counted are samples that no rotor could have come to, and changes of speed by more than the noise
/// that go up and down from one sample to the next. Five of them within a few tens of milliseconds
/// make a sensor erratic, the four after which a count that was set anew is taken up do not; it is
/// believed again after one to two seconds without one.
struct SampleTrust: BitwiseCopyable, Sendable {
  /// The sensor cannot be believed.
  private(set) var isErratic = false
  private var doubt = 0.0
  private var rate = 0.0
  private var interval = 0.0
  private var change = 0.0

  /// Something was odd in the last few samples: what they say has to wait.
  var isUneasy: Bool { doubt >= 0.5 }

  /// Counts by which the step of a sample may change to and fro: an angle that is off by 3.5 counts
  /// makes 14.
  private static var noise: Double { 20 }
  private static var mostDoubt: Double { 8 }

  /// A sample was not possible.
  mutating func reject() { weigh(isOdd: true, microseconds: 0) }

  /// Takes a possible sample: counts moved within microseconds.
  mutating func accept(counts: Double, microseconds: Double) {
    guard microseconds > 0 else { return }
    let now = counts / microseconds
    let moved = (now - rate) * min(microseconds, interval)
    weigh(
      isOdd: moved * change < 0 && min(moved.magnitude, change.magnitude) > Self.noise,
      microseconds: microseconds)
    change = moved
    rate = now
    interval = microseconds
  }

  /// The count began anew: nothing is known of the sample before.
  mutating func startOver() {
    interval = 0
    change = 0
  }

  private mutating func weigh(isOdd: Bool, microseconds: Double) {
    let relief = isErratic ? min(microseconds / 250_000, 0.125) : 0.125
    doubt = min(max(doubt + (isOdd ? 1 : -relief), 0), Self.mostDoubt)
    if doubt >= 5 { isErratic = true }
    if doubt < 0.5 { isErratic = false }
  }
}
