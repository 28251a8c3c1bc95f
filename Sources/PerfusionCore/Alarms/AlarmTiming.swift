/// Times of the alarm system in ticks.
struct AlarmTiming: Sendable {
  /// Length of a tick.
  let tick: Seconds
  /// Longest inactivation: 120 s (docs/domain.md 7.2).
  let pause: UInt64
  /// Between two reminder signals: 30 s (AL-62).
  let reminder: UInt64

  init(tickMicroseconds: Int32) {
    let length = UInt64(max(1, tickMicroseconds))
    tick = Seconds(seconds: Double(length) / 1_000_000)
    pause = 120_000_000 / length
    reminder = 30_000_000 / length
  }
}

extension AlarmInactivation {
  /// It ends by itself.
  var isTimed: Bool {
    switch self {
    case .audioPaused, .alarmPaused: true
    case .none, .audioOff: false
    }
  }

  /// It must not be in this phase.
  func isForbidden(in phase: Phase) -> Bool {
    switch self {
    case .none, .audioPaused: false
    case .audioOff, .alarmPaused: phase.dependsOnMachine
    }
  }
}
