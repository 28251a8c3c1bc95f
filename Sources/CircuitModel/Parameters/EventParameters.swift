/// What befalls the patient and the circuit during a case; each takes effect at the next step.
///
/// Switches are 0 for no and 1 for yes, so that a case sets them as it sets any other number.
public struct EventParameters: Sendable, BitwiseCopyable {
  /// Multiplies the systemic (or organ) resistance: 1.5 for a vasopressor (docs/domain.md C2).
  public var resistanceFactor: Double = 1
  /// Strength of the native heart: 0 arrested, 1 beating as before bypass.
  public var heartStrength: Double = 1
  /// The aorta is cross-clamped: the heart ejects nothing and the root is cut off.
  public var aorticCrossClamp: Double = 0
  /// Cardioplegia goes to the coronary sinus instead of the aortic root.
  public var retrogradeCardioplegia: Double = 0
  /// Share of the venous line that is blocked, 0...1.
  public var venousObstruction: Double = 0
  /// Multiplies the drainage resistance of the closed circuit: 4 for hypovolemia.
  public var drainageFactor: Double = 1
  /// Multiplies the resistance of the arterial (return) cannula: 4 for a kink.
  public var cannulaFactor: Double = 1
  /// Opening of the surgeon's own clamp on the arterial line, 1 open to 0 closed.
  public var surgeonClamp: Double = 1
  /// Multiplies the oxygenator's resistance: 0.6...4, a clotting oxygenator.
  public var oxygenatorFactor: Double = 1
  /// The arterial line has come off its cannula.
  public var arterialDisconnection: Double = 0
  /// Air drawn in at the venous cannula, ml/s.
  public var venousAirRate: Double = 0
  /// Blood lost from the arteries into the field, ml/min.
  public var bleedingRate: Double = 0
  /// Opening of the recirculation line, 0...1.
  public var recirculationOpening: Double = 0
  /// The patient or organ is connected; otherwise the arterial line empties into the reservoir.
  public var patientConnected: Double = 1
  /// Amplitude of a chattering inlet line as the inlet transducer sees it, mmHg; its wall beats
  /// without moving much blood.
  public var lineChatterAmplitude: Double = 0
  /// Frequency of that chatter, Hz.
  public var lineChatterFrequency: Double = 3
  /// All stopcocks are open to air: every pressure signal is 0.
  public var transducersToAir: Double = 0
  /// Nothing befalls.
  public init() {}

  static var named: [NamedParameter] {
    [
      ("resistanceFactor", "1", \.events.resistanceFactor),
      ("heartStrength", "1", \.events.heartStrength),
      ("aorticCrossClamp", "1", \.events.aorticCrossClamp),
      ("retrogradeCardioplegia", "1", \.events.retrogradeCardioplegia),
      ("venousObstruction", "1", \.events.venousObstruction),
      ("drainageFactor", "1", \.events.drainageFactor),
      ("cannulaFactor", "1", \.events.cannulaFactor),
      ("surgeonClamp", "1", \.events.surgeonClamp),
      ("oxygenatorFactor", "1", \.events.oxygenatorFactor),
      ("arterialDisconnection", "1", \.events.arterialDisconnection),
      ("venousAirRate", "ml/s", \.events.venousAirRate),
      ("bleedingRate", "ml/min", \.events.bleedingRate),
      ("recirculationOpening", "1", \.events.recirculationOpening),
      ("patientConnected", "1", \.events.patientConnected),
      ("lineChatterAmplitude", "mmHg", \.events.lineChatterAmplitude),
      ("lineChatterFrequency", "Hz", \.events.lineChatterFrequency),
      ("transducersToAir", "1", \.events.transducersToAir),
    ]
  }
}
