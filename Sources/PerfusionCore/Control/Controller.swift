/// The controller: takes what the sensors say and what the operator asks, once a tick, and gives
/// what the actuators are told and what happened.
///
/// A pure value: the same configuration and the same sequence of inputs give the same outputs, bit
/// for bit. `step` allocates nothing, reads no clock and does no input or output.
public struct Controller: Sendable {
  /// The machine as the board file describes it.
  public internal(set) var configuration: MachineConfiguration
  /// What the operator sees.
  public internal(set) var status = MachineStatus()

  var tick = Tick.start
  /// Ticks that the loop left out so far.
  private var leftOut: UInt64 = 0
  let period: Seconds
  let pumpCount: Int
  /// Ticks in a second.
  let secondTicks: UInt32
  var phase: Phase
  var intents = InlineArray<8, PumpIntent>(repeating: PumpIntent())
  var pumps: InlineArray<8, Pump>
  var findings = InlineArray<8, PumpFindings>(repeating: PumpFindings())
  var servos: InlineArray<8, ServoRegulation>
  var interlocks: Interlocks
  var clamp = ArterialClampControl()
  var occluder: VenousOccluder
  var occlusion: OcclusionBench
  /// The pump that the occlusion test drives, -1 for none.
  var pumpUnderTest = -1
  /// Watches for lost occlusion of the primary roller.
  var occlusionLoss = OcclusionLoss()
  /// The last occlusion test of a pump failed.
  var occlusionFailed: UInt8 = 0
  /// Leaks that occlusion tests measured.
  var measuredLeaks = InlineArray<8, LeakConductance?>(repeating: nil)
  var line: LineOcclusion
  /// Sets redundant sensors against each other.
  var plausibility = Plausibility()
  /// Sets the line pressure against the one before it, for the pump.
  var lineWitness = LineWitness()
  /// The line pressure as the pump may take it.
  var believedLine = Reading<Pressure>.absent
  /// Sets the inlet pressure against what the rotor can make of it.
  var inletWitness = InletWitness()
  /// The inlet pressure as the pump and its limits may take it.
  var believedInlet = Reading<Pressure>.absent
  /// Sets level sensor and switches against what a reservoir can do.
  var levelWitness = LevelWitness()
  /// Ticks between two looks of it.
  let lookTicks: UInt64
  var supply = SupplyWatch()
  var patientWater: WaterCircuitController
  var cardioplegiaWater: WaterCircuitController
  var thermalIntents = InlineArray<2, ThermalIntent>(repeating: .standby)
  var timeToEmpty: TimeToEmpty
  /// How long the primary pump has pushed without flow.
  var flowGap = Seconds.zero
  /// How long the primary pump has stood without an interlock's stop while flow was needed.
  var standstill = Seconds.zero
  var zeros = PressureZeros()
  var air = AirWatch()
  var microbubbles = MicrobubbleRate()
  var dose = CardioplegiaDose()
  var timers = Timers()
  var selfTest = SelfTest()
  /// Check sum of the configuration when it was loaded.
  let configurationSum: UInt32
  /// What is told to people, and what has to be recorded of it.
  public internal(set) var alarms: AlarmSystem
  /// Limits of the board file, which the operator may have moved since.
  let presets: CircuitLimits
  var confirmed = Checklist.none
  var checklist = Checklist.none
  var directions = DirectionCheck()
  var adoption = Adoption()
  /// Limits kept twice.
  var limitPairs = LimitPairs()
  /// The configuration's check sum held when it was looked at last.
  var isConfigurationSound = true
  /// Power-on time since the watchdog was made to bite.
  var watchdogTestAge = Seconds.zero
  /// How long ago maintenance and disinfection were done.
  var service = ServiceCounters()
  /// The stages of this cycle; acquisition and application pass theirs from outside.
  public var flow = ProgramFlow()
  /// What each pump was told when the controller before went down.
  var expected = InlineArray<8, RotationalSpeed>(repeating: .zero)
  var expectedIsSteady: UInt8 = 0
  /// Why the two records of a restart were not believed; told once.
  var firstRefused: RecordFault?
  var secondRefused: RecordFault?
  /// The controller has taken over a running machine in this tick.
  var hasJustAdopted = false
  /// The operator asked in this tick to isolate the patient.
  var asksIsolation = false
  /// Whether each pump obeys its stop.
  var stopConfirmations = InlineArray<8, StopConfirmation>(repeating: StopConfirmation())
  let requiredItems: Checklist

  /// A controller at power-on: everything at rest, the self test first.
  public init(configuration: MachineConfiguration) {
    self.configuration = configuration
    presets = configuration.limits
    configurationSum = configuration.checkSum
    alarms = AlarmSystem(tickMicroseconds: configuration.tickMicroseconds)
    let tick = configuration.tick
    period = tick
    pumpCount = configuration.pumps.count
    secondTicks = UInt32(clamping: configuration.ticks(Seconds(seconds: 1)))
    lookTicks = UInt64(clamping: configuration.ticks(.milliseconds(100)))
    phase = .post
    pumps = InlineArray { Pump(configuration: configuration.pumps[$0], tick: tick) }
    servos = InlineArray {
      ServoRegulation(
        pump: configuration.pumps[$0], limits: configuration.limits,
        reservoir: configuration.reservoir, tick: tick)
    }
    interlocks = Interlocks(configuration: configuration)
    occluder = VenousOccluder(configuration.venousOccluder)
    occlusion = OcclusionBench(configuration: configuration)
    line = LineOcclusion(
      limits: configuration.limits, subject: configuration.subject, tick: tick)
    patientWater = WaterCircuitController(.patient, of: configuration)
    cardioplegiaWater = WaterCircuitController(.cardioplegia, of: configuration)
    timeToEmpty = TimeToEmpty(configuration.reservoir, tick: tick)
    requiredItems = Checklist.required(for: configuration)
    presetIntents()
    keepLimits()
  }

