/// The pulse that a roller pump is asked for (docs/domain.md 2.8).
public struct PulsatileSettings: BitwiseCopyable, Equatable, Sendable {
  /// Pulsatile flow is wanted.
  public var isOn = false
  /// Beats a minute, 30...150; held inside.
  public var rate: Double = 70
  /// Share of the beat that is systole, 20...80 %; held inside.
  public var width = Fraction(value: 0.4)
  /// Flow between systoles as a share of the mean, 0...100 %; held inside.
  public var base = Fraction(value: 0.3)
  /// Continuous flow, with the usual pulse prepared.
  public init() {}
}

/// What the operator wants of a pump; no servo or interlock ever writes here.
public struct PumpIntent: BitwiseCopyable, Sendable {
  /// How the set-point is meant.
  public var mode = PumpMode.speed
  /// The pump is meant to run.
  public var isStarted = false
  /// Speed in speed mode; negative turns a vent or sucker in reverse.
  public var setSpeed = RotationalSpeed.zero
  /// Flow in flow mode.
  public var setFlow = Flow.zero
  /// Mean outlet pressure in pressure mode.
  public var setPressure = Pressure.zero
  /// Flow of the master to flow of this pump while it follows, 0.25...16; held inside.
  public var ratio: Double = 4
  /// The pulse of a roller pump.
  public var pulsatile = PulsatileSettings()
  /// The operator holds the detent that lets a centrifugal pump go below its floor; it acts after
  /// 3 s.
  public var forcedBelowFloor = false
  /// The operator wants the clamp of this pump's line open; a centrifugal pump opens it by its
  /// start sequence, and balances behind it while this is false.
  public var wantsClampOpen = true
  /// A pump at rest.
  public init() {}
}
