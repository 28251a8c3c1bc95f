/// The line from the reservoir or drainage through pump and oxygenator to the cannula
/// (docs/domain.md 2.6, 3.2, 3.5, 4.3).
public struct LineParameters: Sendable, BitwiseCopyable {
  /// Arterial cannula with its connectors, mmHg/(L/min)2; 2...16.
  public var cannulaResistance: Double = 3.2
  /// Arterial line, 3/8 in and 2 m, mmHg/(L/min)2.
  public var lineResistance: Double = 1.2
  /// Characteristic impedance of the aorta, mmHg s/ml.
  public var characteristicImpedance: Double = 0.05
  /// Linear part of the oxygenator's pressure drop, mmHg/(L/min).
  public var oxygenatorLinear: Double = 8
  /// Quadratic part of the oxygenator's pressure drop, mmHg/(L/min)2.
  public var oxygenatorQuadratic: Double = 1.2
  /// Arterial filter apart from the oxygenator, mmHg/(L/min); 0 when it is built in.
  public var filterResistance: Double = 0
  /// Line from reservoir to pump, mmHg/(L/min)2: 12.5 mmHg at 4.56 L/min (docs/domain.md 3.2).
  public var inletResistance: Double = 0.6
  /// Drag of the clamp while its jaws close: this times (1/opening2 - 1), mmHg/(L/min)2.
  public var clampResistance: Double = 0.05
  /// Compliance of everything between pump and patient, ml/mmHg; 0.2...1 (docs/domain.md 2.6).
  public var lineCompliance: Double = 0.5
  /// Share of that compliance which lies before the oxygenator.
  public var complianceBeforeOxygenator: Double = 0.2
  /// Compliance of the pump's inlet, ml/mmHg.
  public var inletCompliance: Double = 0.05
  /// Inertance of the inlet line, mmHg s2/ml. The four inertances add up to the 0.45 of
  /// docs/domain.md 3.5.
  public var inletInertance: Double = 0.01
  /// Inertance of a centrifugal head, mmHg s2/ml.
  public var headInertance: Double = 0.05
  /// Inertance of the oxygenator, mmHg s2/ml.
  public var oxygenatorInertance: Double = 0.05
  /// Inertance of the arterial line, mmHg s2/ml.
  public var lineInertance: Double = 0.34
  /// Height of the patient above pump and transducers, mmHg; 31 for 40 cm of blood.
  public var heightHead: Double = 31
  /// Height of the pump above the inlet transducer, mmHg: 20 cm, so that it reads +3 mmHg at
  /// 4.56 L/min (docs/domain.md 4.4).
  public var inletTransducerHead: Double = 15.5
  /// Resistance of the open recirculation (purge) line, mmHg/(L/min): about 300 ml/min at
  /// 182 mmHg.
  public var recirculationResistance: Double = 600
  /// Pressure at which a tube connector blows off, mmHg (docs/domain.md 2.6).
  public var burstPressure: Double = 750
  /// Patient A.
  public init() {}

  static var named: [NamedParameter] {
    [
      ("cannulaResistance", "mmHg/(L/min)2", \.line.cannulaResistance),
      ("lineResistance", "mmHg/(L/min)2", \.line.lineResistance),
      ("characteristicImpedance", "mmHg s/ml", \.line.characteristicImpedance),
      ("oxygenatorLinear", "mmHg/(L/min)", \.line.oxygenatorLinear),
      ("oxygenatorQuadratic", "mmHg/(L/min)2", \.line.oxygenatorQuadratic),
      ("filterResistance", "mmHg/(L/min)", \.line.filterResistance),
      ("inletResistance", "mmHg/(L/min)2", \.line.inletResistance),
      ("clampResistance", "mmHg/(L/min)2", \.line.clampResistance),
      ("lineCompliance", "ml/mmHg", \.line.lineCompliance),
      ("complianceBeforeOxygenator", "1", \.line.complianceBeforeOxygenator),
      ("inletCompliance", "ml/mmHg", \.line.inletCompliance),
      ("inletInertance", "mmHg s2/ml", \.line.inletInertance),
      ("headInertance", "mmHg s2/ml", \.line.headInertance),
      ("oxygenatorInertance", "mmHg s2/ml", \.line.oxygenatorInertance),
      ("lineInertance", "mmHg s2/ml", \.line.lineInertance),
      ("heightHead", "mmHg", \.line.heightHead),
      ("inletTransducerHead", "mmHg", \.line.inletTransducerHead),
      ("recirculationResistance", "mmHg/(L/min)", \.line.recirculationResistance),
      ("burstPressure", "mmHg", \.line.burstPressure),
    ]
  }
}
