/// Where a centrifugal pump stands between rest and flow.
public enum CentrifugalState: UInt8, BitwiseCopyable, Sendable {
  /// At rest, clamp closed.
  case standing
  /// Turns behind the closed clamp so that its head balances the patient: zero flow.
  case balanced
  /// The clamp is opening.
  case opening
  /// The line is open.
  case running
  /// The clamp is closing; the speed stays until it has closed.
  case closing
  /// On the way down through idle to rest.
  case slowing
  /// Found turning after a restart; the clamp's position decides.
  case adopted
}

/// Decides the speed of a centrifugal pump and the position of its clamp.
///
/// Rest without a clamp is a leak (docs/domain.md 0.3): the clamp closes before the pump slows, and
/// opens only when the pump holds the patient's pressure. Each tick one state acts; the states are
/// the sequences of docs/domain.md 3.3.
public struct CentrifugalPump: BitwiseCopyable, Sendable {
  /// Speed that is commanded now.
  public internal(set) var commanded = RotationalSpeed.zero
  /// Where it stands.
  public private(set) var state = CentrifugalState.standing
  /// The backflow floor.
  public private(set) var floor: SpeedFloor
  /// The clamp did not close in time and the pump balances against the open line (HZ-05).
  public private(set) var clampNotClosed = false
  /// The clamp did not open in time.
  public private(set) var clampNotOpen = false
  /// The pump behind the clamp would hold the patient.
  public private(set) var mayOpenClamp = false

  let maximum: RotationalSpeed
  private let head: CentrifugalHead
  let slewUp: Acceleration
  let slewDown: Acceleration
  var flowHold = FlowHold()
  var pressure = PressureLoop()
  private var timeInState: Double = 0
  private var forcedTime: Double = 0
  private var torqueOffTime: Double = 0
  var held = RotationalSpeed.zero
  var isHolding = false
  var isHeldBack = false
  var wasStoppedByInterlock = false
  var resumeSlope = Acceleration.zero
  var lastMode = PumpMode.speed

  /// A centrifugal pump at rest.
  public init(configuration: PumpConfiguration) {
    maximum = configuration.maximumSpeed
    head = configuration.centrifugal
    slewUp = configuration.slewUp
    slewDown = configuration.slewDown
    floor = SpeedFloor(
      head: configuration.centrifugal, maximum: configuration.maximumSpeed,
      heightHead: .mmHg(31))
  }

  /// Takes a turning rotor over as it is.
  public mutating func adopt(_ speed: RotationalSpeed) {
    commanded = speed.clamped(.zero, maximum)
    held = commanded
    adoptLoops()
    enter(commanded > .rpm(50) ? .adopted : .standing)
  }

  /// The operator has held the detent long enough.
  public var isForced: Bool { forcedTime >= 3 - 1e-9 }

  /// Decides speed and clamp of this tick.
  ///
  /// * `isChattering`: the venous line chatters.
  /// * `isRunaway`: the rotor does not obey, so torque goes at once.
  mutating func decide(
    _ intent: PumpIntent, _ constraint: PumpConstraint,
    _ environment: PumpEnvironment, measured: Reading<RotationalSpeed>,
    flow: Reading<Flow>, outlet: Reading<Pressure>, isChattering: Bool, isRunaway: Bool
  ) -> SpeedDemand {
    timeInState += environment.tick.seconds
    forcedTime =
      intent.forcedBelowFloor ? min(forcedTime + environment.tick.seconds, 10) : 0
    let isClosed = environment.clampIsClosed.usable ?? (state == .standing || state == .balanced)
    floor.update(
      environment, rotorStands: commanded == .zero && measured.value < .rpm(100),
      clampIsClosed: environment.clampFitted && isClosed)
    judgeOpening(environment, measured: measured)
    var demand = SpeedDemand()
    if constraint.grade == .forcedStop {
      remove(&demand, environment, isRunaway: isRunaway)
    } else {
      torqueOffTime = 0
      act(
        &demand, intent, constraint, environment, measured: measured, flow: flow, outlet: outlet,
        isChattering: isChattering)
    }
    demand.speed = commanded
    demand.mean = commanded
    return demand
  }

