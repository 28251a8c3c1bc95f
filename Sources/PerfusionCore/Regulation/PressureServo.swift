/// Slows a pump in proportion as its outlet pressure climbs from the regulating limit to the
/// stopping limit (docs/domain.md 8.4, f_P).
///
/// The factor is a plain function of the pressure, without hysteresis, so the pump recovers by
/// itself along the same line. It acts on the mean over one roller half-turn; the hard limit
/// belongs to the interlocks and their fast channel (docs/domain.md 2.4).
public struct PressureServo: BitwiseCopyable, Sendable {
  /// Pressure up to which the pump runs as set; 300 mmHg by default.
  public var regulate: Pressure
  /// Pressure at which the factor is zero; 350 mmHg by default.
  public var stop: Pressure
  /// Its alarm is overridden: the pump runs as set up to `stop`, where the servo begins anew and
  /// ends as far above it as `regulate` lies below. What nobody may override, the stop limit of a
  /// pump that only slows there, is kept.
  public var isOverridden = false
  private var memory = FactorMemory()

  /// A servo between two limits.
  ///
  /// Limits that coincide or lie the wrong way round make a switch at `stop`.
  public init(regulate: Pressure, stop: Pressure) {
    self.regulate = regulate
    self.stop = stop
  }

  /// A servo with a pump's own limits.
  public init(_ pump: PumpConfiguration) {
    self.init(regulate: pump.regulatePressure, stop: pump.stopPressure)
  }

  /// The factor at a mean pressure: 1 up to `regulate`, 0 from `stop`; overridden, a window higher.
  public func factor(at mean: Pressure) -> Fraction {
    guard stop > regulate else { return mean < stop ? .one : .zero }
    let end = isOverridden ? stop + (stop - regulate) : stop
    return Fraction(value: (end - mean) / (stop - regulate)).clamped()
  }

  /// Takes the mean pressure after one more `step`; a lost reading holds, then releases.
  public mutating func update(mean: Reading<Pressure>, step: Seconds) -> Fraction {
    memory.update(mean.usable.map { factor(at: $0) }, step: step)
  }

  /// Forgets the last factor.
  public mutating func reset() { memory.reset() }
}
