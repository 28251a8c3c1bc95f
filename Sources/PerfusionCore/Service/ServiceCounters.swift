/// How long ago maintenance and disinfection were done, kept over restarts (AL-66, HZ-29).
///
/// What nobody has said to be done, or what was lost with the record, is not known, and counts as
/// due: a tank of unknown age is not a clean one.
struct ServiceCounters: BitwiseCopyable, Sendable {
  /// Bit i: task i was done, and its age is counted from then.
  private(set) var known: UInt8 = 0
  /// Time in which a pump turned since the maintenance.
  private(set) var running = Seconds.zero
  /// Time since the disinfection that a controller saw go by.
  private(set) var waiting = Seconds.zero
  /// When the circuits were disinfected by the computer's clock, seconds since 1970; 0: not known.
  private(set) var disinfectedAt: Int64 = 0

  /// The task has just been done.
  mutating func finish(_ task: ServiceTask, civilTime: Int64) {
    known |= 1 << task.rawValue
    switch task {
    case .maintenance: running = .zero
    case .disinfection: (waiting, disinfectedAt) = (.zero, max(civilTime, 0))
    }
  }

  /// A span has gone by, in which a pump turned or none did.
  mutating func pass(_ span: Seconds, turning: Bool, civilTime: Int64) {
    if turning { running += span }
    waiting += span
    // A computer that learns the time late gives the moment backwards.
    if disinfectedAt == 0 && civilTime > 0 {
      disinfectedAt = max(civilTime &- Int64(waiting.seconds), 1)
    }
  }

  /// So much time has surely gone by between two controllers.
  mutating func miss(_ gap: Seconds) { waiting += gap }

  /// How long ago a task was done; negative when that is not known.
  ///
  /// The computer's clock alone knows how long the machine was off, the controller's own count
  /// cannot be set back: the longer of both counts.
  func age(_ task: ServiceTask, civilTime: Int64) -> Seconds {
    guard known & (1 << task.rawValue) != 0 else { return .seconds(-1) }
    guard task == .disinfection else { return running }
    guard civilTime > 0, disinfectedAt > 0 else { return waiting }
    return max(waiting, .seconds(Double(civilTime - disinfectedAt)))
  }

  /// Passes the counters through a record.
  mutating func pass(_ buffer: inout RecordBuffer) {
    buffer.pass(&known)
    buffer.pass(&running)
    buffer.pass(&waiting)
    buffer.pass(&disinfectedAt)
    let isSound =
      known < 1 << UInt8(ServiceTask.count) && running >= .zero && waiting >= .zero
      && disinfectedAt >= 0
    if !isSound { buffer.fail(.malformed) }
  }
}

extension Controller {
  /// The operator has done a task; only while nobody can be at the machine.
  mutating func finish(_ task: ServiceTask, _ sensors: SensorSnapshot) -> Refusal? {
    guard configuration.service[task] > .zero else { return .notCounted }
    guard phase == .standby || phase == .service else { return .onlyInStandby }
    service.finish(task, civilTime: sensors.civilTime)
    return nil
  }

  /// Counts on, as often as the controller looks after itself.
  mutating func countService(_ sensors: SensorSnapshot) {
    guard tick.count % Self.upkeepTicks == 0 else { return }
    var turns = false
    for pump in 0..<pumpCount {
      let speed = pumps[pump].rotor.speed.usable ?? pumps[pump].status.commandedSpeed
      if speed.magnitude > .rpm(1) { turns = true }
    }
    service.pass(
      period * Double(Self.upkeepTicks), turning: turns, civilTime: sensors.civilTime)
  }

  /// Shows how long ago each task was done, and states which are due.
  mutating func stateServiceFacts(_ facts: inout InterlockFacts, _ sensors: SensorSnapshot) {
    status.maintenanceAge = service.age(.maintenance, civilTime: sensors.civilTime)
    status.disinfectionAge = service.age(.disinfection, civilTime: sensors.civilTime)
    let service = configuration.service
    facts.set(.maintenanceOverdue, service.isDue(.maintenance, age: status.maintenanceAge))
    facts.set(.disinfectionOverdue, service.isDue(.disinfection, age: status.disinfectionAge))
  }
}
