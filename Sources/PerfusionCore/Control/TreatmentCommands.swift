extension Controller {
  mutating func request(
    _ wanted: Phase, isConfirmed: Bool, _ decision: UInt32, _ events: inout EventList
  ) -> EventKind {
    let row = PhaseTable.step(from: phase, to: wanted, kind: configuration.kind)
    guard let step = row, step.asker == .person else { return .refused(.wrongPhase) }
    for raw in 0..<UInt8(PhaseNeed.count) {
      guard let need = PhaseNeed(rawValue: raw), step.needs.contains(need) else { continue }
      guard !holds(need, isConfirmed) else { continue }
      if need == .checklist {
        events.append(Event(.missing(checklist.missing(of: requiredItems)), decision: decision))
      }
      return .refused(need.refusal)
    }
    enter(wanted, decision, &events)
    return .accepted
  }

  /// What a step needs holds.
  private mutating func holds(_ need: PhaseNeed, _ isConfirmed: Bool) -> Bool {
    switch need {
    case .selfTest: checklist.contains(.selfTest)
    case .noHold: !interlocks.holdsMachine
    case .noBlockingFault: !interlocks.blocksStart
    case .checklist: checklist.missing(of: requiredItems) == .none
    case .pumpsStand: doPumpsStand()
    case .flowStopped: isConfirmed || isFlowStopped()
    }
  }

  private mutating func doPumpsStand() -> Bool {
    for pump in 0..<pumpCount where intents[pump].isStarted || isTurning(pump) { return false }
    return true
  }

  /// Steps that the controller itself makes: the self test is over, or a fault stands that nothing
  /// may run through while nobody depends on the machine.
  mutating func followPhase(_ events: inout EventList) {
    // R2: what nothing may run through stops nobody's flow either.
    if interlocks.holdsMachine && !duty().isSupporting { return step(to: .faultHold, &events) }
    if phase == .post, selfTest.isDone { step(to: .standby, &events) }
  }

  private mutating func step(to wanted: Phase, _ events: inout EventList) {
    let row = PhaseTable.step(from: phase, to: wanted, kind: configuration.kind)
    guard let step = row, step.asker == .controller else { return }
    enter(wanted, 0, &events)
  }

  /// Goes to a phase and does what belongs to entering it.
  mutating func enter(_ wanted: Phase, _ decision: UInt32, _ events: inout EventList) {
    events.append(Event(.phase(from: phase, to: wanted), decision: decision))
    if !phase.isSupporting && phase != .circulatoryArrest && wanted.isSupporting {
      timers.start(.bypass)
    }
    if wanted == .postBypass { timers.stop(.bypass) }
    if wanted == .setup {
      restoreAlarmPresets(decision, &events)
      // Back from priming it is still the same circuit.
      if phase != .prime { forgetCircuit() }
    }
    if !PhaseTable.allowsPumps(wanted) {
      for pump in 0..<pumpCount { intents[pump].isStarted = false }
    }
    if wanted.isDead { rest() }
    if wanted == .post {
      selfTest = SelfTest()
      selfTest.minds = phase == .faultHold
    }
    phase = wanted
    line.relearn()
  }

  /// Nothing moves and nothing heats: clamp closed, water off.
  private mutating func rest() {
    clamp.isWantedOpen = false
    thermalIntents = InlineArray(repeating: .standby)
    dose.cancel()
    occlusion.cancel()
    pumpUnderTest = -1
  }

  /// Flow is under 0.3 L/min and the clamp, if there is one, is closed. What cannot be measured may
  /// flow.
  private mutating func isFlowStopped() -> Bool {
    for pump in 0..<pumpCount where isPrimary(pump) {
      guard let flow = status.pumps[pump].flow.usable else { return false }
      if flow.magnitude >= configuration.limits.noFlow { return false }
    }
    return !clamp.isCommandedOpen
  }

  /// The pump supplies the patient or organ.
  mutating func isPrimary(_ pump: Int) -> Bool {
    switch pumps[pump].configuration.role {
    case .arterial, .organArtery, .portalVein: true
    case .cardioplegia, .crystalloid, .vent, .sucker, .secondSucker: false
    }
  }

  mutating func confirm(_ item: ChecklistItem, _ holds: Bool) -> Refusal? {
    guard Checklist.isOperators(item) else { return .notForThisPump }
    // Nobody can have heard what was not given yet.
    let areSignalsGiven = selfTest.report[.signals] == .operatorConfirms
    guard item != .signalsHeard || !holds || areSignalsGiven else { return .wrongPhase }
    confirmed.set(item, holds)
    return nil
  }

  mutating func zero(
    _ site: PressureSite, _ sensors: SensorSnapshot, _ decision: UInt32,
    _ events: inout EventList
  ) -> Refusal? {
    guard !duty().isSupporting else { return .wrongPhase }
    let reading = sensors[site]
    guard reading.isPresent else { return .notFitted }
    if let refusal = zeros.zero(site, reading: reading) { return refusal }
    events.append(Event(.zeroed(site, zeros.offset(site)), decision: decision))
    return nil
  }

  mutating func openClamp(_ sensors: SensorSnapshot) -> Refusal? {
    guard configuration.arterialClamp.isFitted else { return .notFitted }
    guard PhaseTable.allowsPumps(phase) else { return .wrongPhase }
    guard !interlocks.closesClamp else { return .stopped }
    if configuration.pumps.element(at: 0)?.kind == .centrifugal,
      let refusal = opensBackwards(sensors)
    {
      return refusal
    }
    clamp.isWantedOpen = true
    return nil
  }

  /// Why opening the clamp would let blood run backwards through a centrifugal pump.
  private mutating func opensBackwards(_ sensors: SensorSnapshot) -> Refusal? {
    let pump = status.pumps[0]
    let speed = pump.measuredSpeed.usable ?? pump.commandedSpeed
    guard speed >= pump.speedFloor else { return .belowFloor }
    guard let patient = sensors[.arterialPressure].usable,
      let line = sensors[.arterialLinePressure].usable
    else { return nil }
    let margin = Pressure(millimetersOfMercury: 20)
    let atPump = patient + configuration.subject.heightHead
    return line - zeros.offset(.arterialLinePressure) < atPump + margin ? .pressureTooLow : nil
  }

  mutating func closeClamp(isConfirmed: Bool) -> Refusal? {
    guard configuration.arterialClamp.isFitted else { return .notFitted }
    if configuration.pumps.element(at: 0)?.kind == .roller, intents[0].isStarted {
      guard isConfirmed else { return .pumpRunning }
      intents[0].isStarted = false
    }
    clamp.isWantedOpen = false
    return nil
  }

  mutating func resume(
    _ pump: Int, _ decision: UInt32, _ events: inout EventList
  ) -> Refusal? {
    if let refusal = interlocks.resume(pump) { return refusal }
    events.append(Event(.resumed(pump), decision: decision))
    return nil
  }

  mutating func isolatePatient() -> Refusal? {
    guard duty().dependsOnMachine else { return .wrongPhase }
    asksIsolation = true
    return nil
  }

  mutating func override(_ pump: Int, _ event: CircuitEvent) -> Refusal? {
    // An open cover is a matter of fingers until somebody depends on the pump (HZ-21).
    if event == .coverOpen, !duty().dependsOnMachine { return .wrongPhase }
    return interlocks.override(pump, event)
  }

  mutating func endOverride(_ pump: Int, _ event: CircuitEvent) -> Refusal? {
    interlocks.endOverride(pump, event)
  }

  mutating func start(_ timer: TimerID) -> Refusal? {
    timers.start(timer)
    return nil
  }

  mutating func stop(_ timer: TimerID) -> Refusal? {
    timers.stop(timer)
    return nil
  }
}
