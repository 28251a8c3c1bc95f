/// The drainage from the patient: venous cannula and line, reservoir, or the closed line of ECMO
/// (docs/domain.md 4.2, 4.3, 3.4).
public struct DrainageParameters: Sendable, BitwiseCopyable {
  /// Resistance of venous cannula and line, mmHg/(L/min); 5...12.
  public var venousResistance: Double = 7
  /// Gravity head from the right atrium down to the reservoir, mmHg; 31 for 40 cm of blood.
  public var gravityHead: Double = 31
  /// Vacuum in the reservoir, mmHg below the atmosphere, 0 or more: adds to the drainage and takes
  /// from the pump's inlet.
  public var reservoirVacuum: Double = 0
  /// Blood in the reservoir at the start, ml.
  public var initialReservoirVolume: Double = 1000
  /// Volume at which the reservoir runs over, ml.
  public var reservoirCapacity: Double = 4000
  /// Volume of the cone at its bottom, ml.
  public var reservoirConeVolume: Double = 500
  /// Cross-section above the cone, cm2.
  public var reservoirArea: Double = 100
  /// Volume below which the outlet draws air in a vortex, ml; at 0 ml it draws nothing but air.
  public var vortexVolume: Double = 30
  /// Drainage resistance k_d of the closed circuit, mmHg/(L/min)2.
  public var drainageResistance: Double = 3.5
  /// How often k_d is multiplied on top when the veins have closed.
  public var collapseFactor: Double = 8
  /// Patient A.
  public init() {}

  static var named: [NamedParameter] {
    [
      ("venousResistance", "mmHg/(L/min)", \.drainage.venousResistance),
      ("gravityHead", "mmHg", \.drainage.gravityHead),
      ("reservoirVacuum", "mmHg", \.drainage.reservoirVacuum),
      ("initialReservoirVolume", "ml", \.drainage.initialReservoirVolume),
      ("reservoirCapacity", "ml", \.drainage.reservoirCapacity),
      ("reservoirConeVolume", "ml", \.drainage.reservoirConeVolume),
      ("reservoirArea", "cm2", \.drainage.reservoirArea),
      ("vortexVolume", "ml", \.drainage.vortexVolume),
      ("drainageResistance", "mmHg/(L/min)2", \.drainage.drainageResistance),
      ("collapseFactor", "1", \.drainage.collapseFactor),
    ]
  }
}