  /// Every pump at rest with nothing set, as the board file has it.
  mutating func presetIntents() {
    intents = InlineArray(repeating: PumpIntent())
    for pump in 0..<pumpCount {
      intents[pump].ratio = configuration.pumps[pump].ratio
      if configuration.pumps[pump].followsPump >= 0 { intents[pump].mode = .follow }
    }
  }

  /// The power-on self test is under way.
  ///
  /// Mutating only so that it is read in place: every tick asks, and a getter of a controller that
  /// is handed on copies all of it.
  public var isTestingItself: Bool {
    mutating get { phase == .post && !adoption.isUnderWay }
  }

  /// A dose of cardioplegia was being given in the last tick; read in place for the same reason.
  public var isDosing: Bool { mutating get { status.isDosing } }

  /// The moment of this tick.
  mutating func now() -> Instant {
    Instant(
      microseconds: Int64(clamping: tick.count &+ leftOut)
        &* Int64(configuration.tickMicroseconds))
  }

  /// Carries the machine through one tick.
  ///
  /// - Parameters:
  ///   - sensors: what is known at the start of the tick.
  ///   - commands: what was asked since the last one.
  ///   - actuators: overwritten with what the board is told.
  ///   - events: emptied, then filled with what happened.
  public mutating func step(
    sensors: SensorSnapshot, commands: CommandQueue,
    actuators: inout ActuatorCommands, events: inout EventList
  ) {
    tick = tick.next
    events.removeAll()
    alarms.begin()
    leftOut &+= UInt64(sensors.platform.missedTicks)
    let pressures = zeros.corrected(sensors.pressures)
    askWitnesses(sensors, pressures)
    take(commands, sensors, &events)
    tellRefusedRecords(&events)
    actuators.isAdopting = adoption.isUnderWay
    if adoption.isUnderWay {
      adopt(sensors, pressures, &events)
      flow.pass(.adopt)
      signal(sensors, &actuators, &events)
      return report(sensors)
    }
    follow(sensors, pressures, &events)
    decide(sensors, pressures, &events)
    flow.pass(.decide)
    drive(sensors, pressures, &actuators, &events)
    flow.pass(.drive)
    temper(sensors, &actuators)
    flow.pass(.temper)
    signal(sensors, &actuators, &events)
    report(sensors)
  }

  /// Follows what builds up over ticks: self test, level, line pattern, supply, checklist.
  private mutating func follow(
    _ sensors: SensorSnapshot,
    _ pressures: SiteTable<PressureSite, Reading<Pressure>>,
    _ events: inout EventList
  ) {
    if phase == .post {
      let isIntact = !selfTest.endsRest(tick: period) || isConfigurationIntact()
      selfTest.update(sensors, configuration: configuration, isIntact: isIntact, &events)
    }
    followPhase(&events)
    timeToEmpty.update(tick: tick, volume: levelWitness.volume)
    supply.update(sensors, tick: period)
    watchAir(sensors, &events)
    watchLine(sensors, pressures)
    watchPlausibility(sensors, pressures, &events)
    timers.update(tick: period * Double(sensors.platform.elapsedTicks))
    watchItself()
    countService(sensors)
    if tick.count % 20 == 0 {
      verifyChecklist(sensors)
      watchOcclusion(sensors, pressures)
    }
  }

  /// States the conditions that hold and lets the interlocks decide.
  private mutating func decide(
    _ sensors: SensorSnapshot,
    _ pressures: SiteTable<PressureSite, Reading<Pressure>>,
    _ events: inout EventList
  ) {
    var facts = InterlockFacts()
    stateCircuitFacts(&facts, sensors, pressures)
    stateFlowFacts(&facts, sensors)
    stateThermalFacts(&facts, sensors)
    stateSupplyFacts(&facts, sensors)
    statePlatformFacts(&facts, sensors)
    statePlausibilityFacts(&facts)
    var started: UInt8 = 0
    for pump in 0..<pumpCount {
      statePumpFacts(&facts, pump, sensors, pressures)
      if intents[pump].isStarted { started |= 1 << UInt8(pump) }
    }
    asksIsolation = false
    let before = interlocks.verdicts
    interlocks.update(
      facts: facts, phase: duty(), started: started, elapsed: sensors.platform.elapsedTicks)
    for pump in 0..<pumpCount {
      let grade = interlocks.verdicts[pump].grade
      if grade >= .zeroFlow && grade > before[pump].grade {
        events.append(Event(.interlockStop(pump, grade)))
      }
    }
  }

  /// A machine row stands.
  mutating func stands(_ row: MachineRow) -> Bool {
    interlocks.activeMachineRows & (1 << UInt128(row.rawValue)) != 0
  }

  /// A row of a pump stands.
  mutating func stands(_ row: PumpRow, pump: Int) -> Bool {
    interlocks.activePumpRows[pump] & (1 << UInt128(row.rawValue)) != 0
  }
}
