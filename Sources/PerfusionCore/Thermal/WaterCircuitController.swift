/// One water circuit of the heater-cooler (docs/domain.md 4.6 and 5).
///
/// Call `update` every tick: the heater is switched by the tick, cut-outs and the tank switch act
/// at once, the bath loop and the cross-checks run at 2 Hz and the blood loop at 0.5 Hz inside it
/// (docs/domain.md 11.1). It takes readings and gives commands; it raises no alarm and stops no
/// pump of blood. Standby clears latched findings (uncommanded heating, heater without effect).
public struct WaterCircuitController: Sendable {
  /// Time between two runs of the bath loop.
  public static var bathPeriod: Seconds { Seconds(seconds: 0.5) }
  /// Runs of the bath loop for one of the blood loop.
  public static var bloodRatio: UInt64 { 4 }

  /// What the operator sees.
  public private(set) var status = ThermalStatus()
  /// What the alarms see.
  public var findings: ThermalFindings { monitor.findings }

  private let circuit: WaterCircuitConfiguration
  private let limits: BloodTemperatureLimits
  private let purpose: ThermalPurpose
  private let tick: Seconds
  private let bathTicks: UInt64

  private var monitor: ThermalMonitor
  private var loop: BloodLoop
  private var governor: RewarmGovernor
  private var setpoint: WaterSetpoint
  private var bathLoop: BathLoop
  private var split: SplitRange
  private var modulator: HeaterModulator
  private var intent = ThermalIntent.standby
  private var goal = Temperature.celsius(20)
  private var runs: UInt64 = 0
  private var told = WaterCommand()
  private var flowing = SustainedCondition(for: Seconds(seconds: 10))
  private var stagnant = SustainedCondition(for: Seconds(seconds: 1))
  private var dry = SustainedCondition(for: Seconds(seconds: 10))
  private var hasFlowed = false

  /// A circuit in standby.
  public init(
    circuit: WaterCircuitConfiguration, limits: BloodTemperatureLimits,
    purpose: ThermalPurpose, tick: Seconds
  ) {
    self.circuit = circuit
    self.limits = limits
    self.purpose = purpose
    self.tick = tick
    let count = tick.seconds > 0 ? Self.bathPeriod / tick + 0.5 : 1
    bathTicks = count >= 1 && count < 1e6 ? UInt64(count) : 1
    bathLoop = BathLoop(circuit)
    monitor = ThermalMonitor(
      circuit, limits: limits, purpose: purpose, capacity: bathLoop.capacity)
    loop = BloodLoop()
    governor = RewarmGovernor(limits)
    setpoint = WaterSetpoint(circuit)
    split = SplitRange(circuit, capacity: bathLoop.capacity)
    modulator = HeaterModulator(circuit, tick: tick)
  }

  /// The two circuits of a machine.
  public init(_ circuit: WaterCircuit, of machine: MachineConfiguration) {
    switch circuit {
    case .patient:
      self.init(
        circuit: machine.patientCircuit, limits: machine.bloodTemperature, purpose: .blood,
        tick: machine.tick)
    case .cardioplegia:
      self.init(
        circuit: machine.cardioplegiaCircuit, limits: machine.bloodTemperature,
        purpose: .water, tick: machine.tick)
    }
  }

  /// Carries the circuit through one tick.
  public mutating func update(
    intent wanted: ThermalIntent, environment: ThermalEnvironment
  ) -> WaterCommand {
    guard circuit.isFitted else { return WaterCommand() }
    if environment.tick.count % bathTicks == 0 { run(wanted, environment) }
    return command(
      isCutOut: environment.isCutOutTripped.usable == true
        || isOverCut(environment.bath) || isOverCut(environment.bathSecond),
      isTankLow: environment.isTankFilled.usable == false)
  }

  /// The same straight from the sensors of a board, for the tick loop: the environment is put
  /// together only when the bath loop is due.
  public mutating func update(
    intent wanted: ThermalIntent, tick now: Tick, phase: Phase, sensors: SensorSnapshot
  ) -> WaterCommand {
    guard circuit.isFitted else { return WaterCommand() }
    if now.count % bathTicks == 0 {
      let site = purpose == .blood ? WaterCircuit.patient : .cardioplegia
      run(wanted, ThermalEnvironment(site, tick: now, phase: phase, sensors: sensors))
    }
    switch purpose {
    case .blood:
      let isOver = isOverCut(sensors[.patientBathTemperature])
      let isTwinOver = isOverCut(sensors[.patientBathTemperatureSecond])
      let isTripped = sensors[.patientCutOutTripped].usable == true
      return command(
        isCutOut: isOver || isTwinOver || isTripped,
        isTankLow: sensors[.patientBathFilled].usable == false)
    case .water:
      let isOver = isOverCut(sensors[.cardioplegiaBathTemperature])
      let isTwinOver = isOverCut(sensors[.cardioplegiaBathTemperatureSecond])
      let isTripped = sensors[.cardioplegiaCutOutTripped].usable == true
      return command(
        isCutOut: isOver || isTwinOver || isTripped,
        isTankLow: sensors[.cardioplegiaBathFilled].usable == false)
    }
  }

