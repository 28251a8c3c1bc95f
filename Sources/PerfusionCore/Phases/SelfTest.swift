/// A step of the power-on self test, in order.
public enum SelfTestStep: UInt8, BitwiseCopyable, Sendable {
  /// Torque removed, clamp shut, everything off: no rotor may move for 5 s.
  case rest
  /// Torque allowed on every drive: each feedback must follow.
  case torqueAllowed
  /// Torque removed again: each feedback must follow.
  case torqueRemoved
  /// Arterial clamp told to open; its opening time is taken.
  case clampOpens
  /// Arterial clamp told to close; its closing time is taken.
  case clampCloses
  /// Air detectors must have answered their test pulse with "air".
  case airDetectors
  /// The watchdog is not stroked: it must bite.
  case watchdogBites
  /// The watchdog is stroked again: it must be content again.
  case watchdogRecovers
  /// Buzzer and lamps on, for the operator to hear and see.
  case signals
  /// Over.
  case done
}

/// The power-on self test (docs/domain.md C1, HZ-50, HZ-54). No rotor moves.
struct SelfTest: Sendable {
  private(set) var step = SelfTestStep.rest
  private(set) var report = SelfTestReport()
  private var ticksInStep: UInt32 = 0
  private var rotorsAtStart = InlineArray<8, Int64>(repeating: 0)
  private var rotorsKnown: UInt8 = 0
  private var watchdogBit = false
  /// Somebody may be connected, and nothing but the clamp may hold his blood back.
  var minds = false
  private var sparesClamp = false

  var isDone: Bool { step == .done }
  var hasPassed: Bool { step == .done && report.hasPassed }
  /// Time from the command until the clamp's own switch said closed.
  var clampClosing: Seconds { report.clampClosing }

  /// How long nothing may move.
  static var restTime: Seconds { .seconds(5) }
  /// The next tick ends the rest: chips and configuration are looked at.
  func endsRest(tick: Seconds) -> Bool {
    step == .rest && tick * Double(ticksInStep &+ 1) >= SelfTest.restTime
  }
  /// Fastest travel of a clamp that is believed: its switch did not follow, it was there before.
  static var fastestTravel: Seconds { .milliseconds(150) }
  /// Slowest travel of a clamp that stops a bubble in time (docs/domain.md C1, 11.2).
  static var slowestTravel: Seconds { .milliseconds(500) }
  /// Time in which a watchdog that is not stroked must bite: its window and a margin.
  static var biteWithin: Seconds { .milliseconds(400) }
  /// Time in which a stroked watchdog must be content again.
  static var recoverWithin: Seconds { .milliseconds(1000) }

  /// Torque is allowed on the drives in this step. A clamp that is held by its drive's alive signal
  /// moves only then, so both clamp steps allow it; no drive is enabled and none turns.
  var allowsTorque: Bool {
    step == .torqueAllowed || step == .clampOpens || step == .clampCloses
  }
  /// The clamp is told to open in this step.
  var opensClamp: Bool { step == .clampOpens && !sparesClamp }
  /// Buzzer and lamps are on in this step.
  var showsSignals: Bool { step == .signals }
  /// The window watchdog is not stroked in this step.
  var starvesWatchdog: Bool { step == .watchdogBites }

  /// Moves the test on by one tick and tells each result.
  mutating func update(
    _ sensors: SensorSnapshot, configuration: MachineConfiguration, isIntact: Bool,
    _ events: inout EventList
  ) {
    guard step != .done else { return }
    ticksInStep &+= 1
    let elapsed = configuration.tick * Double(ticksInStep)
    watchRotors(sensors, configuration)
    mindClamp(sensors, configuration)
    switch step {
    case .rest:
      guard elapsed >= SelfTest.restTime else { return }
      endRest(sensors, configuration, isIntact: isIntact, &events)
    case .torqueAllowed: awaitTorque(off: false, sensors, configuration, elapsed, &events)
    case .torqueRemoved: awaitTorque(off: true, sensors, configuration, elapsed, &events)
    case .clampOpens, .clampCloses: awaitClamp(sensors, configuration, elapsed, &events)
    case .airDetectors: awaitAirDetectors(sensors, elapsed, &events)
    case .watchdogBites: awaitBite(sensors, elapsed, &events)
    case .watchdogRecovers: awaitRecovery(sensors, elapsed, &events)
    case .signals:
      guard elapsed.seconds >= 0.5 else { return }
      settle(.signals, .operatorConfirms, &events)
      let moved = report[.rotorsStand] == .failed
      settle(.rotorsStand, moved ? .failed : .passed, &events)
      advance()
    case .done: break
    }
  }

