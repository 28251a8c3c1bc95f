/// A start at which something may turn already: speeds are measured before anything is told.
struct Adoption: Sendable {
  /// How long it watches, so that a slow rotor is measured well.
  static var patience: Seconds { .milliseconds(800) }

  var ticksLeft: UInt64 = 0
  /// There is no record to go on from: what is found is kept as it is, if anything turns at all.
  var isBlind = false
  var isUnderWay: Bool { ticksLeft > 0 }
}

extension Controller {
  /// A controller that starts where another one ran before, or may have.
  ///
  /// It tells pumps, clamp and occluder nothing (`ActuatorCommands.isAdopting`) for 0.8 s and
  /// measures. Then it goes on: from the record when somebody depended on the flow or may be connected;
  /// from what it measures when there is no sound record and a rotor turns; and with its self test
  /// when nothing turns.
  ///
  /// - Parameters:
  ///   - configuration: the machine.
  ///   - record: what outlived the controller before, if it could be read.
  ///   - isDoubtful: a newer record may have been lost, so that the phase is not believed unless
  ///     somebody depended on the flow in it.
  ///   - now: the clock that the record was stamped with.
  public init(
    configuration: MachineConfiguration, restartingFrom record: RetainedRecord?, isDoubtful: Bool,
    now: Instant
  ) {
    self.init(configuration: configuration)
    guard let record else {
      adoption = Adoption(ticksLeft: configuration.ticks(Adoption.patience), isBlind: true)
      return
    }
    service = record.service
    service.miss(record.gap(until: now))
    let hadDuty = record.hadDuty(configuration)
    guard hadDuty || isDoubtful || record.mayBeConnected else { return }
    take(record, gap: record.gap(until: now))
    adoption = Adoption(
      ticksLeft: configuration.ticks(Adoption.patience), isBlind: !hadDuty && isDoubtful)
    if adoption.isBlind {
      phase = .post
      selfTest.minds = record.mayBeConnected
    }
  }

  /// It measures and tells the actuators nothing.
  ///
  /// Mutating only so that it is read in place, see `isTestingItself`.
  public var isAdopting: Bool {
    mutating get { adoption.isUnderWay }
  }

  /// Watches the rotors; ends with pumps that go on as they turn.
  mutating func adopt(
    _ sensors: SensorSnapshot, _ pressures: Pressures,
    _ events: inout EventList
  ) {
    for pump in 0..<pumpCount {
      pumps[pump].watch(environment(pump, sensors.pumps[pump], sensors, pressures))
    }
    adoption.ticksLeft -= 1
    guard !adoption.isUnderWay else { return }
    if adoption.isBlind { adoptBlind(sensors) }
    guard status.start != .powerOn || !adoption.isBlind else { return startFresh() }
    if status.start == .powerOn { status.start = .adopted }
    for pump in 0..<pumpCount {
      let speed = pumps[pump].rotor.speed.usable ?? fallbackSpeed(pump)
      pumps[pump].adopt(measured: speed)
      if !adoption.isBlind { keepMeasured(pump, speed, sensors) }
      guard intents[pump].isStarted || speed.magnitude > .rpm(1) else { continue }
      events.append(Event(.adopted(pump, speed)))
    }
    hasJustAdopted = status.start != .powerOn
    events.append(Event(.restarted(status.start)))
  }

  /// Nothing turns and nothing is known: a power-on like any other.
  private mutating func startFresh() {
    for pump in 0..<pumpCount { intents[pump].isStarted = false }
    clamp.isWantedOpen = false
    phase = .post
    let minds = selfTest.minds
    selfTest = SelfTest()
    selfTest.minds = minds
  }

  /// Keeps every rotor that turns as it turns, the clamp as it stands.
  private mutating func adoptBlind(_ sensors: SensorSnapshot) {
    var doesTurn = false
    for pump in 0..<pumpCount {
      guard let speed = pumps[pump].rotor.speed.usable, speed.magnitude > .rpm(1) else {
        intents[pump].isStarted = false
        continue
      }
      doesTurn = true
      intents[pump].mode = .speed
      intents[pump].setSpeed = speed
      intents[pump].isStarted = true
    }
    guard doesTurn else { return }
    status.start = .adoptedBlind
    clamp.isWantedOpen = sensors[.arterialClampIsClosed].usable != true
    if let opening = sensors.venousOccluderOpening.usable {
      _ = occluder.request(opening.clamped(), isConfirmed: true, arterialFlow: .absent)
    }
    phase =
      switch configuration.kind {
      case .bypass: .onBypass
      case .ecmo: .ecmo
      case .organ: .exVivo
      }
  }

  /// A rotor that does not turn as it was told: the rotor is believed, automatic modes fall back to
  /// the present speed (G1), and the operator is told.
  private mutating func keepMeasured(
    _ pump: Int, _ speed: RotationalSpeed, _ sensors: SensorSnapshot
  ) {
    guard expectedIsSteady & (1 << UInt8(pump)) != 0 else { return }
    guard pumps[pump].rotor.speed.usable != nil else { return }
    let told = expected[pump]
    let allowed = max(RotationalSpeed.rpm(5), told.magnitude * 0.1)
    guard (speed - told).magnitude > allowed else { return }
    status.start = .adoptedOtherSpeed
    let isByHand = !intents[pump].isStarted && wasStartedByHand(pump, speed, sensors)
    if isByHand { keepStarted(pump, sensors) }
    guard isByHand || intents[pump].isStarted && intents[pump].mode != .follow else { return }
    intents[pump].mode = .speed
    intents[pump].setSpeed = speed
  }

  /// A pump of the record that stood is driven forwards now: somebody used its local knob while this
  /// computer was down. A rotor that runs down, a crank at work and a latched stop are none of that.
  private mutating func wasStartedByHand(
    _ pump: Int, _ speed: RotationalSpeed, _ sensors: SensorSnapshot
  ) -> Bool {
    let signals = sensors.pumps[pump]
    return speed > .zero && pumps[pump].rotor.motion.isEven
      && interlocks.held[pump].grade == .none
      && signals.torqueIsOff.usable != true && signals.driveAlive.usable != false
  }

  /// It goes on, and through the line as it is found: a clamp closed on it now would undo it.
  private mutating func keepStarted(_ pump: Int, _ sensors: SensorSnapshot) {
    intents[pump].isStarted = true
    intents[pump].pulsatile.isOn = false
    if pump == 0, sensors[.arterialClampIsOpen].usable == true { clamp.isWantedOpen = true }
  }

  private mutating func fallbackSpeed(_ pump: Int) -> RotationalSpeed {
    intents[pump].isStarted ? expected[pump] : .zero
  }

  /// Takes note of why the records of the controller before were not believed.
  public mutating func refuseRecords(_ first: RecordFault?, _ second: RecordFault?) {
    firstRefused = first == .absent ? nil : first
    secondRefused = second == .absent ? nil : second
    if let first, let second, first.isDamage || second.isDamage { selfTest.minds = true }
  }

  /// Tells once which records were damaged or of another board or version.
  mutating func tellRefusedRecords(_ events: inout EventList) {
    if let fault = firstRefused { events.append(Event(.recordRefused(0, fault))) }
    if let fault = secondRefused { events.append(Event(.recordRefused(1, fault))) }
    firstRefused = nil
    secondRefused = nil
  }
}
