/// The cardioplegia branch, the aortic root, and the vent (docs/domain.md C4).
public struct CardioplegiaParameters: Sendable, BitwiseCopyable {
  /// Linear resistance of the delivery line, mmHg/(L/min).
  public var deliveryLinear: Double = 60
  /// Quadratic resistance of delivery line and needle, mmHg/(L/min)2.
  public var deliveryQuadratic: Double = 1300
  /// Compliance of the delivery line, ml/mmHg.
  public var deliveryCompliance: Double = 0.02
  /// Resistance of the coronaries from the aortic root, mmHg/(L/min): about 50 mmHg at 300 ml/min.
  public var coronaryResistance: Double = 150
  /// Resistance from the coronary sinus backwards, mmHg/(L/min): about 30 mmHg at 200 ml/min.
  public var coronarySinusResistance: Double = 140
  /// Compliance of the clamped aortic root or the sinus, ml/mmHg.
  public var rootCompliance: Double = 0.3
  /// Temperature of the crystalloid bag, degC.
  public var crystalloidTemperature: Double = 6
  /// Blood the left ventricle holds before it passes it on, ml.
  public var ventricleVolume: Double = 60
  /// Resistance of the vent line, mmHg/(L/min).
  public var ventResistance: Double = 40
  /// Suction at which the vent line's relief valve opens, mmHg below the atmosphere.
  public var ventRelief: Double = 80
  /// Blood in the vent line, ml: a vent that turns backwards pushes this and then air.
  public var ventLineVolume: Double = 30
  /// The defaults of docs/domain.md.
  public init() {}

  static var named: [NamedParameter] {
    [
      ("deliveryLinear", "mmHg/(L/min)", \.cardioplegia.deliveryLinear),
      ("deliveryQuadratic", "mmHg/(L/min)2", \.cardioplegia.deliveryQuadratic),
      ("deliveryCompliance", "ml/mmHg", \.cardioplegia.deliveryCompliance),
      ("coronaryResistance", "mmHg/(L/min)", \.cardioplegia.coronaryResistance),
      ("coronarySinusResistance", "mmHg/(L/min)", \.cardioplegia.coronarySinusResistance),
      ("rootCompliance", "ml/mmHg", \.cardioplegia.rootCompliance),
      ("crystalloidTemperature", "degC", \.cardioplegia.crystalloidTemperature),
      ("ventricleVolume", "ml", \.cardioplegia.ventricleVolume),
      ("ventResistance", "mmHg/(L/min)", \.cardioplegia.ventResistance),
      ("ventRelief", "mmHg", \.cardioplegia.ventRelief),
      ("ventLineVolume", "ml", \.cardioplegia.ventLineVolume),
    ]
  }
}