  /// The clamp before a standing centrifugal pump stays shut while somebody may be connected behind it:
  /// unless the patient's pressure says that nobody is.
  private mutating func mindClamp(
    _ sensors: SensorSnapshot, _ configuration: MachineConfiguration
  ) {
    sparesClamp =
      minds && configuration.pumps.element(at: 0)?.kind == .centrifugal
      && sensors[.arterialPressure].usable.map { $0 > .mmHg(20) } ?? true
  }

  private mutating func advance() {
    ticksInStep = 0
    step = SelfTestStep(rawValue: step.rawValue + 1) ?? .done
  }

  private mutating func settle(
    _ item: SelfTestItem, _ outcome: SelfTestOutcome, _ events: inout EventList
  ) {
    report[item] = outcome
    events.append(Event(.selfTested(item, outcome)))
  }

  private mutating func watchRotors(
    _ sensors: SensorSnapshot, _ configuration: MachineConfiguration
  ) {
    for index in configuration.pumps.indices {
      guard let counts = sensors.pumps[index].rotor.usable else { continue }
      let bit = UInt8(1) << UInt8(index)
      if rotorsKnown & bit == 0 {
        rotorsKnown |= bit
        rotorsAtStart[index] = counts
      }
      let moved = Double(counts &- rotorsAtStart[index])
      let allowed = max(2, configuration.pumps[index].countsPerRevolution / 200)
      guard moved > allowed || moved < -allowed else { continue }
      report.failedPumps |= bit
      report[.rotorsStand] = .failed
    }
  }

  private mutating func endRest(
    _ sensors: SensorSnapshot, _ configuration: MachineConfiguration, isIntact: Bool,
    _ events: inout EventList
  ) {
    report.lostChips = sensors.chipsLost
    settle(.identities, sensors.chipsLost == 0 ? .passed : .failed, &events)
    settle(.configuration, isIntact ? .passed : .failed, &events)
    settle(.sensors, areSensorsValid(sensors, configuration) ? .passed : .failed, &events)
    settle(.overTemperature, overTemperature(sensors), &events)
    advance()
  }

  private func areSensorsValid(
    _ sensors: SensorSnapshot, _ configuration: MachineConfiguration
  ) -> Bool {
    for index in configuration.pumps.indices {
      let rotor = sensors.pumps[index].rotor
      if rotor.isPresent && rotor.usable == nil { return false }
      guard configuration.pumps[index].hasPressureLimit else { continue }
      let reading = sensors[configuration.pumps[index].outletPressure]
      if reading.isPresent && reading.usable == nil { return false }
    }
    return !configuration.reservoir.isFitted || sensors.reservoirVolume.usable != nil
  }

  /// The cut-outs are independent of this computer; what it can see is that they have not tripped
  /// and that their lines are alive.
  private func overTemperature(_ sensors: SensorSnapshot) -> SelfTestOutcome {
    let patient = sensors[.patientCutOutTripped]
    let cardioplegia = sensors[.cardioplegiaCutOutTripped]
    guard patient.isPresent || cardioplegia.isPresent else { return .notFitted }
    if patient.isPresent && patient.usable != false { return .failed }
    if cardioplegia.isPresent && cardioplegia.usable != false { return .failed }
    return .passed
  }

