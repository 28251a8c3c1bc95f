/// Pump heads, as far as they do not differ from pump to pump (docs/domain.md 2.3 to 2.7, 3.5).
public struct HeadParameters: Sendable, BitwiseCopyable {
  /// Ripple of a roller head twice a turn, share of the mean flow; 0.2...0.35.
  public var rippleFirst: Double = 0.28
  /// Ripple four times a turn, share of the mean flow.
  public var rippleSecond: Double = 0.06
  /// Leak of a roller with the gap wide open, ml/min per mmHg; grows with the cube of the gap.
  public var openGapLeak: Double = 100
  /// Inlet pressure above which a raceway tube fills fully, mmHg.
  public var fullFillPressure: Double = -50
  /// Fall of the inlet pressure that takes the whole fill away, mmHg.
  public var fillSpan: Double = 500
  /// The least fill before cavitation.
  public var leastFill: Double = 0.5
  /// Inlet pressure at which blood cavitates and nothing is drawn any more, mmHg.
  public var cavitationPressure: Double = -700
  /// Torque to squeeze a tube, N m for each ml of stroke volume: 2.5 N m for 1/2 in.
  public var squeezeTorque: Double = 0.0556
  /// Share of that torque which varies twice a turn.
  public var torqueRipple: Double = 0.1
  /// Torque of a centrifugal head for speed squared, N m/rpm2.
  public var diskTorque: Double = 1.6e-9
  /// Torque of a centrifugal head for flow times speed, N m/(L/min rpm).
  public var flowTorque: Double = 1.24e-6
  /// Air in a centrifugal head at which its prime is lost, ml; 30...50.
  public var primeLossVolume: Double = 35
  /// Share of its head that an air-filled centrifugal head keeps.
  public var primeLossHead: Double = 0.15
  /// Fluid volume of a centrifugal head, ml.
  public var headVolume: Double = 32
  /// Share of the air in a centrifugal head that one head volume of flow washes out.
  public var airWashout: Double = 0.05
  /// The defaults of docs/domain.md.
  public init() {}

  static var named: [NamedParameter] {
    [
      ("rippleFirst", "1", \.heads.rippleFirst),
      ("rippleSecond", "1", \.heads.rippleSecond),
      ("openGapLeak", "ml/min/mmHg", \.heads.openGapLeak),
      ("fullFillPressure", "mmHg", \.heads.fullFillPressure),
      ("fillSpan", "mmHg", \.heads.fillSpan),
      ("leastFill", "1", \.heads.leastFill),
      ("cavitationPressure", "mmHg", \.heads.cavitationPressure),
      ("squeezeTorque", "N m/ml", \.heads.squeezeTorque),
      ("torqueRipple", "1", \.heads.torqueRipple),
      ("diskTorque", "N m/rpm2", \.heads.diskTorque),
      ("flowTorque", "N m/(L/min rpm)", \.heads.flowTorque),
      ("primeLossVolume", "ml", \.heads.primeLossVolume),
      ("primeLossHead", "1", \.heads.primeLossHead),
      ("headVolume", "ml", \.heads.headVolume),
      ("airWashout", "1", \.heads.airWashout),
    ]
  }
}
