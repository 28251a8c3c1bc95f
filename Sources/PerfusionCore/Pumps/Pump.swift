/// One pump of the machine: estimation, decision, speed loop and self-observation.
///
/// `update` is called once a tick and does all of it. The pump carries out what interlocks and
/// servos allow; it reports what it finds and never stops on its own account.
public struct Pump: Sendable {
  /// The board file's description.
  public let configuration: PumpConfiguration
  /// What the operator sees, complete after each update but for `needsResume`, which belongs to
  /// the arbiter.
  public private(set) var status = PumpStatus()
  /// Speed, travel and quality of the rotor.
  public private(set) var rotor: RotorEstimator
  /// Outlet pressure without ripple: for servos.
  public private(set) var outletMean: HalfTurnMean
  /// Outlet pressure for hard limits.
  public private(set) var outletFast = FastPressure()
  /// Tube and stroke volume of a roller pump.
  public internal(set) var tube: TubeFitting
  /// Decisions of a roller pump; at rest in a centrifugal one.
  public private(set) var roller: RollerPump
  /// Decisions of a centrifugal pump; at rest in a roller pump.
  public private(set) var centrifugal: CentrifugalPump
  /// The speed loop.
  public private(set) var loop: SpeedLoop

  /// What the pump has delivered since start-up, as good as its rotor reading.
  public private(set) var deliveredTotal = Reading<Volume>(
    .zero, takenAt: .start, quality: .absent)

  var counter = VolumeCounter()
  private var ratio = RatioCheck()
  private var rotorMonitor: RotorMonitor
  private var driveMonitor = DriveMonitor()
  private var centrifugalMonitor: CentrifugalMonitor
  private var mismatch = SustainedCondition(for: Seconds(seconds: 10))
  private var atRest = SustainedCondition(for: Seconds(seconds: 3))
  private var leaking = SustainedCondition(for: .milliseconds(100))
  private var settledFlow = LowPass()
  private var findings = PumpFindings()
  private(set) var drive = DriveCommand()
  private var beatPeak: Double = 0
  private var wasStarted = false

  /// A pump at rest.
  public init(configuration: PumpConfiguration, tick: Seconds) {
    self.configuration = configuration
    rotor = RotorEstimator(
      countsPerRevolution: configuration.countsPerRevolution,
      highestSpeed: configuration.maximumSpeed)
    outletMean = HalfTurnMean(
      countsPerRevolution: configuration.countsPerRevolution,
      rollers: configuration.kind == .roller ? configuration.roller.rollers : 1)
    tube = TubeFitting(configuration.roller)
    rotorMonitor = RotorMonitor(tick: tick)
    roller = RollerPump(configuration: configuration)
    centrifugal = CentrifugalPump(configuration: configuration)
    loop = SpeedLoop(maximum: configuration.maximumSpeed, tick: tick)
    centrifugalMonitor = CentrifugalMonitor(head: configuration.centrifugal)
    status.strokeVolume = configuration.roller.strokeVolume
  }

  /// Carries the pump through one tick.
  public mutating func update(
    intent: PumpIntent, constraint: PumpConstraint, environment: PumpEnvironment
  ) -> PumpOutput {
    watch(environment)
    let demand = decide(intent, constraint, environment)
    command(demand, environment)
    let flow = meter(intent, environment)
    deliveredTotal = Reading(
      counter.total, takenAt: rotor.speed.takenAt, quality: rotor.speed.quality)
    observe(intent, demand, environment, flow: flow)
    report(intent, constraint, demand, flow: flow)
    var output = PumpOutput()
    output.drive = drive
    output.wantsClampOpen = demand.wantsClampOpen
    output.wantsClampClosed = demand.wantsClampClosed
    output.findings = findings
    return output
  }

  /// Takes a turning rotor over after a restart: its measured speed becomes the commanded one,
  /// without a step.
  ///
  /// * `measured`: signed speed of the rotor.
  /// * `reference`: what the drive is told at this moment, where that can be read back; otherwise
  ///   the drive is taken to be without error, and what it errs shows until the loop has learned
  ///   it anew.
  public mutating func adopt(
    measured: RotationalSpeed, reference: RotationalSpeed? = nil
  ) {
    let speed = measured.isFinite ? measured : .zero
    switch configuration.kind {
    case .roller: roller.adopt(speed)
    case .centrifugal: centrifugal.adopt(speed)
    }
    loop.adopt(command: speed.magnitude, reference: reference?.magnitude ?? speed.magnitude)
    wasStarted = speed.magnitude > .rpm(0.5)
  }

  /// Reads the rotor and the pressure of this tick and decides nothing: for the time after a
  /// restart in which measured speeds are waited for.
  public mutating func watch(_ environment: PumpEnvironment) {
    rotor.update(environment.signals.rotor, now: environment.now)
    outletFast.update(environment.outletPressure)
    outletMean.update(
      environment.outletPressure, advance: rotor.motion.advance, now: environment.now)
    status.measuredSpeed = rotor.speed
  }