  private func isOverCut(_ water: Reading<Temperature>) -> Bool {
    water.quality == .valid && water.value >= circuit.cutOff
  }

  /// What is told in this tick; a cut-out opens heater and contactor at once, a low tank the heater.
  private mutating func command(isCutOut: Bool, isTankLow: Bool) -> WaterCommand {
    var command = told
    command.heater = modulator.next(duty: split.duty) && !isCutOut && !isTankLow
    if isCutOut { command.heaterContactor = false }
    return command
  }

  private mutating func run(_ wanted: ThermalIntent, _ environment: ThermalEnvironment) {
    let step = tick * Double(bathTicks)
    let readings = ThermalReadings(
      environment, circuit: circuit, purpose: purpose, isCooling: intent.mode == .cool,
      isArterialTrusted: monitor.isArterialTrusted)
    take(wanted, readings)
    watchFlow(readings, step: step)
    monitor.update(
      environment, readings,
      told: ThermalMonitor.Told(
        pump: told.pump, duty: split.duty,
        chillerOn: split.chillerOn, isHeatWanted: isHeatWanted(readings)),
      correction: loop.correction, rewarmRate: governor.rate, step: step)
    let permit = ThermalPermit(
      monitor.findings, readings, isArterialTrusted: monitor.isArterialTrusted, limits: limits,
      circuit: circuit, purpose: purpose)
    if intent.mode == .standby {
      rest(step: step)
    } else {
      if runs % Self.bloodRatio == 0 {
        aim(readings, step: step * Double(Self.bloodRatio))
      }
      temper(readings, permit, step: step)
      told.pump = !dry.update(isDry(environment), step: step)
      told.heaterContactor = permit.mayCloseContactor
    }
    runs &+= 1
    told.chiller = split.chillerOn
    report(permit, readings)
  }

  /// The circuit is there to heat now, whether or not it may.
  private func isHeatWanted(_ readings: ThermalReadings) -> Bool {
    intent.mode == .rewarm || split.duty > .zero
      || (intent.mode != .standby && setpoint.value > (readings.bath ?? setpoint.value))
  }

  /// Takes up a new intent without a bump: the water set-point starts at the bath.
  private mutating func take(_ wanted: ThermalIntent, _ readings: ThermalReadings) {
    let isSame = wanted.mode == intent.mode && wanted.target.base == intent.target.base
    guard !isSame else { return }
    let wasResting = intent.mode == .standby
    intent = wanted
    loop.restart()
    if intent.mode == .standby { monitor.clearLatches() }
    if wasResting {
      setpoint.start(at: readings.bath ?? setpoint.value)
      bathLoop.restart()
      hasFlowed = false
    }
    goal = setpoint.value
    runs = 0
  }

  /// Blood flow counts as lost only once it has been there since the circuit was started.
  private mutating func watchFlow(_ readings: ThermalReadings, step: Seconds) {
    guard purpose == .blood else { return }
    let least = Flow(litersPerMinute: 0.3)
    let isFlowing = readings.blood.map { $0 >= least } ?? false
    let isLost = stagnant.update(readings.blood.map { $0 < least } ?? false, step: step)
    let isBack = flowing.update(isFlowing, step: step)
    if isBack { hasFlowed = true }
    if isLost && hasFlowed && !findings.noBloodFlow {
      monitor.note(noBloodFlow: true)
      governor.reset()
      loop.restart()
    } else if isBack && findings.noBloodFlow {
      // The gradient law is applied to a fresh set-point before the heater may come on again.
      monitor.note(noBloodFlow: false)
      setpoint.start(at: readings.bath ?? setpoint.value)
      goal = setpoint.value
      runs = 0
    }
  }

  /// The outer loop: where the water shall go.
  private mutating func aim(_ readings: ThermalReadings, step: Seconds) {
    guard readings.isPatient else {
      goal = purpose == .water ? intent.target : min(intent.target, circuit.stagnantCeiling)
      status.bloodSetpoint = goal
      governor.reset()
      return
    }
    let isFlowing = readings.blood.map { $0.litersPerMinute >= 0.3 } ?? true
    guard !findings.noBloodFlow, isFlowing else {
      let resting = findings.noBloodFlow ? (readings.bath ?? goal) : intent.target
      goal = min(resting, circuit.stagnantCeiling)
      status.bloodSetpoint = goal
      return
    }
    guard let venous = readings.venous else {
      goal = min(setpoint.value, ThermalPermit.blindCeiling)
      governor.reset()
      return
    }
    goal = max(
      water(readings, venous: venous, step: step), coldestGoal(readings, venous: venous))
    if readings.blood == nil { goal = min(goal, circuit.stagnantCeiling) }
  }

