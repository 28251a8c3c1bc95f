public import PerfusionCore

/// A pump as the plant sees it.
public struct PlantPump: Sendable, BitwiseCopyable {
  /// What it is for.
  public var role = PumpRole.arterial
  /// How it moves blood.
  public var kind = PumpKind.roller
  /// True stroke volume of a roller head, ml a revolution; 0 when no tube is in the raceway.
  public var strokeVolume: Double = 45
  /// True leak of each of the two rollers at gap 0, ml/min per mmHg.
  public var leakFirst: Double = 0.1
  /// See `leakFirst`; the difference makes the once-a-revolution component.
  public var leakSecond: Double = 0.1
  /// Head coefficient a of a centrifugal head, mmHg/rpm2.
  public var headPerSpeedSquared: Double = 3.05e-5
  /// Head coefficient b, mmHg/(L/min)2.
  public var headPerFlowSquared: Double = 1.4
  /// Patient A's arterial pump.
  public init() {}

  /// The numbers of one pump with their units, for the board file and for cases.
  public static var named:
    [(name: String, unit: String, path: any WritableKeyPath<PlantPump, Double> & Sendable)]
  {
    [
      ("strokeVolume", "ml/rev", \.strokeVolume),
      ("leakFirst", "ml/min/mmHg", \.leakFirst),
      ("leakSecond", "ml/min/mmHg", \.leakSecond),
      ("headPerSpeedSquared", "mmHg/rpm2", \.headPerSpeedSquared),
      ("headPerFlowSquared", "mmHg/(L/min)2", \.headPerFlowSquared),
    ]
  }
}
