@testable import PerfusionCore

/// An alarm system in virtual time with what it said.
struct AlarmBench {
  var system = AlarmSystem(tickMicroseconds: 5000)
  var conditions = AlarmConditions()
  var tick = Tick.start
  var signals = AlarmSignals()
  var seen: [EventKind] = []
  var entries: [AlarmLogEntry] = []
  /// How often the system said that something changed for the operator.
  var changes = 0
  private var events = EventList()

  init(phase: Phase = .onBypass) { conditions.phase = phase }

  mutating func run(ticks: Int = 1) {
    for _ in 0..<ticks {
      tick = tick.next
      signals = system.update(conditions, tick: tick, &events)
      collect()
    }
  }
  mutating func run(seconds: Double) { run(ticks: Int(seconds * 200)) }

  /// Lets an alarm stand, be latched, or go.
  mutating func put(_ alarm: UInt8, _ priority: AlarmPriority?, isActive: Bool = true) {
    let id = AlarmID(alarm)
    conditions.high.set(id, priority == .high)
    conditions.medium.set(id, priority == .medium)
    conditions.low.set(id, priority == .low)
    conditions.active.set(id, priority != nil && isActive)
  }

  /// Whether the buzzer sounds at some time within so many seconds.
  mutating func sounds(within seconds: Double) -> Bool {
    for _ in 0..<Int(seconds * 200) {
      run()
      if signals.buzzer { return true }
    }
    return false
  }

  mutating func acknowledge(_ alarm: UInt8? = nil) -> Refusal? {
    defer { collect() }
    return system.acknowledge(
      alarm.map { AlarmID($0) }, by: command(.acknowledgeAlarms), tick: tick, &events)
  }
  mutating func inactivate(_ state: AlarmInactivation) -> Refusal? {
    defer { collect() }
    return system.inactivate(
      state, by: command(.pauseAudio), phase: conditions.phase, &events)
  }
  mutating func endPause() -> Refusal? {
    defer { collect() }
    return system.endInactivation(by: command(.endPause), &events)
  }
  mutating func switchAlarm(_ alarm: UInt8, isOn: Bool) -> Refusal? {
    defer { collect() }
    return system.switchAlarm(
      AlarmID(alarm), isOn: isOn, by: command(.endPause), phase: conditions.phase)
  }

  private func command(_ action: OperatorAction) -> OperatorCommand {
    OperatorCommand(decision: 7, source: .link, action: action)
  }

  private mutating func collect() {
    for index in events.indices { seen.append(events[index].kind) }
    for index in system.entries.indices { entries.append(system.entries[index]) }
    if system.hasChanged { changes += 1 }
    events.removeAll()
    system.begin()
  }

  /// How often an event was seen.
  func count(_ matches: (EventKind) -> Bool) -> Int { seen.filter(matches).count }

  /// The alarm in the list.
  func standing(_ alarm: UInt8) -> StandingAlarm? {
    system.list.indices.map { system.list[$0] }.first { $0.id == AlarmID(alarm) }
  }
}
