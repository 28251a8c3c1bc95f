/// How a pump moves blood.
public enum PumpKind: UInt8, BitwiseCopyable, Sendable {
  /// Positive displacement: rollers squeeze a tube.
  case roller
  /// Rotating impeller; does not hold back flow when it stands.
  case centrifugal
}

/// What turns into the rotor reading.
public enum RotorSensor: UInt8, BitwiseCopyable, Sendable {
  /// Absolute angle encoder on the rotor.
  case encoder
  /// Pulses of a tachometer; the sign comes from the direction command.
  case tachometer
}

/// One pump of the machine.
public struct PumpConfiguration: BitwiseCopyable, Sendable {
  /// What it is for; its name everywhere.
  public var role = PumpRole.arterial
  /// How it moves blood.
  public var kind = PumpKind.roller
  /// Fastest speed it may be told, 250 rpm for a roller, 4000...5000 for a centrifugal head.
  public var maximumSpeed = RotationalSpeed(revolutionsPerMinute: 250)
  /// Fastest rise of the commanded speed (docs/domain.md 8.4).
  public var slewUp = Acceleration(rpmPerSecond: 250)
  /// Fastest fall of the commanded speed.
  public var slewDown = Acceleration(rpmPerSecond: 1000)
  /// What the rotor reading comes from.
  public var rotorSensor = RotorSensor.encoder
  /// Counts in one revolution of the rotor.
  public var countsPerRevolution: Double = 4096
  /// Index of the pump whose speed this one follows; -1 for none.
  public var followsPump: Int8 = -1
  /// Ratio of the master's flow to this one's while it follows, 0.25...16.
  public var ratio: Double = 4
  /// Bit i set: this pump stops when pump i stops (stop links, acyclic).
  public var stopsWithPumps: UInt8 = 0
  /// It takes its blood from the arterial line, so it must not run without arterial flow.
  public var drawsFromArterialLine = false
  /// The roller head; read when `kind` is `roller`.
  public var roller = RollerHead()
  /// The centrifugal head; read when `kind` is `centrifugal`.
  public var centrifugal = CentrifugalHead()
  /// Highest flow the operator may set.
  public var maximumFlow = Flow(litersPerMinute: 7)
  /// Highest outlet pressure before the servo slows this pump (AL-10 arterial, AL-37 cardioplegia).
  public var regulatePressure = Pressure(millimetersOfMercury: 300)
  /// Outlet pressure that stops this pump (AL-11 arterial, AL-37 cardioplegia).
  public var stopPressure = Pressure(millimetersOfMercury: 350)
  /// The pressure site these two act on.
  public var outletPressure = PressureSite.arterialLinePressure
  /// False when no pressure limit acts on this pump (vent, suckers).
  public var hasPressureLimit = true
  /// A pump with the default limits of docs/domain.md.
  public init() {}
}

/// Tubing that fits a roller pump's raceway.
public enum TubeSize: UInt8, BitwiseCopyable, Sendable {
  /// 3/16 in, 4.76 mm.
  case threeSixteenths
  /// 1/4 in, 6.35 mm.
  case quarter
  /// 5/16 in, 7.94 mm.
  case fiveSixteenths
  /// 3/8 in, 9.53 mm.
  case threeEighths
  /// 1/2 in, 12.7 mm.
  case half
  /// How many sizes the catalogue has.
  public static var count: Int { 5 }
}

/// The head of a roller pump with its tube.
public struct RollerHead: BitwiseCopyable, Sendable {
  /// The tube in the raceway.
  public var tube = TubeSize.half
  /// Diameter of the raceway in millimetres, 85 or 150.
  public var racewayMillimeters: Double = 150
  /// Stroke volume of this head with this tube: a calibration constant, confirmed at tube change.
  public var strokeVolume = StrokeVolume(millilitersPerRevolution: 45)
  /// Rollers on the rotor: ripple has this many periods a revolution.
  public var rollers: UInt8 = 2
  /// Leak while the occlusion test has not measured one.
  public var leak = LeakConductance(millilitersPerMinutePerMmHg: 0)
  /// The head has a motorised occlusion actuator with a gap sensor.
  public var hasOcclusionActuator = false
  /// Counts of the pump's motor current that belong to a loaded tube, learned or from the board
  /// file; amperes. 0 means not known, and jam and no-tube detection by current stay off.
  public var typicalCurrent = ElectricCurrent(amperes: 0)
  /// The defaults of docs/domain.md 2.1.
  public init() {}
}

/// The head of a centrifugal pump: H = a n^2 - b Q|Q| (docs/domain.md 3.1).
public struct CentrifugalHead: BitwiseCopyable, Sendable {
  /// a in mmHg per rpm squared; 3.05e-5 for fit G1.
  public var headPerSpeedSquared: Double = 3.05e-5
  /// b in mmHg per (L/min) squared; 1.4 for fit G1.
  public var headPerFlowSquared: Double = 1.4
  /// Speed at which it may idle with the clamp closed.
  public var idleSpeed = RotationalSpeed(revolutionsPerMinute: 1000)
  /// Margin above the speed that just holds the afterload (1.1, docs/domain.md 3.3).
  public var floorMargin: Double = 1.1
  /// Added to the floor for a start or a zero-flow hold (300 rpm, docs/domain.md 3.3).
  public var holdMargin = RotationalSpeed(revolutionsPerMinute: 300)
  /// Motor current at `typicalCurrentSpeed` with flow; 0 when not known.
  public var typicalCurrent = ElectricCurrent(amperes: 0)
  /// Speed at which `typicalCurrent` was taken.
  public var typicalCurrentSpeed = RotationalSpeed(revolutionsPerMinute: 3000)
  /// Fit G1 of docs/domain.md 3.1.
  public init() {}

  /// Head against a closed line at a speed in rpm, mmHg.
  func shutOff(_ turns: Double) -> Double { headPerSpeedSquared * turns * turns }
  /// Head at a speed in rpm and a forward flow in L/min, mmHg.
  func made(_ turns: Double, _ liters: Double) -> Double {
    shutOff(turns) - headPerFlowSquared * liters * liters
  }
}
