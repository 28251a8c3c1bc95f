/// What kind of treatment the machine is built for.
public enum MachineKind: UInt8, BitwiseCopyable, Sendable {
  /// Cardiopulmonary bypass with a venous reservoir.
  case bypass
  /// Extracorporeal membrane oxygenation: a closed circuit without a reservoir.
  case ecmo
  /// Ex-vivo perfusion of an organ.
  case organ
}

/// The machine as the controller knows it, checked once when the board file was compiled.
///
/// Nothing inside the core checks these values again, except where a confirmed operator
/// command changes one (tube, stroke volume, limits).
public struct MachineConfiguration: Sendable {
  /// What the machine is for.
  public var kind: MachineKind
  /// Length of one base tick in microseconds, 1000...20000.
  public var tickMicroseconds: Int32
  /// The pumps; the first one is the primary pump.
  public var pumps: FixedList<8, PumpConfiguration>
  /// The arterial clamp.
  public var arterialClamp: ClampConfiguration
  /// The venous occluder.
  public var venousOccluder: OccluderConfiguration
  /// The venous reservoir.
  public var reservoir: ReservoirConfiguration
  /// Limits of the circuit that interlocks and servos hold.
  public var limits: CircuitLimits
  /// Where the air detector sits and what it accepts.
  public var airDetection: AirDetectionConfiguration
  /// What each pump does on each blood-path event: the response matrix.
  public var responses: ResponseMatrix
  /// Water circuit of the patient's heat exchanger.
  public var patientCircuit: WaterCircuitConfiguration
  /// Water circuit of the cardioplegia heat exchanger.
  public var cardioplegiaCircuit: WaterCircuitConfiguration
  /// Limits on blood temperature.
  public var bloodTemperature: BloodTemperatureLimits
  /// The patient or organ the machine is set up for.
  public var subject: SubjectConfiguration
  /// How long it may go without service.
  public var service: ServiceConfiguration

  /// A configuration without pumps, with the default limits of docs/domain.md.
  public init() {
    kind = .bypass
    tickMicroseconds = 5000
    pumps = FixedList(filler: PumpConfiguration())
    arterialClamp = ClampConfiguration()
    venousOccluder = OccluderConfiguration()
    reservoir = ReservoirConfiguration()
    limits = CircuitLimits()
    airDetection = AirDetectionConfiguration()
    responses = ResponseMatrix()
    patientCircuit = WaterCircuitConfiguration()
    cardioplegiaCircuit = WaterCircuitConfiguration()
    bloodTemperature = BloodTemperatureLimits()
    subject = SubjectConfiguration()
    service = ServiceConfiguration()
  }

  /// Length of one base tick.
  @inlinable public var tick: Seconds {
    Seconds(seconds: Double(tickMicroseconds) / 1_000_000)
  }
  /// Ticks in a span, rounded to the nearest, at least 1.
  public func ticks(_ span: Seconds) -> UInt64 {
    let ticks = span.seconds * 1_000_000 / Double(tickMicroseconds) + 0.5
    return ticks >= 1 ? (ticks < 1e15 ? UInt64(ticks) : 1_000_000_000_000_000) : 1
  }
  /// The pump of a role, if the board has one.
  public func pump(_ role: PumpRole) -> Int? {
    for index in pumps.indices where pumps[index].role == role { return index }
    return nil
  }
}

/// The patient or organ the machine is set up for.
public struct SubjectConfiguration: BitwiseCopyable, Sendable {
  /// Body surface area in square metres (Mosteller); 0 when it does not apply.
  public var bodySurfaceArea: Double = 1.9
  /// Full flow, 2.4 L/min/m2 of body surface unless the board file says otherwise
  /// (docs/domain.md 4.3).
  public var fullFlow = Flow(litersPerMinute: 4.56)
  /// Hydrostatic head from the patient down to the pump, +31 mmHg for 40 cm (docs/domain.md 0.2).
  public var heightHead = Pressure(millimetersOfMercury: 31)
  /// The defaults of patient A.
  public init() {}
}

/// The venous reservoir.
public struct ReservoirConfiguration: BitwiseCopyable, Sendable {
  /// False for a closed circuit.
  public var isFitted = false
  /// Volume at which it is full.
  public var capacity = Volume(milliliters: 4000)
  /// Alert: regulate the pump from here down (AL-05, 500 ml).
  public var alert = Volume(milliliters: 500)
  /// Alarm: stop the pump (AL-06, 300 ml, 200...600).
  public var alarm = Volume(milliliters: 300)
  /// Volume above which a stopped pump may be resumed (docs/domain.md C10).
  public var resume = Volume(milliliters: 400)
  /// Time to empty that raises the alert before its volume is reached.
  public var alertTime = Seconds(seconds: 10)
  /// Time to empty that raises the alarm before its volume is reached.
  public var alarmTime = Seconds(seconds: 4)
  /// Share of the capacity that counts as over-full (AL-08).
  public var overfull = Fraction(value: 0.9)
  /// The defaults of docs/domain.md 9.
  public init() {}
}

/// An electrically driven line clamp that closes by its own spring.
public struct ClampConfiguration: BitwiseCopyable, Sendable {
  /// False when the board has none.
  public var isFitted = false
  /// Longest time it may take to reach its commanded position (AL-34, 500 ms).
  public var travelTime = Seconds.milliseconds(500)
  /// The defaults of docs/domain.md 9.
  public init() {}
}

/// The motorised occluder on the venous line.
public struct OccluderConfiguration: BitwiseCopyable, Sendable {
  /// False when the board has none.
  public var isFitted = false
  /// Time from open to closed (closes slowly, docs/domain.md 8.4).
  public var closingTime = Seconds(seconds: 2)
  /// Time from closed to open (opens fast).
  public var openingTime = Seconds.milliseconds(500)
  /// Opening below which a close needs confirmation while arterial flow runs.
  public var confirmBelow = Fraction.percent(20)
  /// The defaults of docs/domain.md 8.4.
  public init() {}
}

/// Air detection on the arterial line.
public struct AirDetectionConfiguration: BitwiseCopyable, Sendable {
  /// Shortest stretch of air that counts, in microseconds (2 ms, docs/domain.md 11.2).
  public var shortestAir: Int32 = 2000
  /// Length of tubing from the arterial detector to the cannula, centimetres.
  public var distanceToCannula: Double = 150
  /// Length of tubing from the arterial detector to the arterial clamp, centimetres.
  public var distanceToClamp: Double = 60
  /// Inner cross-section of that tubing, square centimetres (3/8 in: 0.713).
  public var lineArea: Double = 0.713
  /// The defaults of docs/domain.md 11.2.
  public init() {}
}
