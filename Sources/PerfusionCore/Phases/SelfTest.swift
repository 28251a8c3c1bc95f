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
  /// Buzzer and lamps on, for the operator to hear and see.
  case signals
  /// Over.
  case done
}

/// What a self test found wrong, first cause kept.
public enum SelfTestFailure: UInt8, BitwiseCopyable, Sendable {
  /// Nothing.
  case none
  /// A rotor moved although nothing was told to turn.
  case rotorMoved
  /// A drive's torque feedback did not follow its safe-torque-off line.
  case torqueFeedback
  /// The clamp did not reach a position in time.
  case clampTravel
  /// An air detector did not answer its test.
  case airDetector
  /// A sensor that the interlocks need has no valid reading.
  case sensorMissing
}

/// The part of the power-on self test that the controller drives. No rotor moves.
struct SelfTest: Sendable {
  private(set) var step = SelfTestStep.rest
  private(set) var failure = SelfTestFailure.none
  /// Time from the command until the clamp's own switch said closed.
  private(set) var clampClosing = Seconds.zero
  private var ticksInStep: UInt32 = 0
  private var rotorsAtStart = InlineArray<8, Int64>(repeating: 0)
  private var rotorsKnown: UInt8 = 0

  var isDone: Bool { step == .done }
  var hasPassed: Bool { step == .done && failure == .none }

  /// Torque is allowed on the drives in this step. A clamp that is held by its drive's alive signal
  /// moves only then, so both clamp steps allow it; no drive is enabled and none turns.
  var allowsTorque: Bool {
    step == .torqueAllowed || step == .clampOpens || step == .clampCloses
  }
  /// The clamp is told to open in this step.
  var opensClamp: Bool { step == .clampOpens }
  /// Buzzer and lamps are on in this step.
  var showsSignals: Bool { step == .signals }

  /// Moves the test on by one tick.
  mutating func update(
    _ sensors: SensorSnapshot, configuration: MachineConfiguration
  ) {
    guard step != .done else { return }
    ticksInStep &+= 1
    let elapsed = configuration.tick * Double(ticksInStep)
    watchRotors(sensors, configuration)
    switch step {
    case .rest:
      if elapsed.seconds >= 5 {
        checkSensors(sensors, configuration)
        advance()
      }
    case .torqueAllowed: awaitTorque(off: false, sensors, configuration, elapsed)
    case .torqueRemoved: awaitTorque(off: true, sensors, configuration, elapsed)
    case .clampOpens: awaitClamp(.arterialClampIsOpen, sensors, configuration, elapsed)
    case .clampCloses: awaitClamp(.arterialClampIsClosed, sensors, configuration, elapsed)
    case .airDetectors: awaitAirDetectors(sensors, elapsed)
    case .signals: if elapsed.seconds >= 0.5 { advance() }
    case .done: break
    }
  }

  private mutating func advance() {
    ticksInStep = 0
    step = SelfTestStep(rawValue: step.rawValue + 1) ?? .done
  }

  private mutating func fail(_ cause: SelfTestFailure) {
    if failure == .none { failure = cause }
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
      if moved > allowed || moved < -allowed { fail(.rotorMoved) }
    }
  }

  private mutating func checkSensors(
    _ sensors: SensorSnapshot, _ configuration: MachineConfiguration
  ) {
    for index in configuration.pumps.indices where configuration.pumps[index].hasPressureLimit {
      let reading = sensors[configuration.pumps[index].outletPressure]
      if reading.isPresent && reading.usable == nil { fail(.sensorMissing) }
    }
    for index in configuration.pumps.indices {
      let rotor = sensors.pumps[index].rotor
      if rotor.isPresent && rotor.usable == nil { fail(.sensorMissing) }
    }
    if configuration.reservoir.isFitted, sensors.reservoirVolume.usable == nil {
      fail(.sensorMissing)
    }
  }

  private mutating func awaitTorque(
    off: Bool, _ sensors: SensorSnapshot,
    _ configuration: MachineConfiguration, _ elapsed: Seconds
  ) {
    var allFollow = true
    for index in configuration.pumps.indices {
      let feedback = sensors.pumps[index].torqueIsOff
      if feedback.isPresent && feedback.usable != off { allFollow = false }
    }
    if allFollow && elapsed.seconds >= 0.05 { return advance() }
    if elapsed.seconds >= 0.5 {
      fail(.torqueFeedback)
      advance()
    }
  }

  private mutating func awaitClamp(
    _ switchSite: SwitchSite, _ sensors: SensorSnapshot,
    _ configuration: MachineConfiguration, _ elapsed: Seconds
  ) {
    guard configuration.arterialClamp.isFitted else { return advance() }
    if sensors[switchSite].usable == true {
      if step == .clampCloses { clampClosing = elapsed }
      return advance()
    }
    if elapsed > configuration.arterialClamp.travelTime {
      fail(.clampTravel)
      if step == .clampCloses { clampClosing = elapsed }
      advance()
    }
  }

  private mutating func awaitAirDetectors(
    _ sensors: SensorSnapshot, _ elapsed: Seconds
  ) {
    guard elapsed.seconds >= 2.5 else { return }
    for index in 0..<AirSite.count {
      guard let site = AirSite(rawValue: UInt8(index)) else { continue }
      let reading = sensors[site]
      if reading.isPresent && reading.usable?.selfTestPassed != true { fail(.airDetector) }
    }
    advance()
  }
}
