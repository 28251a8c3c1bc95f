/// What one pump's drive is told.
public struct DriveCommand: BitwiseCopyable, Equatable, Sendable {
  /// Speed reference, never negative.
  public var speed = RotationalSpeed.zero
  /// Turn in reverse.
  public var isReversed = false
  /// Let the drive turn; false lets it ramp to a stand by itself.
  public var isEnabled = false
  /// Remove torque (STO). Independent of `isEnabled`.
  public var removeTorque = false
  /// A drive at rest with torque available.
  public init() {}
}

/// What a water circuit is told.
public struct WaterCommand: BitwiseCopyable, Equatable, Sendable {
  /// Water pump on.
  public var pump = false
  /// Heater switched on in this tick (time-proportioned).
  public var heater = false
  /// Contactor in series with the heater closed.
  public var heaterContactor = false
  /// Chiller on.
  public var chiller = false
  /// Everything off.
  public init() {}
}

/// The alarm signals of one tick.
public struct AlarmSignals: BitwiseCopyable, Equatable, Sendable {
  /// Buzzer on in this tick.
  public var buzzer = false
  /// Red lamp on in this tick.
  public var red = false
  /// Yellow lamp on in this tick.
  public var yellow = false
  /// Cyan lamp on in this tick.
  public var cyan = false
  /// Silent and dark.
  public init() {}
}

/// Everything the controller asks of the board in one tick. Each is applied as a lease.
public struct ActuatorCommands: Sendable {
  /// Pump drives in the order of the configuration.
  public var drives = InlineArray<8, DriveCommand>(repeating: DriveCommand())
  /// Arterial clamp held open; without this it closes by its spring.
  public var openArterialClamp = false
  /// Opening of the venous occluder.
  public var venousOccluder = Fraction.one
  /// Occlusion actuators in the order of the configuration: gap, 0 none to 1 widest.
  public var occlusionGaps = InlineArray<8, Fraction>(repeating: .zero)
  /// Patient water circuit.
  public var patientWater = WaterCommand()
  /// Cardioplegia water circuit.
  public var cardioplegiaWater = WaterCommand()
  /// Alarm sounds and lamps.
  public var alarm = AlarmSignals()
  /// Drive the air detectors' self-test line in this tick.
  public var testAirDetectors = false
  /// This tick's program flow was verified: the watchdog may be stroked.
  public var strokeWatchdog = false
  /// The controller has just started on a running machine and measures: nothing may be told to
  /// pumps, clamps and occluders in this tick; they keep what they have.
  public var isAdopting = false
  /// Everything at rest.
  public init() {}
}
