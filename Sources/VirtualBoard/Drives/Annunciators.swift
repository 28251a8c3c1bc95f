import PerfusionCore

/// Buzzer and lamps, with the buzzer that the window watchdog sounds by itself.
struct Annunciators {
  /// Alarm buzzer as the firmware drives it.
  var buzzer = Relay()
  /// Red lamp.
  var red = Relay()
  /// Yellow lamp.
  var yellow = Relay()
  /// Cyan lamp.
  var cyan = Relay()
  /// The buzzer sounds, driven by the firmware or by the watchdog.
  private(set) var isSounding = false
  /// When it began or ceased to sound.
  private(set) var soundingSince = Instant.start

  /// Moves on by one millisecond.
  mutating func step(watchdogGood: Bool, at now: Instant) {
    red.step(at: now)
    yellow.step(at: now)
    cyan.step(at: now)
    let sounds = buzzer.step(at: now) || (!watchdogGood && buzzer.fault != .off)
    if sounds != isSounding { soundingSince = now }
    isSounding = sounds
  }
}
