public import CircuitModel
public import Firmware
public import PerfusionCore

/// What people and the outside world do to the machine, and what is true about it.
extension VirtualMachine {
  /// Switches the mains at the socket.
  public func setMains(good isGood: Bool) { hands.setMains(good: isGood) }

  /// Sets what is left in the battery, ampere-hours, held in 0...capacity.
  public func setBatteryCharge(_ charge: ElectricCharge) { hands.setBatteryCharge(charge) }

  /// Presses or releases the two contacts of the emergency stop.
  public func setEmergencyStop(first: Bool, second: Bool) {
    hands.setEmergencyStop(first: first, second: second)
  }

  /// Opens or closes the cover of a pump; a pump that does not exist is ignored.
  public func setCover(pump: Int, isOpen: Bool) { hands.setCover(pump: pump, isOpen: isOpen) }

  /// Holds the manual lever of the arterial clamp open, or lets it go.
  public func holdClampOpen(_ isHeld: Bool) { hands.holdClampOpen(isHeld) }

  /// Resets the independent over-temperature cut-out of a water circuit.
  public func resetCutOut(_ circuit: WaterCircuit) { hands.resetCutOut(circuit) }

  /// Nine clocks on a bus: frees it from a chip that holds it.
  public func recoverBus(_ index: Int) {
    if hardware.buses.indices.contains(index) { hardware.buses[index].recover() }
  }

  /// What a place of the storage that outlives the firmware holds.
  public func kept(in place: KeptPlace) -> [UInt8] { hardware.store.read(place) }

  /// Undoes the last write of a place from a byte on, as a power cut in the middle of it does.
  public func tearKept(_ place: KeptPlace, at byte: Int) { hardware.store.tear(place, at: byte) }

  /// Turns one bit of what a place holds.
  public func flipKept(_ place: KeptPlace, bit: Int) { hardware.store.flip(place, bit: bit) }

  /// Puts any bytes into a place.
  public func replaceKept(_ place: KeptPlace, by bytes: [UInt8]) {
    hardware.store.replace(place, by: bytes)
  }

  /// What is true about the board now, before any sensor.
  public var truth: BoardState { hands.truth }
}

/// Single true values, for those who look every tick: `truth` works all of them out.
extension VirtualMachine {
  /// Reads a number of the last tick's sensors where they stand; they are not to be changed.
  public func readSensors(_ number: (inout SensorSnapshot) -> Double) -> Double {
    number(&firmware.sensors)
  }
  /// Reads a number of the plant's true values where they stand; they are not to be changed.
  public func readSignals(_ number: (inout CircuitSignals) -> Double) -> Double {
    hardware.circuit.read(number)
  }
  /// Signed speed of a pump's rotor, nothing for a pump that does not exist.
  public func rotorSpeed(pump: Int) -> RotationalSpeed? { hands.rotorSpeed(pump: pump) }
  /// Opening of the arterial clamp.
  public var arterialClampOpening: Fraction { hands.arterialClampOpening }
  /// Opening of the venous occluder.
  public var venousOccluderOpening: Fraction { hands.venousOccluderOpening }
  /// Voltage of the drive bus.
  public var busVoltage: Voltage { hands.busVoltage }
  /// Charge left in the battery.
  public var batteryCharge: ElectricCharge { hands.batteryCharge }
  /// The buzzer sounds, driven by firmware or watchdog.
  public var buzzerSounds: Bool { hands.buzzerSounds }
}
