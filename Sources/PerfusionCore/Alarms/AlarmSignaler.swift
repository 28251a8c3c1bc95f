/// Turns the most urgent alarm into buzzer and lamps, tick by tick.
///
/// Burst: ten pulses for high, three for medium, one for low; flash rates as in docs/domain.md
/// 7.2. Sound can be paused; a new high alarm ends the pause.
struct AlarmSignaler: Sendable {
  private var ticks: UInt64 = 0
  private var pausedFor: UInt64 = 0
  private var known = AlarmSet()
  private var sounding: AlarmPriority?

  /// Pauses the sound.
  mutating func pause(ticks: UInt64) { pausedFor = ticks }

  /// Works out the signals of one tick.
  mutating func update(alarms: AlarmSet, tick: Seconds) -> AlarmSignals {
    if alarms != known { learn(alarms) }
    if pausedFor > 0 { pausedFor -= 1 }
    var signals = AlarmSignals()
    guard let priority = sounding else { return signals }
    ticks = ticks &+ 1
    let time = Seconds(seconds: Double(ticks) * tick.seconds)
    switch priority {
    case .high: signals.red = Self.flash(time, period: 0.5, on: 0.2)
    case .medium: signals.yellow = Self.flash(time, period: 1.6, on: 0.8)
    case .low: signals.cyan = true
    }
    signals.buzzer = pausedFor == 0 && Self.sounds(priority, time)
    return signals
  }

  private mutating func learn(_ alarms: AlarmSet) {
    var highest: AlarmPriority?
    var newHigh = false
    for number in 1...AlarmID.highest {
      let alarm = AlarmID(number)
      guard alarms.contains(alarm) else { continue }
      let priority = alarm.priority
      if highest.map({ priority > $0 }) ?? true { highest = priority }
      if priority == .high && !known.contains(alarm) { newHigh = true }
    }
    if newHigh { pausedFor = 0 }
    if highest != sounding || newHigh { ticks = 0 }
    sounding = highest
    known = alarms
  }

  private static func flash(_ time: Seconds, period: Double, on: Double) -> Bool {
    within(time, period) < on
  }

  /// Pulse starts within a burst, seconds, and the burst's period (docs/domain.md 7.2).
  private static func sounds(_ priority: AlarmPriority, _ time: Seconds) -> Bool {
    switch priority {
    case .high:
      pulses(
        time, length: 0.14, period: 7.28,
        [0, 0.24, 0.48, 0.96, 1.2, 1.94, 2.18, 2.42, 2.9, 3.14])
    case .medium: pulses(time, length: 0.2, period: 8, [0, 0.4, 0.8])
    case .low: pulses(time, length: 0.2, period: 20, [0])
    }
  }

  /// Seconds since the last full period.
  private static func within(_ time: Seconds, _ period: Double) -> Double {
    let cycles = min(time.seconds / period, 1e15)
    return time.seconds - Double(Int64(cycles)) * period
  }

  private static func pulses<let count: Int>(
    _ time: Seconds, length: Double, period: Double, _ starts: InlineArray<count, Double>
  ) -> Bool {
    let inBurst = within(time, period)
    for index in starts.indices {
      if inBurst >= starts[index] && inBurst < starts[index] + length { return true }
    }
    return false
  }
}
