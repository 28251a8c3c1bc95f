public import CircuitModel
public import PerfusionCore

/// What people and the outside world do to a board, whoever runs its firmware, and what is true
/// about it.
public struct BoardHands {
  let hardware: BoardHardware

  /// Switches the mains at the socket.
  public func setMains(good isGood: Bool) { hardware.supply.mainsIsLive = isGood }

  /// Sets what is left in the battery, ampere-hours, held in 0...capacity.
  public func setBatteryCharge(_ charge: ElectricCharge) {
    hardware.supply.setCharge(charge.ampereHours)
  }

  /// Presses or releases the two contacts of the emergency stop.
  public func setEmergencyStop(first: Bool, second: Bool) {
    hardware.emergencyStop = (first, second)
  }

  /// Opens or closes the cover of a pump; a pump that does not exist is ignored.
  public func setCover(pump: Int, isOpen: Bool) {
    if hardware.drives.indices.contains(pump) { hardware.drives[pump].coverIsOpen = isOpen }
  }

  /// Holds the manual lever of the arterial clamp open, or lets it go.
  public func holdClampOpen(_ isHeld: Bool) { hardware.clamp.leverHoldsOpen = isHeld }

  /// Resets the independent over-temperature cut-out of a water circuit.
  public func resetCutOut(_ circuit: WaterCircuit) {
    hardware.water[Int(circuit.rawValue)].cutOut.reset()
  }

  /// What is true about the board now, before any sensor.
  public var truth: BoardState { BoardState(hardware) }

  /// Signed speed of a pump's rotor, nothing for a pump that does not exist.
  public func rotorSpeed(pump: Int) -> RotationalSpeed? {
    hardware.drives.indices.contains(pump) ? .rpm(hardware.drives[pump].rotorSpeed) : nil
  }
  /// Opening of the arterial clamp.
  public var arterialClampOpening: Fraction { Fraction(value: hardware.clamp.opening) }
  /// Opening of the venous occluder.
  public var venousOccluderOpening: Fraction { Fraction(value: hardware.venousOccluder.position) }
  /// Voltage of the drive bus.
  public var busVoltage: Voltage { Voltage(base: hardware.supply.busVoltage) }
  /// Charge left in the battery.
  public var batteryCharge: ElectricCharge { ElectricCharge(base: hardware.supply.charge) }
  /// The buzzer sounds, driven by firmware or watchdog.
  public var buzzerSounds: Bool { hardware.annunciators.isSounding }
}

extension BareBoard {
  /// What people and the outside world do to it.
  public var hands: BoardHands { BoardHands(hardware: hardware) }

  /// The plant: true values, and its parameters to change.
  public var circuit: Circuit {
    _read { yield hardware.circuit }
    _modify { yield &hardware.circuit }
  }

  /// Applies a fault: see `FaultSpecification`. The one before it on the same target ends.
  public func inject(_ fault: FaultSpecification) throws(FaultRefusal) {
    hardware.setFault(try directory.find(fault, hardware), fault.word, random: fork())
  }

  /// Ends a fault.
  public func clear(_ fault: FaultSpecification) throws(FaultRefusal) {
    hardware.setFault(try directory.find(fault, hardware), nil, random: fork())
  }

  /// A sum over what the board does now: levels of lines and speeds of motors.
  public func foldState(into sum: inout WordSum) {
    sum.fold(hardware.lines.levels)
    sum.fold(hardware.gpioOutputs)
    for pump in hardware.drives.indices { sum.fold(hardware.drives[pump].motorSpeed) }
  }
}

extension VirtualMachine {
  /// What people and the outside world do to it.
  public var hands: BoardHands { BoardHands(hardware: hardware) }
}
