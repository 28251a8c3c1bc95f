/// Limits of the blood circuit. Defaults are those of docs/domain.md section 9.
public struct CircuitLimits: BitwiseCopyable, Sendable {
  /// Arterial line pressure alert (AL-09).
  public var pressureAlert = Pressure(millimetersOfMercury: 250)
  /// Arterial line pressure that the safety channel stops at, fixed maximum 450 (AL-11, G5).
  public var pressureHard = Pressure(millimetersOfMercury: 400)
  /// Arterial line pressure below which the line counts as disconnected at flow (AL-12).
  public var pressureLow = Pressure(millimetersOfMercury: 10)
  /// Pre-oxygenator pressure alarm (AL-13).
  public var preOxygenatorHigh = Pressure(millimetersOfMercury: 350)
  /// Pressure drop over the oxygenator: trend alarm (AL-14).
  public var oxygenatorDropAlert = Pressure(millimetersOfMercury: 100)
  /// Pressure drop over the oxygenator: critical (AL-15).
  public var oxygenatorDropAlarm = Pressure(millimetersOfMercury: 200)
  /// Pump inlet pressure: alert, and the servo starts to slow the pump (AL-16).
  public var suctionAlert = Pressure(millimetersOfMercury: -80)
  /// Pump inlet pressure at which the servo lets the pump recover.
  public var suctionRelease = Pressure(millimetersOfMercury: -60)
  /// Pump inlet pressure: critical (AL-17).
  public var suctionAlarm = Pressure(millimetersOfMercury: -150)
  /// Pump inlet pressure that regulates at once (docs/domain.md 3.4).
  public var suctionFast = Pressure(millimetersOfMercury: -250)
  /// Vent line pressure that stops the vent pump (HZ-37).
  public var ventSuction = Pressure(millimetersOfMercury: -100)
  /// Pressure in the coronary sinus that stops retrograde cardioplegia (AL-37, HZ-34).
  public var coronarySinusStop = Pressure(millimetersOfMercury: 40)
  /// Reverse flow that counts as backflow (AL-23).
  public var backflow = Flow(litersPerMinute: -0.1)
  /// Flow under which a running pump counts as delivering nothing (AL-21).
  public var noFlow = Flow(litersPerMinute: 0.3)
  /// Share of the set flow under which flow counts as low (AL-20).
  public var lowFlow = Fraction.percent(70)
  /// Share of the set flow above which flow counts as high (AL-22).
  public var highFlow = Fraction.percent(115)
  /// Speed above the command that counts as overspeed: this many rpm and `overspeedShare`, the
  /// larger of the two (AL-26, HZ-10).
  public var overspeed = RotationalSpeed(revolutionsPerMinute: 5)
  /// See `overspeed`.
  public var overspeedShare = Fraction.percent(10)
  /// Disagreement of probe flow and n times stroke volume (AL-25).
  public var flowMismatch = Fraction.percent(15)
  /// Pressure in the organ's artery that stops its pump (docs/domain.md 1.4, below 100).
  public var organArteryStop = Pressure(millimetersOfMercury: 100)
  /// Pressure in the portal vein that stops its pump (docs/domain.md 1.4, below 12).
  public var portalVeinStop = Pressure(millimetersOfMercury: 12)
  /// The defaults of docs/domain.md section 9.
  public init() {}
}

/// Limits on blood temperature (docs/domain.md 5.1 and 5.2).
public struct BloodTemperatureLimits: BitwiseCopyable, Sendable {
  /// Arterial outlet set-points are held to this, below the ceiling (36.5 degC).
  public var softCeiling = Temperature(degreesCelsius: 36.5)
  /// Arterial outlet must stay below this (37.0 degC; AL-43 medium).
  public var ceiling = Temperature(degreesCelsius: 37.0)
  /// Heating stops at this arterial outlet temperature (37.5 degC; AL-43 high).
  public var heatingStop = Temperature(degreesCelsius: 37.5)
  /// Lowest arterial outlet set-point while cooling (22 degC in case C4).
  public var floor = Temperature(degreesCelsius: 22)
  /// Arterial outlet below which the blood counts as cold (AL-50).
  public var cold = Temperature(degreesCelsius: 15)
  /// Largest gradient between arterial outlet and venous blood while cooling or below
  /// `gradientSwitch` (10 K).
  public var wideGradient = TemperatureDifference(kelvins: 10)
  /// Largest gradient while rewarming at or above `gradientSwitch` (4 K).
  public var narrowGradient = TemperatureDifference(kelvins: 4)
  /// Arterial outlet temperature at which the narrow gradient begins (30 degC).
  public var gradientSwitch = Temperature(degreesCelsius: 30)
  /// Fastest rewarming at or above `gradientSwitch` (0.5 K/min, 2 min window).
  public var rewarmRate = TemperatureRate(kelvinsPerMinute: 0.5)
  /// The limits of the STS/SCA/AmSECT guideline.
  public init() {}
}

/// A water circuit of the heater-cooler.
public struct WaterCircuitConfiguration: BitwiseCopyable, Sendable {
  /// False when the board has none.
  public var isFitted = false
  /// Volume of the tank in litres.
  public var tankLiters: Double = 8
  /// Power of the heater.
  public var heater = Power(watts: 1800)
  /// Power that the chiller takes out of the water.
  public var chiller = Power(watts: 1200)
  /// Coldest water the tank may be told (2...4 degC).
  public var coldest = Temperature(degreesCelsius: 2)
  /// Hottest water the tank may be told (41 degC).
  public var hottest = Temperature(degreesCelsius: 41)
  /// Water temperature that trips the software cut (AL-46, 42 degC).
  public var cutOff = Temperature(degreesCelsius: 42)
  /// Fastest change of the water set-point (4 K/min, docs/domain.md 4.6).
  public var slew = TemperatureRate(kelvinsPerMinute: 4)
  /// Water flow below which the circuit counts as lost (AL-48, 1 L/min).
  public var lowestFlow = Flow(litersPerMinute: 1)
  /// Rated water flow, for the heat exchanger's effectiveness.
  public var ratedFlow = Flow(litersPerMinute: 12)
  /// Heat conductance of the blood heat exchanger in W/K (310, docs/domain.md 4.6).
  public var exchangerConductance: Double = 310
  /// Shortest time the chiller stays on or off (60...180 s).
  public var chillerMinimum = Seconds(seconds: 60)
  /// Period of the heater's time-proportioned switching (1 s).
  public var heaterPeriod = Seconds(seconds: 1)
  /// Stays at this temperature or below without blood flow (docs/domain.md 5.3).
  public var stagnantCeiling = Temperature(degreesCelsius: 37.5)
  /// The defaults of docs/domain.md 4.6 and 5.
  public init() {}
}
