/// Watches the hydraulics of a centrifugal pump (docs/domain.md 3.3 to 3.5).
struct CentrifugalMonitor: BitwiseCopyable, Sendable {
  private var reversed = SustainedCondition(for: .milliseconds(100))
  private var tooSlow = SustainedCondition(for: .milliseconds(100))
  private var tooLow = SustainedCondition(for: .milliseconds(100))
  private var below = SustainedCondition(for: .milliseconds(200))
  private var emptied = SustainedCondition(for: .milliseconds(350))
  private var slipped = SustainedCondition(for: .milliseconds(350))
  private var swinging = SustainedCondition(for: Seconds(seconds: 3))
  private var balanced = SustainedCondition(for: Seconds(seconds: 30))
  private var balancedLong = SustainedCondition(for: Seconds(seconds: 120))
  private var inlet = BandPower()
  private var flow = BandPower()
  /// Current over speed squared in good running, in A per (1000 rpm)^2; zero while not known.
  private var learned: Double = 0
  private var goodTime: Double = 0

  /// What the monitor needs to know of this tick.
  struct Situation {
    var state: CentrifugalState
    var commanded: RotationalSpeed
    var balance: RotationalSpeed
    var floor: RotationalSpeed
    var patientPressure: Pressure
  }

  init(head: CentrifugalHead) {
    let turns = head.typicalCurrentSpeed.revolutionsPerMinute / 1000
    if head.typicalCurrent > .zero && turns > 0.1 {
      learned = head.typicalCurrent.amperes / (turns * turns)
    }
  }

  mutating func update(
    _ findings: inout PumpFindings, _ environment: PumpEnvironment,
    head: CentrifugalHead, rotor: RotorMotion, _ now: Situation
  ) {
    let tick = environment.tick
    watchChatter(&findings, environment, now)
    let isOpen =
      now.state == .running && (environment.clampIsClosed.usable != true)
      && (!environment.clampFitted || environment.clampIsOpen.usable != false)
    // A switch that does not say open is no reason to look away: only a clamp that is seen shut is.
    let isShut = environment.clampIsClosed.isSeenShut(open: environment.clampIsOpen)
    watchBackflow(&findings, environment, rotor, now, isOpen: now.state == .running && !isShut)
    let isBalanced = now.state == .balanced && rotor.speed.value > .rpm(300)
    findings.zeroFlowLong = balanced.update(isBalanced, step: tick)
    findings.zeroFlowVeryLong = balancedLong.update(isBalanced, step: tick)
    watchHead(&findings, environment, head, rotor, now, isOpen: isOpen)
  }

  /// Three independent signs: flow, speed, pressure. Any one acts, unless the other two contradict it
  /// (R3): backwards flow is not believed while the rotor turns over its floor and the line stands
  /// over the patient; a pressure is not believed against plain forward flow. A tachometer is judged
  /// by its rotor's inertia before its speed counts.
  private mutating func watchBackflow(
    _ findings: inout PumpFindings, _ environment: PumpEnvironment,
    _ rotor: RotorMotion, _ now: Situation, isOpen: Bool
  ) {
    let tick = environment.tick
    let mayLeak = isOpen || now.state == .closing || now.state == .slowing
    let readsBack =
      mayLeak && environment.flowProbe.usable.map { $0 < environment.limits.backflow } ?? false
    let speed = rotor.fastSpeed.usable
    let holdsBySpeed = speed.map { $0 > now.floor } ?? false
    // The patient's pressure of this moment, not the slow one of the floor.
    var holdsByPressure = false
    if let outlet = environment.outletPressure.usable,
      let patient = environment.arterialPressure.usable
    {
      holdsByPressure = outlet > patient + environment.heightHead + .mmHg(10)
    }
    findings.probeContradicted =
      readsBack && isOpen && environment.floorApplies && holdsBySpeed && holdsByPressure
    let flowsBack = readsBack && !findings.probeContradicted
    let counts = isOpen && environment.floorApplies
    let isUnderBalance = counts && speed.map { $0 < now.balance * 0.98 } ?? false
    let column = now.patientPressure + environment.heightHead - .mmHg(5)
    let flowsOn = environment.flowProbe.usable.map { $0 > environment.limits.noFlow } ?? false
    let isUnderStatic =
      counts && !flowsOn && environment.arterialPressure.usable != nil
      && environment.outletPressure.usable.map { $0 < column } ?? false
    findings.rawBackflow = flowsBack || isUnderBalance || isUnderStatic
    let byFlow = reversed.update(flowsBack, step: tick)
    let bySpeed = tooSlow.update(isUnderBalance, step: tick)
    let byPressure = tooLow.update(isUnderStatic, step: tick)
    findings.backflow = byFlow || bySpeed || byPressure
    findings.rawBelowFloor = counts && speed.map { $0 < now.floor * 0.98 } ?? false
    findings.belowFloor = below.update(findings.rawBelowFloor, step: tick)
  }

