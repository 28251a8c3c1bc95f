extension Controller {
  mutating func request(
    _ wanted: Phase, isConfirmed: Bool, _ decision: UInt32, _ events: inout EventList
  ) -> EventKind {
    let step = PhaseTable.condition(from: phase, to: wanted, kind: configuration.kind)
    guard let condition = step else { return .refused(.wrongPhase) }
    switch condition {
    case .none: break
    case .selfTest:
      guard checklist.contains(.selfTest) else { return .refused(.checklistIncomplete) }
    case .checklist:
      let missing = checklist.missing(of: requiredItems)
      guard missing == .none else {
        events.append(Event(.missing(missing), decision: decision))
        return .refused(.checklistIncomplete)
      }
    case .pumpsStand:
      for pump in 0..<pumpCount {
        guard !intents[pump].isStarted, !isTurning(pump) else { return .refused(.pumpRunning) }
      }
    case .flowStopped: guard isConfirmed || isFlowStopped() else { return .refused(.flowTooHigh) }
    }
    enter(wanted, decision, &events)
    return .accepted
  }

  /// Goes to a phase and does what belongs to entering it.
  mutating func enter(_ wanted: Phase, _ decision: UInt32, _ events: inout EventList) {
    events.append(Event(.phase(from: phase, to: wanted), decision: decision))
    if !phase.isSupporting && phase != .circulatoryArrest && wanted.isSupporting {
      timers.start(.bypass)
    }
    if wanted == .postBypass { timers.stop(.bypass) }
    if wanted == .setup { restoreAlarmPresets(decision, &events) }
    if wanted == .standby || wanted == .setup {
      for pump in 0..<pumpCount { intents[pump].isStarted = false }
    }
    phase = wanted
    line.relearn()
  }

  /// Flow is under 0.3 L/min and the clamp, if there is one, is closed.
  private mutating func isFlowStopped() -> Bool {
    for pump in 0..<pumpCount {
      guard let flow = status.pumps[pump].flow.usable else { continue }
      if isPrimary(pump), flow.magnitude >= configuration.limits.noFlow { return false }
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
    confirmed.set(item, holds)
    return nil
  }

  mutating func zero(
    _ site: PressureSite, _ sensors: SensorSnapshot, _ decision: UInt32,
    _ events: inout EventList
  ) -> Refusal? {
    guard !phase.isSupporting else { return .wrongPhase }
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

  mutating func override(_ pump: Int, _ event: CircuitEvent) -> Refusal? {
    interlocks.override(pump, event)
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