  /// Takes over the tube as it was confirmed before a restart.
  public mutating func take(_ fitting: TubeFitting) { tube = fitting }

  private mutating func decide(
    _ intent: PumpIntent, _ constraint: PumpConstraint,
    _ environment: PumpEnvironment
  ) -> SpeedDemand {
    if intent.isStarted && !wasStarted { counter.reset() }
    wasStarted = intent.isStarted
    switch configuration.kind {
    case .roller:
      let decision = roller.decide(
        intent, constraint, environment, stroke: tube.strokeVolume, measured: rotor.speed,
        mean: outletMean.mean, mayStart: constraint.tubeConfirmed && !tube.isPending)
      findings.pulsatileReverted = decision.pulsatileReverted
      findings.reverseRefused =
        intent.mode == .speed && intent.setSpeed < .zero
        && !RollerPump.mayReverse(configuration.role)
      return decision.demand
    case .centrifugal:
      let flow =
        environment.flowProbe.quality == .valid ? environment.flowProbe : status.flow
      return centrifugal.decide(
        intent, constraint, environment, measured: rotor.speed, flow: flow,
        outlet: outletMean.mean, isChattering: findings.chatter,
        isRunaway: findings.overspeed || findings.wrongDirection)
    }
  }

  private mutating func command(
    _ demand: SpeedDemand, _ environment: PumpEnvironment
  ) {
    let isReversed = demand.speed < .zero
    let size = demand.speed.magnitude
    var measured = rotor.speed
    if isReversed || (size == .zero && drive.isReversed) { measured.value = -measured.value }
    let isDead = environment.signals.driveAlive.usable == false
    if !demand.isEnabled || drive.removeTorque || isDead { measured.quality = .absent }
    if isDead { loop.interrupt() }
    drive.speed =
      demand.isPulsing
      ? loop.pulsingReference(
        command: size, mean: demand.mean,
        turned: measured.quality == .valid ? rotor.motion.advanced : nil,
        beatEnded: demand.beatEnded,
        tick: environment.tick)
      : loop.reference(
        command: size, measured: measured, isEven: rotor.motion.isEven,
        window: rotor.motion.window, tick: environment.tick)
    if size > .zero { drive.isReversed = isReversed }
    drive.isEnabled = demand.isEnabled
    drive.removeTorque = demand.removeTorque
    if !demand.isEnabled { drive.speed = .zero }
    // Single precision: finer than any drive takes, and half as long in the black box.
    drive.speed = RotationalSpeed(base: Double(Float(drive.speed.base)))
  }
}

extension Pump {
  /// Leak past the rollers at the present head.
  private mutating func leak(_ environment: PumpEnvironment) -> Flow {
    guard let outlet = outletMean.mean.usable else { return .zero }
    let inlet = environment.inletPressure.usable ?? .zero
    return (environment.measuredLeak ?? configuration.roller.leak) * (outlet - inlet)
  }

  private mutating func meter(
    _ intent: PumpIntent, _ environment: PumpEnvironment
  ) -> Reading<Flow> {
    let probe = environment.flowProbe
    guard configuration.kind == .roller else {
      let own = FlowEstimate.centrifugal(
        speed: rotor.speed, head: configuration.centrifugal, outlet: environment.outletPressure,
        inlet: environment.inletPressure)
      let flow = probe.quality == .valid ? probe : own
      if let usable = flow.usable { counter.add(usable, tick: environment.tick) }
      return flow
    }
    let fill = FlowEstimate.fill(inlet: environment.inletPressure)
    let stroke = tube.strokeVolume * fill.value
    let leak = leak(environment)
    counter.update(
      rotor: rotor.motion, stroke: stroke, leak: leak, commanded: status.commandedSpeed,
      tick: environment.tick)
    let own = FlowEstimate.roller(speed: rotor.speed, stroke: stroke, leak: leak)
    watchMismatch(own, environment)
    return probe.quality == .valid ? probe : own
  }

  private mutating func watchMismatch(
    _ own: Reading<Flow>, _ environment: PumpEnvironment
  ) {
    var isOff = false
    if let flow = own.usable, let probe = environment.flowProbe.usable {
      let larger = max(flow.magnitude, probe.magnitude)
      isOff =
        larger > environment.limits.noFlow
        && (flow - probe).magnitude > larger * environment.limits.flowMismatch.value
    }
    findings.flowMismatch = mismatch.update(isOff, step: environment.tick)
  }

