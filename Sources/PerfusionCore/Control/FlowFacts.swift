extension Controller {
  /// Conditions of the primary pump's flow.
  mutating func stateFlowFacts(
    _ facts: inout InterlockFacts, _ sensors: SensorSnapshot
  ) {
    facts.set(.backflow, findings[0].backflow)
    facts.set(.probeReversed, isProbeReversed(sensors))
    let duty = duty()
    let wantsFullFlow = duty.isSupporting && duty != .wean && duty != .partialBypass
    guard duty.isSupporting, isPushing(0), !isBalanced(0) else {
      flowGap = .zero
      stateStandstill(&facts, isMissed: wantsFullFlow, isSupporting: duty.isSupporting)
      return
    }
    standstill = .zero
    guard let flow = status.pumps[0].flow.usable else { return }
    let limits = configuration.limits
    let none = limits.noFlow * release(.flowZero, 1.5)
    flowGap = flow < none ? flowGap + period : .zero
    facts.set(.flowZero, flowGap > rippleWait() && isFlowExpected())
    guard wantsFullFlow, isSettled() else { return }
    if let set = expectedFlow() {
      facts.set(.flowLow, flow < set * limits.lowFlow.value * release(.flowLow, 1.05))
      facts.set(.flowHigh, flow > set * limits.highFlow.value * release(.flowHigh, 0.98))
    }
    let least = Flow(litersPerMinute: 1.8 * configuration.subject.bodySurfaceArea)
    let isTooLow = flow < least * release(.flowLow, 1.05)
    facts.set(.flowLow, configuration.kind != .organ && isTooLow)
  }

  /// Nothing flows because the operator stopped the pump, set it to nothing or closed its clamp: on
  /// bypass, ECMO and with an organ that is told too (docs/domain.md 0.3, HZ-03). An intended stop
  /// has its own phase, a stop of the interlocks its own alarm; where that is not of high priority,
  /// because a board file's matrix made a stop of it, the missing flow is told at once.
  private mutating func stateStandstill(
    _ facts: inout InterlockFacts, isMissed: Bool, isSupporting: Bool
  ) {
    let isHeld = interlocks.verdicts[0].grade >= .zeroFlow
    guard isHeld ? isSupporting && !interlocks.isStopTold(0) : isMissed else {
      standstill = .zero
      return
    }
    let none = configuration.limits.noFlow * release(.flowZero, 1.5)
    // A pump that is told to stand and cannot be measured is taken at its word.
    let flows = status.pumps[0].flow.usable.map { $0 >= none } ?? false
    if isHeld { return facts.set(.flowZero, !flows) }
    // Counted back, not anew: a line that runs down swings about the limit for some seconds.
    standstill = max(flows ? standstill - period : standstill + period, .zero)
    facts.set(.flowZero, standstill > Self.standstillPatience)
  }

  /// How long a pump may stand by the operator's own hand before that is told.
  private static var standstillPatience: Seconds { Seconds(seconds: 5) }

  /// A slow roller delivers in portions, one each half turn: under 60 rpm its flow has to be away
  /// for longer than that, up to 3 s, before it counts as none. The row adds its 500 ms.
  private mutating func rippleWait() -> Seconds {
    guard pumps[0].configuration.kind == .roller else { return .zero }
    let speed = status.pumps[0].commandedSpeed.magnitude.revolutionsPerMinute
    let portion = 60 / max(speed, 1) / Double(max(pumps[0].configuration.roller.rollers, 1))
    return Seconds(seconds: min(max(portion - 0.5, 0), 2.5))
  }

  /// A condition that stands is released only past its limit by this factor: a flow that wanders
  /// about the limit raises its alarm once.
  private mutating func release(_ row: MachineRow, _ factor: Double) -> Double {
    stands(row) ? factor : 1
  }

  /// The probe reads backwards while a roller, which lets nothing back, turns forwards, or while a
  /// centrifugal pump's speed and head say otherwise (HZ-43).
  private mutating func isProbeReversed(_ sensors: SensorSnapshot) -> Bool {
    if findings[0].probeContradicted { return true }
    guard pumps[0].configuration.kind == .roller,
      let probe = sensors[.arterialFlow].usable, let speed = status.pumps[0].measuredSpeed.usable
    else { return false }
    let limits = configuration.limits
    return probe < .zero - limits.noFlow && pumps[0].tube.strokeVolume * speed > limits.noFlow * 3
  }

  /// The commanded speed is high enough that some flow must come.
  private mutating func isFlowExpected() -> Bool {
    let command = status.pumps[0].commandedSpeed
    switch pumps[0].configuration.kind {
    case .roller: return pumps[0].tube.strokeVolume * command > configuration.limits.noFlow * 1.5
    case .centrifugal: return command > status.pumps[0].speedFloor
    }
  }

  /// The pump has reached what it was set to, so that its flow can be judged.
  private mutating func isSettled() -> Bool {
    switch status.pumps[0].reason {
    case .slewing, .clampSequence: false
    case .asSet, .pressureServo, .levelServo, .suctionServo, .speedFloor, .zeroFlowHold, .held,
      .stopped, .stoppedWithLink, .torqueOff, .following, .speedLimit, .doseReached,
      .occlusionTest:
      true
    }
  }

  /// The flow that the operator's set-point means, where it means one.
  private mutating func expectedFlow() -> Flow? {
    let pump = status.pumps[0]
    switch pump.mode {
    case .flow: return pump.setFlow
    case .speed:
      return pumps[0].configuration.kind == .roller
        ? pumps[0].tube.strokeVolume * pump.setSpeed : nil
    case .pressure, .follow: return nil
    }
  }
}
