@testable import PerfusionCore

/// A controller that is asked for the conditions of one moment, without a step.
final class FactBench {
  var controller: Controller
  var sensors = SensorSnapshot()

  init(_ machine: MachineConfiguration = PaperMachine.adult(), phase: Phase = .onBypass) {
    controller = Controller(configuration: machine)
    controller.phase = phase
  }

  /// The primary pump is told to turn and does, in flow mode.
  func push(set: Double = 4.5, flow: Double, speed: Double = 100) {
    controller.intents[0].isStarted = true
    controller.status.pumps[0].mode = .flow
    controller.status.pumps[0].setFlow = .litersPerMinute(set)
    controller.status.pumps[0].flow = Self.valid(.litersPerMinute(flow))
    controller.status.pumps[0].commandedSpeed = .rpm(speed)
  }

  /// Lets rows stand for the interlocks.
  func stand(_ rows: MachineRow..., pumpRows: [PumpRow] = [], ticks: Int = 2500) {
    var facts = InterlockFacts()
    for row in rows { facts.set(row, true) }
    for row in pumpRows { facts.set(row, pump: 0, true) }
    for _ in 0..<ticks {
      controller.interlocks.update(facts: facts, phase: controller.phase, started: 1)
    }
  }

  func put(_ site: PressureSite, _ millimetersOfMercury: Double?) {
    sensors.pressures[site] = millimetersOfMercury.map { Self.valid(.mmHg($0)) } ?? .absent
  }
  func put(_ site: SwitchSite, _ isOn: Bool) { sensors.switches[site] = Self.valid(isOn) }
  func put(_ site: TemperatureSite, _ degreesCelsius: Double) {
    sensors.temperatures[site] = Self.valid(.celsius(degreesCelsius))
  }
  func put(_ site: FlowSite, _ litersPerMinute: Double) {
    sensors.flows[site] = Self.valid(.litersPerMinute(litersPerMinute))
  }
  /// A stretch of air, microseconds.
  func put(_ site: AirSite, _ longestAir: Int32, isTested: Bool = true) {
    sensors.air[site] = Self.seen(longestAir, isTested: isTested)
  }

  /// A level, as the witness believes it at once.
  func put(level: Double?) {
    controller.levelWitness = LevelWitness()
    controller.levelWitness.update(
      level.map { Self.valid(.milliliters($0)) } ?? .absent,
      aboveAlert: sensors[.reservoirAboveAlert], aboveAlarm: sensors[.reservoirAboveAlarm],
      controller.configuration.reservoir, isDoubted: false, tick: controller.period)
  }

  /// A pump sees this outlet pressure, by its fast channel and by its mean.
  func watch(_ millimetersOfMercury: Double, pump: Int) {
    for time in [Int64(0), 40_000] {
      var seen = PumpEnvironment()
      seen.now = Instant(microseconds: time)
      seen.outletPressure = Reading(.mmHg(millimetersOfMercury), takenAt: seen.now)
      controller.pumps[pump].watch(seen)
    }
  }

  static func seen(_ longestAir: Int32, isTested: Bool = true) -> Reading<AirObservation> {
    valid(AirObservation(airNow: false, longestAir: longestAir, selfTestPassed: isTested))
  }

  static func valid<Value: BitwiseCopyable & Sendable>(_ value: Value) -> Reading<Value> {
    Reading(value, takenAt: .start)
  }

  /// The machine's conditions in this moment.
  ///
  /// Never inlined: Swift 6.3 takes `sensors` for unchanged in a loop that sets one of them through
  /// the table's coroutine.
  @inline(never) var facts: InterlockFacts {
    var facts = InterlockFacts()
    controller.believedInlet = sensors.pressures[.pumpInletPressure]
    controller.stateCircuitFacts(&facts, sensors, sensors.pressures)
    controller.stateFlowFacts(&facts, sensors)
    controller.stateThermalFacts(&facts, sensors)
    controller.stateSupplyFacts(&facts, sensors)
    controller.statePlatformFacts(&facts, sensors)
    return facts
  }

  /// The conditions of a pump.
  @inline(never) func facts(of pump: Int) -> InterlockFacts {
    var facts = InterlockFacts()
    controller.statePumpFacts(&facts, pump, sensors, sensors.pressures)
    return facts
  }

  func holds(_ row: MachineRow) -> Bool {
    facts.machine & (1 << UInt128(row.rawValue)) != 0
  }
  func holds(_ row: PumpRow, pump: Int = 0) -> Bool {
    facts(of: pump).pumps[pump] & (1 << UInt128(row.rawValue)) != 0
  }
}
