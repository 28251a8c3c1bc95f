/// The one thing that explains what several measures say together (docs/domain.md 8.4).
public enum CommonCause: UInt8, BitwiseCopyable, Sendable {
  /// Everything agrees.
  case none
  /// The return line: clamp, kink, cannula or clot after the oxygenator.
  case returnObstruction
  /// Oxygenator or the line before it: clot or kink, or the pressure before it reads too high,
  /// which a roller cannot tell apart.
  case oxygenator
  /// Drainage: cannula, kink or an empty patient on the venous side.
  case drainage
  /// The line after the oxygenator came off or bleeds.
  case leak
  /// The pump delivers other than its speed says: tube, occlusion or coupling.
  case pumpHead
  /// Probe and rotor disagree, and the pressures do not say which is right.
  case flowDisagreement
  /// The arterial flow probe reads wrong.
  case flowProbe
  /// The arterial line pressure reads wrong.
  case linePressure
  /// The pressure before the oxygenator reads wrong.
  case preOxygenatorPressure
  /// Two pressures between pump and patient are exchanged.
  case pressuresExchanged
  /// The pump inlet pressure reads wrong.
  case inletPressure
  /// The patient's arterial pressure reads wrong.
  case patientPressure
  /// The reservoir's level sensor reads wrong.
  case level
  /// Level and flows of the reservoir contradict each other: bleeding, or the level sensor or a
  /// probe reads wrong.
  case volumeBalance
  /// The patient's venous pressure reads wrong.
  case venousPressure
  /// How many causes there are.
  public static var count: Int { 16 }

  /// A sensor is at fault, not the circuit.
  public var isSensor: Bool {
    switch self {
    case .flowProbe, .linePressure, .preOxygenatorPressure, .pressuresExchanged, .inletPressure,
      .patientPressure, .level, .venousPressure:
      true
    case .none, .returnObstruction, .oxygenator, .drainage, .leak, .pumpHead, .flowDisagreement,
      .volumeBalance:
      false
    }
  }
}

/// What is wrong with a sensor by itself.
public enum SensorDoubt: UInt8, BitwiseCopyable, Sendable {
  /// It can be believed again.
  case none
  /// It is fitted and cannot be read.
  case lost
  /// It repeats itself to the bit, although it never did so before.
  case frozen
  /// How many doubts there are.
  public static var count: Int { 3 }
}
