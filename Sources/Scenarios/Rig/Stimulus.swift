public import CircuitModel
public import VirtualBoard

/// What a case can do to the world around the firmware, beside operating it.
public enum Stimulus: Sendable, Hashable {
  /// Sets a number of the plant.
  case parameter(String, Double)
  /// Lets this much air, in millilitres, into the circuit.
  case air(AirInlet, Double)
  /// Takes all air out of the circuit, as a perfusionist de-airs it.
  case removeAir
  /// Gives volume, ml, into the reservoir; negative takes it away.
  case giveVolume(Double)
  /// Gives volume, ml, into the patient's veins; negative is a loss of blood.
  case giveToPatient(Double)
  /// Applies a fault.
  case fault(FaultSpecification)
  /// Ends a fault.
  case clear(FaultSpecification)
  /// Mains comes or goes.
  case mains(Bool)
  /// The computer's wall clock jumps by so many seconds; its monotonic clock does not.
  case wallClock(Double)
  /// Sets what is left in the battery, ampere-hours.
  case batteryCharge(Double)
  /// The supply of the board itself goes or comes, mains, battery and all.
  case boardSupply(Bool)
  /// The firmware dies.
  case killFirmware
  /// The firmware dies and starts again after so many seconds.
  case restartFirmware(Double)
  /// The firmware's tick hangs while its bus workers go on.
  case hangFirmware
  /// Both contacts of the emergency stop are pressed or released.
  case emergencyStop(Bool)
  /// The cover of a pump is opened or closed.
  case cover(pump: Int, isOpen: Bool)
  /// The hand lever holds the arterial clamp open, or lets go.
  case clampLever(Bool)
}

/// Why a rig did not apply a stimulus.
public enum StimulusRefusal: Error, Sendable, Equatable {
  /// No rig of this kind can: the scenario is unsupported here, never passed.
  case unsupported(String)
  /// The scenario names something that the board does not have.
  case wrong(String)

  /// The reason in words.
  public var reason: String {
    switch self {
    case .unsupported(let why), .wrong(let why): why
    }
  }
}
