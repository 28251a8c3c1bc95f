/// What a pump is for. A board has at most one pump of each role, so the role is its name.
public enum PumpRole: UInt8, Site {
  /// Systemic flow to the patient: the primary pump.
  case arterial
  /// Blood to the coronaries: master of the cardioplegia pair.
  case cardioplegia
  /// Crystalloid that joins the blood: follower of the cardioplegia pair.
  case crystalloid
  /// Left-heart vent.
  case vent
  /// Pericardial sucker.
  case sucker
  /// Second sucker.
  case secondSucker
  /// Artery of a perfused organ.
  case organArtery
  /// Portal vein of a perfused liver.
  case portalVein
  /// How many roles there are.
  public static var count: Int { 8 }
}

/// What the sensors of one pump say.
public struct PumpSignals: BitwiseCopyable, Sendable {
  /// Angle of the rotor in encoder counts since start-up, positive forwards by the wiring.
  public var rotor: Reading<Int64>
  /// Current of the motor.
  public var current: Reading<ElectricCurrent>
  /// The drive says that it is powered and turning as told.
  public var driveAlive: Reading<Bool>
  /// The drive says that it has a fault.
  public var driveFault: Reading<Bool>
  /// The safe-torque-off feedback: true when torque is removed.
  public var torqueIsOff: Reading<Bool>
  /// The pump cover is open.
  public var coverIsOpen: Reading<Bool>

  /// Signals of a pump that has not been read.
  public static var absent: PumpSignals {
    PumpSignals(
      rotor: Reading(0, takenAt: .start, quality: .absent), current: .absent,
      driveAlive: .absent, driveFault: .absent, torqueIsOff: .absent, coverIsOpen: .absent)
  }

  /// Makes the signals of one pump.
  public init(
    rotor: Reading<Int64>, current: Reading<ElectricCurrent>, driveAlive: Reading<Bool>,
    driveFault: Reading<Bool>, torqueIsOff: Reading<Bool>, coverIsOpen: Reading<Bool>
  ) {
    self.rotor = rotor
    self.current = current
    self.driveAlive = driveAlive
    self.driveFault = driveFault
    self.torqueIsOff = torqueIsOff
    self.coverIsOpen = coverIsOpen
  }
}

extension Reading where Value == Bool {
  /// The reading of a switch that the board does not have.
  @inlinable public static var absent: Self {
    Self(false, takenAt: .start, quality: .absent)
  }
}