  /// The coldest the water may be sent, so that even a shortest run of the chiller keeps the
  /// gradient.
  private func coldestGoal(_ readings: ThermalReadings, venous: Temperature) -> Temperature {
    let reach = min(readings.effectiveness * loop.correction, 1)
    let floor = GradientLaw(limits).coldestWater(venous: venous, effectiveness: reach)
    let warming = HeatExchanger.bloodRate(readings.assumedBlood) * reach * (venous - floor).kelvins
    return floor + max(split.overshoot(warming: .watts(warming)), .zero)
  }

  /// The gradient is about to be left, whatever the chiller's shortest run asks for.
  private func isTooColdForBlood(_ readings: ThermalReadings) -> Bool {
    guard readings.isPatient, let venous = readings.venous, let bath = readings.bath else {
      return false
    }
    let reach = min(readings.effectiveness * loop.correction, 1)
    return bath < GradientLaw(limits).coldestWater(venous: venous, effectiveness: reach)
  }

  private mutating func water(
    _ readings: ThermalReadings, venous: Temperature, step: Seconds
  ) -> Temperature {
    var wanted = GradientLaw(limits).setpoint(intent, venous: venous)
    if let arterial = readings.arterial {
      governor.record(arterial: arterial, venous: venous, flow: readings.assumedBlood)
      wanted = governor.limit(wanted, arterial: arterial, venous: venous, step: step)
    }
    status.bloodSetpoint = wanted
    let bath = readings.bath ?? setpoint.value
    if let arterial = readings.arterial, readings.blood != nil {
      loop.learn(
        arterial: arterial, venous: venous, bath: bath, effectiveness: readings.effectiveness,
        step: step)
    }
    let isFollowing =
      (setpoint.value - bath).magnitude < .kelvins(0.5)
      && (goal - setpoint.value).magnitude < .kelvins(0.5)
    return loop.water(
      for: wanted, arterial: readings.arterial, venous: venous,
      effectiveness: readings.effectiveness, isFollowing: isFollowing, step: step)
  }

  /// The inner loop: heat or cold for the bath.
  private mutating func temper(
    _ readings: ThermalReadings, _ permit: ThermalPermit, step: Seconds
  ) {
    setpoint.move(to: goal, bath: readings.bath, step: step)
    let bath = readings.bath ?? setpoint.value
    let load = purpose == .blood ? readings.load(correction: loop.correction) : .zero
    let mayHeat = permit.heating == .none
    let mayCool = permit.cooling == .none
    let demand = bathLoop.demand(
      setpoint: setpoint.value, rate: setpoint.rate, bath: bath, load: load,
      range: (mayCool ? -circuit.chiller.watts : 0)...(mayHeat ? circuit.heater.watts : 0),
      step: step)
    split.update(
      SplitRange.Inputs(
        demand: demand, error: setpoint.value - bath, warming: -load,
        isRising: setpoint.rate.kelvinsPerMinute > 0.2, mayHeat: mayHeat, mayCool: mayCool,
        mustStopChiller: !mayCool || bath < circuit.coldest - .kelvins(0.5)
          || isTooColdForBlood(readings)),
      step: step)
  }

  private mutating func rest(step: Seconds) {
    split.update(
      SplitRange.Inputs(
        demand: .zero, error: .zero, warming: .zero, isRising: false, mayHeat: false,
        mayCool: false, mustStopChiller: true),
      step: step)
    governor.reset()
    told = WaterCommand()
  }

  /// The pump is stopped only when tank switch and flow meter agree that there is no water.
  private func isDry(_ environment: ThermalEnvironment) -> Bool {
    environment.isTankFilled.usable == false
      && (environment.waterFlow.usable.map { $0 < circuit.lowestFlow } ?? false)
  }

  private mutating func report(_ permit: ThermalPermit, _ readings: ThermalReadings) {
    status.mode = intent.mode
    status.target = intent.target
    status.waterSetpoint = intent.mode == .standby ? (readings.bath ?? goal) : setpoint.value
    status.heaterDuty = split.duty
    status.chillerOn = split.chillerOn
    let isCooling = intent.mode == .cool && permit.cooling != .none
    status.hold = intent.mode == .standby ? .none : isCooling ? permit.cooling : permit.heating
  }
}
