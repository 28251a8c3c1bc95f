/// The patient's vessels and heart (docs/domain.md 4.2, 4.3).
///
/// Systemic resistance and arterial compliance stand in `CircuitParameters` itself.
public struct PatientParameters: Sendable, BitwiseCopyable {
  /// Venous compliance, ml/mmHg; 50...120.
  public var venousCompliance: Double = 70
  /// Arterial pressure at the start, mmHg.
  public var initialArterialPressure: Double = 70
  /// Central venous pressure at the start, mmHg.
  public var initialVenousPressure: Double = 5
  /// Keeps the arterial pressure at this value, mmHg, as a bench with an overflow would; 0 leaves
  /// it free. A held pressure is a source or sink of blood.
  public var heldArterialPressure: Double = 0
  /// Keeps the venous pressure at this value, mmHg; 0 leaves it free.
  public var heldVenousPressure: Double = 0
  /// Venous pressure below which the veins begin to close around the cannula, mmHg
  /// (docs/domain.md 4.2).
  public var collapsePressure: Double = 1
  /// Venous pressure at which they are closed, mmHg; below `collapsePressure`.
  public var closedVeinPressure: Double = -2
  /// Frequency of the chatter of collapsing veins, Hz; 2...4.
  public var chatterFrequency: Double = 3
  /// Depth of that chatter, 0...1: at half collapse the width swings by this half of it.
  public var chatterDepth: Double = 0.8
  /// Arterial pressure at which the heart ejects nothing more, mmHg: 70 mmHg results when it
  /// ejects most of the flow.
  public var heartSetPoint: Double = 75
  /// Flow the heart adds for each mmHg below its set-point, (L/min)/mmHg.
  public var heartGain: Double = 1
  /// The most the heart can eject when well filled, L/min.
  public var heartMaximumFlow: Double = 8
  /// Venous pressure at which the heart is too empty to eject, mmHg.
  public var heartEmptyPressure: Double = 1
  /// Venous pressure at which the heart is well filled, mmHg.
  public var heartFullPressure: Double = 4
  /// Bronchial and Thebesian blood that runs into the left ventricle and that the vent takes,
  /// L/min.
  public var bronchialFlow: Double = 0.1
  /// Change of viscosity for each degC below 37 (docs/domain.md 4.3).
  public var viscositySlope: Double = 0.022
  /// Haematocrit factor of the viscosity.
  public var haematocritFactor: Double = 1
  /// Viscosity factor of the prime while no patient is connected.
  public var primeViscosity: Double = 1
  /// Patient A.
  public init() {}

  static var named: [NamedParameter] {
    [
      ("venousCompliance", "ml/mmHg", \.patient.venousCompliance),
      ("initialArterialPressure", "mmHg", \.patient.initialArterialPressure),
      ("initialVenousPressure", "mmHg", \.patient.initialVenousPressure),
      ("heldArterialPressure", "mmHg", \.patient.heldArterialPressure),
      ("heldVenousPressure", "mmHg", \.patient.heldVenousPressure),
      ("collapsePressure", "mmHg", \.patient.collapsePressure),
      ("closedVeinPressure", "mmHg", \.patient.closedVeinPressure),
      ("chatterFrequency", "Hz", \.patient.chatterFrequency),
      ("chatterDepth", "1", \.patient.chatterDepth),
      ("heartSetPoint", "mmHg", \.patient.heartSetPoint),
      ("heartGain", "(L/min)/mmHg", \.patient.heartGain),
      ("heartMaximumFlow", "L/min", \.patient.heartMaximumFlow),
      ("heartEmptyPressure", "mmHg", \.patient.heartEmptyPressure),
      ("heartFullPressure", "mmHg", \.patient.heartFullPressure),
      ("bronchialFlow", "L/min", \.patient.bronchialFlow),
      ("viscositySlope", "1/degC", \.patient.viscositySlope),
      ("haematocritFactor", "1", \.patient.haematocritFactor),
      ("primeViscosity", "1", \.patient.primeViscosity),
    ]
  }
}
