/// Slows a pump that sucks its inlet empty (docs/domain.md 3.4 and 8.4, f_S).
///
/// Cutting speed restores the inlet pressure at a small loss of flow; chasing it does not. The
/// factor falls by 5 % of the set-point a second while the smoothed inlet pressure lies below the
/// alert and rises by 2 % a second above the release, so the band between is the hysteresis. The
/// smoothing takes away line chatter of 1...6 Hz, which is no reason to slow down. A pressure
/// below the fast limit for 50 ms cuts the factor by 30 % at once, at most twice a second.
public struct SuctionServo: BitwiseCopyable, Sendable {
  /// Smoothed inlet pressure below which the pump is slowed, -80 mmHg by default.
  public var alert: Pressure
  /// Smoothed inlet pressure above which it recovers, -60 mmHg by default.
  public var release: Pressure
  /// Inlet pressure that cuts at once, -250 mmHg by default.
  public var fast: Pressure
  /// The factor now, 0.1...1.
  public private(set) var factor = Fraction.one
  /// The inlet pressure without chatter; nothing before the first reading.
  public private(set) var smoothed: Pressure?

  private var first = Pressure.zero
  private var fastCondition = SustainedCondition(for: .milliseconds(50))
  private var sinceCut = Seconds(seconds: 1)
  private var memory = FactorMemory()

  /// The least factor.
  public static var least: Fraction { Fraction(value: 0.1) }
  /// Fall in a second below the alert, as a share of the set-point.
  static var fallPerSecond: Double { 0.05 }
  /// Rise in a second above the release, as a share of the set-point.
  static var risePerSecond: Double { 0.02 }
  /// What the fast cut leaves of the factor.
  static var cut: Double { 0.7 }
  /// Shortest time between two fast cuts.
  static var cutPause: Seconds { Seconds(seconds: 0.5) }
  /// Time constant of each of the two smoothing stages: 3 Hz is cut to a thirtieth.
  static var smoothing: Seconds { Seconds(seconds: 0.3) }

  /// A servo between three pressures.
  public init(alert: Pressure, release: Pressure, fast: Pressure) {
    self.alert = alert
    self.release = release
    self.fast = fast
  }

  /// A servo with the limits of a circuit.
  public init(_ limits: CircuitLimits) {
    self.init(
      alert: limits.suctionAlert, release: limits.suctionRelease, fast: limits.suctionFast)
  }

  /// Takes the inlet pressure after one more `step` of at most 0.1 s.
  ///
  /// While the reading is lost the factor is held for a second and then released.
  public mutating func update(inlet: Reading<Pressure>, step: Seconds) -> Fraction {
    guard let pressure = inlet.usable else {
      smoothed = nil
      fastCondition.reset()
      factor = memory.update(nil, step: step)
      return factor
    }
    let mean = smooth(pressure, step: step)
    sinceCut = min(sinceCut + step, Self.cutPause)
    if fastCondition.update(pressure < fast, step: step), sinceCut >= Self.cutPause {
      factor = factor * Self.cut
      sinceCut = .zero
    } else if mean < alert {
      factor -= .of(Self.fallPerSecond * step.seconds)
    } else if mean > release {
      factor += .of(Self.risePerSecond * step.seconds)
    }
    factor = memory.update(factor.clamped(Self.least, .one), step: step)
    return factor
  }

  /// Forgets the past: full speed allowed.
  public mutating func reset() {
    self = SuctionServo(alert: alert, release: release, fast: fast)
  }

  private mutating func smooth(_ pressure: Pressure, step: Seconds) -> Pressure {
    guard let before = smoothed else {
      first = pressure
      smoothed = pressure
      return pressure
    }
    let share = min(step / Self.smoothing, 1)
    first += (pressure - first) * share
    let mean = before + (first - before) * share
    smoothed = mean
    return mean
  }
}