  /// Behind the clamp: would the pump hold the patient if it opened?
  private mutating func judgeOpening(
    _ environment: PumpEnvironment, measured: Reading<RotationalSpeed>
  ) {
    let speed = measured.quality == .valid ? measured.value : commanded
    guard environment.floorApplies else {
      mayOpenClamp = true
      return
    }
    let margin = environment.heightHead + .mmHg(20)
    let holds =
      environment.outletPressure.usable.map { $0 > floor.patientPressure + margin }
      ?? (state == .balanced && timeInState > 1)
    mayOpenClamp = holds && speed >= floor.value - .rpm(5)
  }

  /// Clamp first, then torque off: at once when the rotor runs away, at the latest after 300 ms.
  private mutating func remove(
    _ demand: inout SpeedDemand, _ environment: PumpEnvironment, isRunaway: Bool
  ) {
    torqueOffTime += environment.tick.seconds
    let waits =
      environment.clampFitted && environment.clampIsClosed.usable != true && !isRunaway
      && torqueOffTime < 0.3 && commanded > .zero
    demand.reason = .torqueOff
    demand.wantsClampClosed = environment.clampFitted
    demand.removeTorque = !waits
    demand.isEnabled = waits
    wasStoppedByInterlock = true
    guard !waits else { return }
    commanded = .zero
    enter(.standing)
  }

  private mutating func enter(_ next: CentrifugalState) {
    state = next
    timeInState = 0
  }

  mutating func adoptLoops() {
    flowHold.adopt(commanded)
    pressure.adopt(commanded)
  }
}

extension CentrifugalPump {
  private enum Wish { case rest, zeroFlow, flow }

  private func wish(
    _ intent: PumpIntent, _ constraint: PumpConstraint, _ environment: PumpEnvironment
  ) -> Wish {
    if !intent.isStarted || constraint.grade >= .stop { return .rest }
    let fitted = environment.clampFitted
    if constraint.grade == .zeroFlow {
      // Without a clamp and without a patient's pressure to balance, rest is zero flow.
      return fitted || environment.floorApplies ? .zeroFlow : .rest
    }
    return fitted && !intent.wantsClampOpen ? .zeroFlow : .flow
  }

  private mutating func act(
    _ demand: inout SpeedDemand, _ intent: PumpIntent,
    _ constraint: PumpConstraint, _ environment: PumpEnvironment,
    measured: Reading<RotationalSpeed>, flow: Reading<Flow>, outlet: Reading<Pressure>,
    isChattering: Bool
  ) {
    let fitted = environment.clampFitted
    let wish = wish(intent, constraint, environment)
    if wish != .flow && constraint.grade >= .zeroFlow { wasStoppedByInterlock = true }
    if !intent.isStarted { wasStoppedByInterlock = false }
    if state == .adopted { enter(environment.clampIsClosed.usable == true ? .balanced : .running) }
    advanceState(wish, environment, measured: measured)
    demand.isEnabled = state != .standing
    demand.wantsClampOpen = fitted && (state == .opening || state == .running)
    demand.wantsClampClosed = fitted && !demand.wantsClampOpen
    if wish != .flow || state == .balanced || state == .opening {
      demand.reason = sequenceReason(constraint)
    }
    switch state {
    case .standing:
      commanded = .zero
      if !intent.isStarted { demand.reason = .asSet }
    case .balanced: balance(intent, constraint, environment)
    case .opening, .closing, .adopted:
      if clampNotClosed { balanceOpenLine(environment, flow: flow) }
    case .slowing: slow(environment, measured: measured)
    case .running:
      run(
        &demand, intent, constraint, environment, flow: flow, outlet: outlet,
        isChattering: isChattering)
    }
    if state != .running && !clampNotClosed { adoptLoops() }
  }

  private func sequenceReason(_ constraint: PumpConstraint) -> CommandReason {
    guard constraint.grade >= .zeroFlow else { return .clampSequence }
    if constraint.reason != .asSet { return constraint.reason }
    return constraint.grade == .zeroFlow ? .zeroFlowHold : .stopped
  }