  private mutating func observe(
    _ intent: PumpIntent, _ demand: SpeedDemand,
    _ environment: PumpEnvironment, flow: Reading<Flow>
  ) {
    let isReverted = findings.pulsatileReverted
    let isRefused = findings.reverseRefused
    let isMismatched = findings.flowMismatch
    findings = PumpFindings()
    findings.pulsatileReverted = isReverted
    findings.reverseRefused = isRefused
    findings.flowMismatch = isMismatched
    rotorMonitor.update(
      &findings, rotor: rotor.motion, signals: environment.signals, limits: environment.limits,
      RotorMonitor.Situation(
        commanded: demand.speed, isDriven: drive.isEnabled && !drive.removeTorque,
        trimIsAtLimit: loop.isAtLimit, knowsDirection: configuration.rotorSensor == .encoder,
        isRoller: configuration.kind == .roller, probe: environment.flowProbe),
      tick: environment.tick)
    rotor.isDisbelieved = rotorMonitor.isSensorUntrue
    driveMonitor.update(
      &findings, signals: environment.signals, rotor: rotor.motion, drive: drive,
      lagging: rotorMonitor.laggingCommand,
      typical: configuration.kind == .roller ? configuration.roller.typicalCurrent : .zero,
      flows: environment.flowProbe.usable.map { $0 >= environment.limits.noFlow } ?? true,
      tick: environment.tick)
    if configuration.kind == .centrifugal {
      observeCentrifugal(environment)
    } else {
      observePulse(demand)
      observeLeak(environment)
    }
    guard intent.mode == .follow else { return }
    observeRatio(intent, demand, environment)
  }

  private mutating func observeCentrifugal(_ environment: PumpEnvironment) {
    centrifugalMonitor.update(
      &findings, environment, head: configuration.centrifugal, rotor: rotor.motion,
      CentrifugalMonitor.Situation(
        state: centrifugal.state, commanded: centrifugal.commanded,
        balance: centrifugal.floor.balance, floor: centrifugal.floor.value,
        patientPressure: centrifugal.floor.patientPressure))
    findings.clampNotClosed = centrifugal.clampNotClosed
    findings.clampNotOpen = centrifugal.clampNotOpen
    findings.mayOpenClamp = centrifugal.mayOpenClamp
  }

  /// Blood that runs back past rollers that stand and do not occlude. After a stop it swings to and fro
  /// between line and aorta, about once in 2.4 s, and a clamp that opens lets some into a slack line:
  /// the mean of a second counts, once the line has been open and the rotor at rest for three.
  private mutating func observeLeak(_ environment: PumpEnvironment) {
    let stands = rotor.speed.usable.map { $0.magnitude < .rpm(0.5) } ?? false
    if let flow = environment.flowProbe.usable {
      settledFlow.update(
        flow.litersPerMinute, timeConstant: Seconds(seconds: 1), tick: environment.tick)
    }
    let isShut = environment.clampIsClosed.isSeenShut(open: environment.clampIsOpen)
    findings.rawBackflow =
      atRest.update(stands && !isShut, step: environment.tick)
      && environment.flowProbe.usable != nil
      && settledFlow.value < environment.limits.backflow.litersPerMinute
    findings.backflow = leaking.update(findings.rawBackflow, step: environment.tick)
  }

  /// The peak of the beat before, and of the one under way (AL-65: one beat).
  private mutating func observePulse(_ demand: SpeedDemand) {
    guard demand.isPulsing else {
      beatPeak = 0
      return
    }
    if demand.beatEnded { beatPeak = 0 }
    if let peak = outletFast.median.usable?.millimetersOfMercury { beatPeak = max(beatPeak, peak) }
    findings.pulsePeak =
      configuration.hasPressureLimit
      && beatPeak > configuration.stopPressure.millimetersOfMercury
  }

  private mutating func observeRatio(
    _ intent: PumpIntent, _ demand: SpeedDemand,
    _ environment: PumpEnvironment
  ) {
    ratio.update(
      master: environment.masterDelivered, follower: deliveredTotal, ratio: intent.ratio,
      wanted: demand.isEnabled ? demand.mean : .zero,
      grain: tube.strokeVolume * .turns(10 / rotor.motion.countsPerRevolution),
      tick: environment.tick)
    findings.ratioError = ratio.isOff
    findings.ratioUnknown = ratio.isUnknown
  }

  private mutating func report(
    _ intent: PumpIntent, _ constraint: PumpConstraint,
    _ demand: SpeedDemand, flow: Reading<Flow>
  ) {
    status.mode = intent.mode
    status.isStarted = intent.isStarted
    status.setSpeed = intent.setSpeed
    status.setFlow = intent.setFlow
    status.setPressure = intent.setPressure
    status.ratio = intent.mode == .follow ? MasterFollower.held(intent.ratio) : 0
    status.commandedSpeed = demand.speed
    status.measuredSpeed = rotor.speed
    status.flow = flow
    status.reason = demand.reason
    status.grade = constraint.grade
    status.speedFloor =
      configuration.kind == .centrifugal ? centrifugal.floor.value : .zero
    status.isPulsatile = demand.isPulsing
    status.delivered = counter.delivered
    status.isTubeConfirmed = configuration.kind == .centrifugal || tube.isConfirmed
    status.strokeVolume = configuration.kind == .roller ? tube.strokeVolume : .zero
  }
}
