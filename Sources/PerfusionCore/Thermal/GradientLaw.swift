/// Where the arterial outlet may be for a given venous blood temperature
/// (docs/domain.md 4.6 and 5.1).
///
/// At most 10 K apart while cooling or below 30 degC arterial, at most 4 K above venous at or
/// above 30 degC. Below that switch the outlet may lead by more than 4 K only up to the switch,
/// so that it never arrives there with too wide a gradient.
public struct GradientLaw: BitwiseCopyable, Sendable {
  /// The limits of the law.
  public var limits: BloodTemperatureLimits

  /// Distance that set-points keep from the law, for noise and overshoot.
  public static var margin: TemperatureDifference { .kelvins(0.15) }
  /// The same while cooling, where the chiller can only be on or off.
  public static var coolingMargin: TemperatureDifference { .kelvins(0.4) }
  /// How much lower than the target the outlet goes for each kelvin the patient is above it.
  static var pursuit: Double { 4 }

  /// A law with these limits.
  public init(_ limits: BloodTemperatureLimits) { self.limits = limits }

  /// The warmest permitted outlet set-point.
  public func highest(venous: Temperature) -> Temperature {
    let narrow = venous + limits.narrowGradient - Self.margin
    if narrow >= limits.gradientSwitch { return min(narrow, limits.softCeiling) }
    let wide = venous + limits.wideGradient - Self.margin
    return min(wide, limits.gradientSwitch - Self.margin)
  }

  /// The coldest permitted outlet set-point.
  public func lowest(venous: Temperature) -> Temperature {
    max(venous - limits.wideGradient + Self.coolingMargin, limits.cold)
  }

  /// The coldest water that keeps the outlet inside the cooling gradient at an effectiveness.
  public func coldestWater(venous: Temperature, effectiveness: Double) -> Temperature {
    venous - (limits.wideGradient - Self.coolingMargin) / max(effectiveness, 0.1)
  }

  /// The outlet set-point for an intent, inside the law and below the soft ceiling.
  public func setpoint(_ intent: ThermalIntent, venous: Temperature) -> Temperature {
    let wanted: Temperature
    switch intent.mode {
    case .standby, .maintain, .rewarm: wanted = intent.target
    case .cool: wanted = pursue(intent.target, venous: venous)
    }
    let highest = highest(venous: venous)
    return wanted.clamped(min(lowest(venous: venous), highest), highest)
  }

  /// The largest permitted difference between outlet and venous blood.
  public func limit(arterial: Temperature, venous: Temperature) -> TemperatureDifference {
    arterial > venous && arterial >= limits.gradientSwitch
      ? limits.narrowGradient : limits.wideGradient
  }

  private func pursue(_ target: Temperature, venous: Temperature) -> Temperature {
    guard venous > target else { return target }
    let lead = venous - target
    return max(target - lead * Self.pursuit, min(limits.floor, target))
  }
}