  /// One step of the sequences; no speed is changed here.
  private mutating func advanceState(
    _ wish: Wish, _ environment: PumpEnvironment, measured: Reading<RotationalSpeed>
  ) {
    let fitted = environment.clampFitted
    switch state {
    case .standing:
      if wish != .rest { enter(fitted ? .balanced : wish == .flow ? .running : .balanced) }
    case .balanced:
      if wish == .rest {
        enter(.slowing)
      } else if wish == .flow && (!fitted || mayOpenClamp) {
        enter(fitted ? .opening : .running)
        startRamp()
      }
    case .opening:
      let isLate = timeInState >= environment.clampTravel.seconds
      // Flow shows it where the switch does not.
      let flows =
        environment.clampIsClosed.usable != true
        && environment.flowProbe.usable.map { $0 > environment.limits.noFlow } ?? false
      let isOpen =
        environment.clampIsOpen.usable == true
        || isLate && (flows || environment.clampIsOpen.usable == nil)
      clampNotOpen = !isOpen && isLate
      if wish != .flow { enter(.closing) } else if isOpen { enter(.running) }
    case .running:
      clampNotOpen = false
      if wish != .flow {
        if fitted { enter(.closing) } else { enter(wish == .rest ? .slowing : .balanced) }
      }
    case .closing: close(wish, environment)
    case .slowing:
      if wish != .rest { enter(fitted ? .balanced : .running) }
    case .adopted: enter(.running)
    }
    if state != .closing { clampNotClosed = false }
    if state != .opening && state != .running { clampNotOpen = false }
  }

  private mutating func close(_ wish: Wish, _ environment: PumpEnvironment) {
    let isLate = timeInState >= environment.clampTravel.seconds - 1e-9
    let isClosed = environment.clampIsClosed.usable ?? isLate
    if isClosed || (clampNotClosed && isForced) {
      enter(wish == .rest ? .slowing : .balanced)
    } else if wish == .flow && environment.clampIsOpen.usable == true {
      enter(.opening)
    } else {
      if isLate && !clampNotClosed { flowHold.adopt(floor.openBalance(environment)) }
      clampNotClosed = isLate
    }
  }

  /// The ramp after an interlock's stop takes 2 s (docs/domain.md 8.4).
  private mutating func startRamp() {
    resumeSlope = wasStoppedByInterlock ? .rpmPerSecond(1) : .zero
  }

  private mutating func balance(
    _ intent: PumpIntent, _ constraint: PumpConstraint,
    _ environment: PumpEnvironment
  ) {
    guard environment.clampFitted else { return move(to: floor.balance, environment.tick) }
    let hold = min(floor.value + head.holdMargin, maximum)
    if constraint.grade == .zeroFlow {
      // The closed clamp holds: the drive may go there as fast as it can.
      commanded =
        commanded > hold
        ? hold
        : SlewLimiter.step(
          commanded, to: hold, up: slewUp, down: slewDown, tick: environment.tick)
      return
    }
    let isWaiting = !intent.wantsClampOpen && intent.mode == .speed
    let set = environment.floorApplies ? max(intent.setSpeed, floor.value) : intent.setSpeed
    move(to: isWaiting ? min(set.clamped(.zero, maximum), hold) : hold, environment.tick)
  }

  /// The clamp does not close, so the drive alone holds the patient (HZ-05): at the balance, from
  /// where the flow probe takes out what the patient's pressure and the head's fit are off, no
  /// further than the floor's margin. The slope stays: a rotor that lags behind a jump looks like
  /// one that runs away, and torque off with the line open is a leak.
  private mutating func balanceOpenLine(_ environment: PumpEnvironment, flow: Reading<Flow>) {
    let balance = floor.openBalance(environment)
    let target = flowHold.speed(
      set: .zero, flow: flow, lowest: balance / head.floorMargin,
      highest: balance * head.floorMargin,
      mayRise: true, isFrozen: false, tick: environment.tick)
    move(to: target, environment.tick)
  }

  /// Down to idle, half a second there, then to rest; straight to rest where there is neither a
  /// clamp nor a patient's pressure to wait for.
  private mutating func slow(
    _ environment: PumpEnvironment, measured: Reading<RotationalSpeed>
  ) {
    let waits = environment.clampFitted || environment.floorApplies
    let idle = waits ? head.idleSpeed : .zero
    if commanded > idle {
      move(to: idle, environment.tick)
      if commanded <= idle { timeInState = 0 }
    } else if timeInState >= 0.5 || commanded < idle || !waits {
      move(to: .zero, environment.tick)
    }
    if commanded == .zero { enter(.standing) }
  }

  private mutating func move(to target: RotationalSpeed, _ tick: Seconds) {
    commanded = SlewLimiter.step(commanded, to: target, up: slewUp, down: slewDown, tick: tick)
  }
}