  private mutating func watchChatter(
    _ findings: inout PumpFindings, _ environment: PumpEnvironment, _ now: Situation
  ) {
    let tick = environment.tick
    if let pressure = environment.inletPressure.usable {
      inlet.update(pressure.millimetersOfMercury, tick: tick)
    }
    var flowSwings = false
    if let measured = environment.flowProbe.usable {
      flow.update(measured.litersPerMinute, tick: tick)
      let limit = 0.08 * max(measured.litersPerMinute.magnitude, 1)
      flowSwings = flow.meanSquare > limit * limit
    }
    findings.chatter = swinging.update(
      now.state == .running && (inlet.meanSquare > 100 || flowSwings), step: tick)
  }

  private mutating func watchHead(
    _ findings: inout PumpFindings, _ environment: PumpEnvironment,
    _ head: CentrifugalHead, _ rotor: RotorMotion, _ now: Situation,
    isOpen: Bool
  ) {
    guard let speed = rotor.speed.usable, speed > .rpm(800) else {
      goodTime = 0
      return
    }
    let tick = environment.tick
    let turns = speed.revolutionsPerMinute / 1000
    let shutOff = head.headPerSpeedSquared * turns * turns * 1_000_000
    let noFlow = environment.flowProbe.usable.map { $0 < environment.limits.noFlow }
    var isWeak: Bool?
    var isVeryWeak: Bool?
    if let current = environment.signals.current.usable?.magnitude.amperes, learned > 0 {
      isWeak = current < 0.8 * learned * turns * turns
      isVeryWeak = current < 0.6 * learned * turns * turns
    }
    let inletPressure = environment.inletPressure.usable ?? .zero
    let share = environment.outletPressure.usable.map {
      ($0 - inletPressure).millimetersOfMercury / shutOff
    }
    // A kinked line also stops the flow and eases the motor, but there the head stays.
    let isDelivering = noFlow == false || (share ?? 0) > 0.5
    let headIsGone = (share ?? 1) < 0.2 || (isOpen && noFlow == true && !isDelivering)
    let atSpeed = speed > now.commanded * 0.9
    findings.lossOfPrime = emptied.update(
      now.state != .standing && headIsGone && (isWeak ?? (noFlow == true)), step: tick)
    findings.decoupled = slipped.update(
      isOpen && atSpeed && isVeryWeak == true && noFlow == true && !isDelivering, step: tick)
    learn(environment, turns: turns, isGood: isOpen && atSpeed && noFlow == false)
  }

  /// Takes the current of good running as the measure, with a minute's memory; only after 10 s of
  /// it where none was known.
  private mutating func learn(
    _ environment: PumpEnvironment, turns: Double, isGood: Bool
  ) {
    let tick = environment.tick.seconds
    guard isGood, environment.flowProbe.value > .litersPerMinute(1),
      let current = environment.signals.current.usable?.magnitude.amperes
    else {
      goodTime = 0
      return
    }
    goodTime = min(goodTime + tick, 100)
    let share = current / (turns * turns)
    if learned <= 0 {
      if goodTime >= 10 { learned = share }
    } else if goodTime >= 10 {
      learned += (share - learned) * (tick / 60)
    }
  }
}
