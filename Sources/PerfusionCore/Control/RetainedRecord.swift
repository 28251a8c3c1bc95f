/// What outlives a restart of the controller: phase, set-points, clamp intent and what the operator
/// entered (docs/domain.md 8.4, HZ-55).
///
/// The firmware writes it whenever `Controller.retained` changed; a controller that starts while
/// the machine runs takes it up, adopts the speeds it measures and commands no zero.
public struct RetainedRecord: Sendable {
  var phase = Phase.post
  var intents = InlineArray<8, PumpIntent>(repeating: PumpIntent())
  var tubes: InlineArray<8, TubeFitting>
  var zeros = PressureZeros()
  var isClampWantedOpen = false
  var occluder = Fraction.one
  var thermalIntents = InlineArray<2, ThermalIntent>(repeating: .standby)
  var timers = Timers()
  var confirmed = Checklist.none
  var occlusion: OcclusionBench
  var selfTest = SelfTest()

  /// Somebody depended on the flow when the controller went down.
  public var wasSupporting: Bool { phase.isSupporting || phase == .circulatoryArrest }
}

extension Controller {
  /// What has to outlive a restart, as it stands now.
  public var retained: RetainedRecord {
    var record = RetainedRecord(
      tubes: InlineArray { pumps[$0].tube }, occlusion: occlusion)
    record.phase = phase
    record.intents = intents
    record.zeros = zeros
    record.isClampWantedOpen = clamp.isWantedOpen
    record.occluder = occluder.target
    record.thermalIntents = thermalIntents
    record.timers = timers
    record.confirmed = confirmed
    record.selfTest = selfTest
    return record
  }

  /// A controller that starts while the machine runs.
  ///
  /// It tells the board nothing (`ActuatorCommands.isAdopting`) until every rotor has been read,
  /// or for half a second at most; then it goes on from the measured speeds.
  public init(configuration: MachineConfiguration, adopting record: RetainedRecord) {
    self.init(configuration: configuration)
    phase = record.phase
    intents = record.intents
    for pump in 0..<pumpCount { pumps[pump].take(record.tubes[pump]) }
    zeros = record.zeros
    clamp.isWantedOpen = record.isClampWantedOpen
    _ = occluder.request(record.occluder, isConfirmed: true, arterialFlow: .absent)
    thermalIntents = record.thermalIntents
    timers = record.timers
    confirmed = record.confirmed
    occlusion = record.occlusion
    occlusion.cancel()
    measuredLeaks = record.occlusion.leak
    selfTest = record.selfTest
    adoption = Adoption(ticksLeft: configuration.ticks(Adoption.patience))
  }
}

/// A restart on bypass: speeds are measured before anything is told.
struct Adoption: Sendable {
  /// Longest time that it waits for rotor readings.
  static var patience: Seconds { .milliseconds(800) }
  /// Shortest time it watches, so that a slow rotor is measured well.
  static var shortest: Seconds { .milliseconds(300) }

  var ticksLeft: UInt64 = 0
  var isUnderWay: Bool { ticksLeft > 0 }
}

extension Controller {
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
    for pump in 0..<pumpCount {
      let speed = pumps[pump].rotor.speed.usable ?? fallbackSpeed(pump)
      pumps[pump].adopt(measured: speed)
      guard intents[pump].isStarted || speed.magnitude > .rpm(1) else { continue }
      keepMeasured(pump, speed)
      events.append(Event(.adopted(pump, speed)))
    }
  }

  /// A speed that was set and a rotor that disagrees: the rotor is believed, and the operator told.
  private mutating func keepMeasured(_ pump: Int, _ speed: RotationalSpeed) {
    guard intents[pump].mode == .speed else { return }
    let set = intents[pump].setSpeed
    let allowed = max(RotationalSpeed.rpm(5), set.magnitude * 0.05)
    guard (speed - set).magnitude > allowed else { return }
    intents[pump].setSpeed = speed
    adoptedOtherSpeed = true
  }

  private mutating func fallbackSpeed(_ pump: Int) -> RotationalSpeed {
    intents[pump].isStarted ? intents[pump].setSpeed : .zero
  }
}