  private mutating func awaitTorque(
    off: Bool, _ sensors: SensorSnapshot,
    _ configuration: MachineConfiguration, _ elapsed: Seconds, _ events: inout EventList
  ) {
    var behind: UInt8 = 0
    var isSeen = false
    for index in configuration.pumps.indices {
      let feedback = sensors.pumps[index].torqueIsOff
      isSeen = isSeen || feedback.isPresent
      if feedback.isPresent && feedback.usable != off { behind |= 1 << UInt8(index) }
    }
    let follows = behind == 0 && elapsed.seconds >= 0.05
    guard follows || elapsed.seconds >= 0.5 else { return }
    if behind != 0 {
      report.failedPumps |= behind
      report[.safeTorqueOff] = .failed
    }
    if off {
      let isSound = report[.safeTorqueOff] != .failed
      settle(.safeTorqueOff, !isSeen ? .notFitted : isSound ? .passed : .failed, &events)
    }
    advance()
  }

  private mutating func awaitClamp(
    _ sensors: SensorSnapshot, _ configuration: MachineConfiguration, _ elapsed: Seconds,
    _ events: inout EventList
  ) {
    let opens = step == .clampOpens
    let item = opens ? SelfTestItem.clampOpening : .clampClosing
    guard configuration.arterialClamp.isFitted else {
      settle(item, .notFitted, &events)
      return advance()
    }
    if sparesClamp {
      report.clampClosing = SelfTest.slowestTravel
      settle(item, .operatorConfirms, &events)
      return advance()
    }
    let isThere = sensors[opens ? .arterialClampIsOpen : .arterialClampIsClosed].usable == true
    let isLate = elapsed > SelfTest.slowestTravel
    guard isThere || isLate else { return }
    if opens { report.clampOpening = elapsed } else { report.clampClosing = elapsed }
    let isSound = isThere && elapsed >= SelfTest.fastestTravel
    settle(item, isSound ? .passed : .failed, &events)
    advance()
  }

  private mutating func awaitAirDetectors(
    _ sensors: SensorSnapshot, _ elapsed: Seconds, _ events: inout EventList
  ) {
    guard elapsed.seconds >= 2.5 else { return }
    var outcome = SelfTestOutcome.notFitted
    for index in 0..<AirSite.count {
      guard let site = AirSite(rawValue: UInt8(index)) else { continue }
      let reading = sensors[site]
      guard reading.isPresent else { continue }
      if outcome == .notFitted { outcome = .passed }
      if reading.usable?.selfTestPassed != true { outcome = .failed }
    }
    settle(.airDetectors, outcome, &events)
    advance()
  }

  private mutating func awaitBite(
    _ sensors: SensorSnapshot, _ elapsed: Seconds, _ events: inout EventList
  ) {
    let isGood = sensors[.watchdogGood]
    guard isGood.isPresent else {
      settle(.watchdog, .notFitted, &events)
      step = .signals
      ticksInStep = 0
      return
    }
    // A watchdog that is discontented before it was starved has not bitten.
    if ticksInStep == 1 && isGood.usable != true { report[.watchdog] = .failed }
    watchdogBit = isGood.usable == false
    if watchdogBit || elapsed >= SelfTest.biteWithin { advance() }
  }

  private mutating func awaitRecovery(
    _ sensors: SensorSnapshot, _ elapsed: Seconds, _ events: inout EventList
  ) {
    let isGood = sensors[.watchdogGood].usable == true
    guard isGood || elapsed >= SelfTest.recoverWithin else { return }
    let isSound = watchdogBit && isGood && report[.watchdog] != .failed
    settle(.watchdog, isSound ? .passed : .failed, &events)
    advance()
  }
}

extension SelfTest {
  /// Passes the result through a record; a test that was under way begins anew.
  mutating func pass(_ buffer: inout RecordBuffer) {
    buffer.pass(&step)
    report.pass(&buffer)
    if buffer.isReading && step != .done { self = SelfTest() }
  }
}
