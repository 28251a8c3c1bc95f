/// How the clamped-line occlusion test is done and what it accepts (docs/domain.md 2.3).
public struct OcclusionTestPlan: BitwiseCopyable, Sendable {
  /// Speed at which the line is brought to pressure, 5 rpm.
  public var speed = RotationalSpeed(revolutionsPerMinute: 5)
  /// Pressure that must be reached, 300 mmHg; decays are also given as at this pressure.
  public var target = Pressure(millimetersOfMercury: 300)
  /// Pressure that aborts the test, 400 mmHg.
  public var limit = Pressure(millimetersOfMercury: 400)
  /// The pump gives up when the pressure has not risen by `leastRise` in this time, 10 s.
  public var patience = Seconds(seconds: 10)
  /// See `patience`, 5 mmHg.
  public var leastRise = Pressure(millimetersOfMercury: 5)
  /// Rotor angles at which the decay is taken, evenly spaced over one turn, 1...4.
  public var angles = 4
  /// How long the line settles after the rotor stops, 1.5 s.
  public var settling = Seconds(seconds: 1.5)
  /// How long the decay is watched at each angle, 10 s.
  public var watching = Seconds(seconds: 10)
  /// Slower decay than this is over-occluded, 0.5 mmHg/s.
  public var slowest = PressureRate(mmHgPerSecond: 0.5)
  /// Faster decay than this is under-occluded, 3 mmHg/s.
  public var fastest = PressureRate(mmHgPerSecond: 3)

  /// The full test: four angles, so that each of two rollers is seen twice.
  public init() {}

  /// The short test that occlusion setting repeats: each roller once, at a lower pressure.
  public static var brief: OcclusionTestPlan {
    var plan = OcclusionTestPlan()
    plan.target = Pressure(millimetersOfMercury: 200)
    plan.angles = 2
    plan.watching = Seconds(seconds: 4)
    return plan
  }

  /// Share of a turn between two angles.
  var spacing: Revolutions { Revolutions(revolutions: 1 / Double(max(angles, 1))) }
  /// Pressure at which decays of different angles are compared.
  static var reference: Pressure { Pressure(millimetersOfMercury: 300) }
}
