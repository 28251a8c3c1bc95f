/// One pump as the operator sees it: what was set, what is commanded now, and why.
public struct PumpStatus: BitwiseCopyable, Sendable {
  /// How the set-point is meant.
  public var mode = PumpMode.speed
  /// The operator wants it to run.
  public var isStarted = false
  /// The operator's speed, never overwritten by a servo.
  public var setSpeed = RotationalSpeed.zero
  /// The operator's flow.
  public var setFlow = Flow.zero
  /// The operator's pressure.
  public var setPressure = Pressure.zero
  /// Ratio to the master while it follows.
  public var ratio: Double = 0
  /// What the drive is told now, before the loop's trim; signed.
  public var commandedSpeed = RotationalSpeed.zero
  /// What the rotor does; signed.
  public var measuredSpeed = Reading<RotationalSpeed>.absent
  /// Flow by the probe when there is a good one, else by n times stroke volume less leak.
  public var flow = Reading<Flow>.absent
  /// Why commanded differs from set.
  public var reason = CommandReason.asSet
  /// Standing interlock reaction.
  public var grade = Grade.none
  /// A latched stop waits for the operator.
  public var needsResume = false
  /// Backflow floor of a centrifugal pump.
  public var speedFloor = RotationalSpeed.zero
  /// Pulsatile profile is on.
  public var isPulsatile = false
  /// Volume delivered since the dose or the start of the pump, by encoder count.
  public var delivered = Volume.zero
  /// Tube and stroke volume are confirmed.
  public var isTubeConfirmed = false
  /// Stroke volume in use.
  public var strokeVolume = StrokeVolume.zero
  /// A pump that has not been started.
  public init() {}
}

/// One water circuit as the operator sees it.
public struct ThermalStatus: BitwiseCopyable, Sendable {
  /// What was asked.
  public var mode = ThermalMode.standby
  /// Target of the arterial outlet or of the water.
  public var target = Temperature(degreesCelsius: 20)
  /// Arterial outlet set-point now, within the laws.
  public var bloodSetpoint = Temperature(degreesCelsius: 20)
  /// Water set-point now.
  public var waterSetpoint = Temperature(degreesCelsius: 20)
  /// Share of time that the heater is on.
  public var heaterDuty = Fraction.zero
  /// Chiller runs.
  public var chillerOn = false
  /// Heating is held off, and by what.
  public var hold = ThermalHold.none
  /// A circuit in standby.
  public init() {}
}

/// Why a water circuit does not heat (or cool) as asked.
public enum ThermalHold: UInt8, BitwiseCopyable, Sendable {
  /// Nothing holds it.
  case none
  /// Blood flow under 0.3 L/min.
  case noBloodFlow
  /// Water flow lost.
  case noWaterFlow
  /// Tank level low.
  case tankLow
  /// Arterial outlet too warm.
  case bloodTooWarm
  /// Arterial outlet too cold.
  case bloodTooCold
  /// Water too warm.
  case waterTooWarm
  /// Two sensors disagree.
  case sensorsDisagree
  /// Arterial temperature unusable.
  case noArterialTemperature
  /// Venous temperature unusable, so the gradient is unknown.
  case noVenousTemperature
  /// Water temperature unusable.
  case noWaterTemperature
  /// The water warms although the heater is off.
  case uncommandedHeating
  /// The heater is on and the water does not warm.
  case heaterWithoutEffect
  /// The independent cut-out has tripped.
  case cutOutTripped
  /// How many holds there are.
  public static var count: Int { 14 }
}

/// The machine as the operator sees it, refreshed every tick.
public struct MachineStatus: Sendable {
  /// The tick it describes.
  public var tick = Tick.start
  /// Where the treatment stands.
  public var phase = Phase.off
  /// Results of the power-on self test.
  public var selfTest = SelfTestReport()
  /// How this controller came to run; shown as "controller restarted" unless it is a power-on.
  public var start = StartKind.powerOn
  /// Pumps in the order of the configuration.
  public var pumps = InlineArray<8, PumpStatus>(repeating: PumpStatus())
  /// Patient water circuit.
  public var patientWater = ThermalStatus()
  /// Cardioplegia water circuit.
  public var cardioplegiaWater = ThermalStatus()
  /// Alarms that are told, active or latched.
  public var alarms = AlarmSet()
  /// The same with priority, state and acknowledgement; by priority, then newest.
  public var alarmList = AlarmList()
  /// Alarms that the operator switched off before bypass.
  public var alarmsSwitchedOff = AlarmSet()
  /// What keeps alarm signals from being given.
  public var audio = AudioStatus()
  /// Checklist items that hold.
  public var checklist = Checklist.none
  /// The arterial clamp is meant to be open.
  public var arterialClampOpen = false
  /// The venous occluder's set opening.
  public var venousOccluder = Fraction.one
  /// Time until the reservoir is empty at the present rate; infinite while it does not fall.
  public var timeToEmpty = Seconds(seconds: .infinity)
  /// Timers; negative while they do not run.
  public var timers = InlineArray<4, Seconds>(repeating: Seconds(seconds: -1))
  /// A dose is under way.
  public var isDosing = false
  /// Volume of the dose so far.
  public var dose = Volume.zero
  /// Bubbles counted in phases that only count them.
  public var airCount: UInt32 = 0
  /// The one cause that explains what several measures say together.
  public var cause = CommonCause.none
  /// Running time since the maintenance; negative while nobody has said that it was done.
  public var maintenanceAge = Seconds(seconds: -1)
  /// Time since the water circuits were disinfected; negative in the same way.
  public var disinfectionAge = Seconds(seconds: -1)
  /// A machine that has not been stepped.
  public init() {}
}
