/// What is known of a rotor in one tick.
public struct RotorMotion: BitwiseCopyable, Sendable {
  /// Smooth signed speed; `stale` (or the sensor's own complaint) 100 ms after the last good sample.
  public internal(set) var speed = Reading<RotationalSpeed>.absent
  /// Signed speed over about 50 ms.
  public internal(set) var fastSpeed = Reading<RotationalSpeed>.absent
  /// Counts travelled since start-up, jumps left out.
  public internal(set) var travel: Int64 = 0
  /// Counts travelled since the update before this one.
  public internal(set) var advance: Int64 = 0
  /// Microseconds between the sample of this update and the one before; zero without a new one.
  public internal(set) var interval: Double = 0
  /// The last samples did not hang together: what they say has to wait for better ones.
  public internal(set) var isUneasy = false
  /// The count was set anew in this update: what was travelled meanwhile is not known.
  public internal(set) var wasRebased = false
  /// Speed that one count makes in the fast window: its resolution.
  public internal(set) var fastResolution = RotationalSpeed.zero
  /// Counts in one revolution.
  public let countsPerRevolution: Double
  /// Length of the window behind `speed`, in microseconds.
  public internal(set) var windowMicroseconds: Double = 100_000

  /// A rotor that has not been read.
  init(countsPerRevolution: Double) { self.countsPerRevolution = countsPerRevolution }

  /// Length of the window behind `speed`.
  public var window: Seconds { Seconds(seconds: windowMicroseconds / 1_000_000) }
  /// The rotor turns as fast now as over the whole window, but for 3 % and the noise of the counts.
  var isEven: Bool {
    (fastSpeed.value - speed.value).magnitude
      <= max(speed.value.magnitude * 0.03, .zero) + fastResolution * 4
  }
  /// Turns travelled since start-up.
  public var turns: Revolutions {
    Revolutions(revolutions: Double(travel) / countsPerRevolution)
  }
  /// Turns travelled since the update before this one.
  public var advanced: Revolutions {
    Revolutions(revolutions: Double(advance) / countsPerRevolution)
  }
}
