/// What the pressure pattern of the circuit says about its lines.
public enum LineDiagnosis: UInt8, BitwiseCopyable, Sendable {
  /// The pattern is normal.
  case clear
  /// Readings that are needed are missing or bad, or the pump does not run.
  case unknown
  /// Sudden rise after the oxygenator: a kink or clamp on the arterial line.
  case returnKinkOrClamp
  /// Slow rise after the oxygenator: cannula against the wall, or clot in line or cannula.
  case returnObstruction
  /// Slow rise of the drop over the oxygenator: clot.
  case oxygenatorClot
  /// Sudden rise of the drop over the oxygenator: a kink between pump and oxygenator.
  case oxygenatorKink
  /// Inlet sucked empty: kink, cannula or empty patient on the venous side.
  case drainageObstruction
  /// Pressure lost at unchanged flow: the line came off or bleeds.
  case disconnection
  /// How many diagnoses there are.
  public static var count: Int { 8 }
}

/// How well a diagnosis is supported.
public enum DiagnosisConfidence: UInt8, BitwiseCopyable, Comparable, Sendable {
  /// There is no diagnosis.
  case none
  /// The readings that were there say so, but one that could contradict is missing.
  case likely
  /// Every reading of the pattern was there and agrees.
  case confirmed
  /// Orders by support.
  public static func < (left: DiagnosisConfidence, right: DiagnosisConfidence) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// The judgement over the lines of the blood circuit.
public struct LineAssessment: BitwiseCopyable, Sendable {
  /// What is wrong.
  public var diagnosis = LineDiagnosis.unknown
  /// How well that is supported.
  public var confidence = DiagnosisConfidence.none
  /// Resistance of oxygenator over its baseline, 1 when normal; nothing when not measurable.
  public var oxygenatorRatio: Double?
  /// Resistance of arterial line and cannula over its baseline; nothing when not measurable.
  public var returnRatio: Double?
  /// The oxygenator's resistance grew by 150 % over what was learned of this circuit (AL-15).
  public var isOxygenatorBlocked: Bool {
    guard confidence == .confirmed, let ratio = oxygenatorRatio else { return false }
    return (diagnosis == .oxygenatorClot || diagnosis == .oxygenatorKink) && ratio > 2.5
  }
  /// Nothing is known.
  public init() {}
}
