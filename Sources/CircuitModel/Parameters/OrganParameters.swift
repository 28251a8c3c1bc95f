/// A perfused liver or kidney (docs/domain.md 1.4, C13).
public struct OrganParameters: Sendable, BitwiseCopyable {
  /// Hepatic or renal artery, mmHg/(L/min): 65 mmHg at 0.4 L/min.
  public var arterialResistance: Double = 160
  /// Compliance of the organ's arteries, ml/mmHg.
  public var arterialCompliance: Double = 0.1
  /// Portal vein, mmHg/(L/min): 6 mmHg at 1 L/min.
  public var portalResistance: Double = 5.5
  /// Compliance of the portal bed, ml/mmHg.
  public var portalCompliance: Double = 2
  /// Cannula and line to the portal vein, mmHg/(L/min)2.
  public var portalLineResistance: Double = 5
  /// Outflow to the reservoir, mmHg/(L/min): the caval pressure stays about 0.
  public var outflowResistance: Double = 0.3
  /// Pressures at the start, arterial, mmHg.
  public var initialArterialPressure: Double = 0
  /// Heat capacity, kJ/K: 1.5 kg of liver.
  public var heatCapacity: Double = 5.4
  /// Metabolism at 37 degC, kW.
  public var metabolism: Double = 0.008
  /// Loss to the room, kW/K.
  public var ambientLoss: Double = 0.002
  /// Temperature at the start, degC.
  public var initialTemperature: Double = 20
  /// Loss of blood from the organ's surface, ml/min.
  public var surfaceLoss: Double = 0
  /// A liver.
  public init() {}

  static var named: [NamedParameter] {
    [
      ("organArterialResistance", "mmHg/(L/min)", \.organ.arterialResistance),
      ("organArterialCompliance", "ml/mmHg", \.organ.arterialCompliance),
      ("portalResistance", "mmHg/(L/min)", \.organ.portalResistance),
      ("portalCompliance", "ml/mmHg", \.organ.portalCompliance),
      ("portalLineResistance", "mmHg/(L/min)2", \.organ.portalLineResistance),
      ("organOutflowResistance", "mmHg/(L/min)", \.organ.outflowResistance),
      ("organInitialArterialPressure", "mmHg", \.organ.initialArterialPressure),
      ("organHeatCapacity", "kJ/K", \.organ.heatCapacity),
      ("organMetabolism", "kW", \.organ.metabolism),
      ("organAmbientLoss", "kW/K", \.organ.ambientLoss),
      ("organInitialTemperature", "degC", \.organ.initialTemperature),
      ("organSurfaceLoss", "ml/min", \.organ.surfaceLoss),
    ]
  }
}
