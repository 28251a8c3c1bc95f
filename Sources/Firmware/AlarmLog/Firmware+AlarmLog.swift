import PerfusionCore

extension Firmware where Board: ~Copyable {
  /// Reads the alarm log that was kept, and records this start.
  ///
  /// `start` does so; a platform that starts the firmware in another way asks for it once before the
  /// first tick.
  public mutating func openAlarmLog() {
    var bytes = InlineArray<32_768, UInt8>(repeating: 0)
    var space = bytes.mutableSpan
    let count = platform.recall(.alarmLog, into: &space)
    alarmHistory.recall(bytes.span, count: count)
    record(AlarmLogEntry(.powerUp), platform.now)
  }

  /// Records what the alarms did in this tick.
  @usableFromInline mutating func writeAlarmLog() {
    let now = platform.now
    for index in 0..<controller.alarmEntryCount {
      guard let entry = controller.alarmEntry(index) else { return }
      record(entry, now)
    }
  }

  /// Records that the firmware is ended in an orderly way; nothing of it is recorded after that.
  public mutating func recordPowerDown() {
    var entry = AlarmLogEntry(.powerDown)
    entry.phase = controller.status.phase
    entry.tick = controller.status.tick
    record(entry, platform.now)
  }

  private mutating func record(_ entry: AlarmLogEntry, _ now: Instant) {
    let record = alarmHistory.add(entry, at: now, civilTime: platform.civilTime)
    let bytes = record.bytes
    platform.append(bytes.span, to: .alarmLog)
  }
}
