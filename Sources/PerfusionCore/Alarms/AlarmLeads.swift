/// Which cause leads each alarm: the one whose words stand first, and that is told when it is raised.
struct AlarmLeads: Sendable {
  private var rows = InlineArray<68, UInt8>(repeating: 0)

  /// The newest causes of high priority lead their alarms.
  mutating func take(_ fresh: CauseSet, _ now: AlarmConditions) {
    var rest = fresh
    while let cause = rest.takeFirst(cardioplegia: now.cardioplegiaPumps) {
      guard cause.priority == .high, let alarm = now.alarm(of: cause) else { continue }
      rows[Self.slot(alarm)] = cause.row
    }
  }

  /// The cause that leads an alarm now: the most urgent one, one that stands before a latched one,
  /// of equal ones the newest, then a later row before an earlier.
  mutating func lead(of alarm: AlarmID, _ now: AlarmConditions) -> AlarmCause {
    let slot = Self.slot(alarm)
    var best = AlarmCause.none
    var highest = 0
    var rest = now.causes
    while let cause = rest.takeFirst(cardioplegia: now.cardioplegiaPumps) {
      guard let priority = cause.priority, now.alarm(of: cause) == alarm else { continue }
      let rank =
        Int(priority.rawValue) * 4 + (now.activeCauses.contains(cause) ? 2 : 0)
        + (cause.row == rows[slot] ? 1 : 0)
      if rank >= highest { (best, highest) = (cause, rank) }
    }
    rows[slot] = best.row
    return best
  }

  /// The cause leads the alarm since it was asked for last.
  func isLed(_ alarm: AlarmID, by cause: AlarmCause) -> Bool {
    rows.span[Self.slot(alarm)] == cause.row
  }

  /// Where what is known of an alarm is kept; a number outside the catalogue shares a place and
  /// traps nothing.
  static func slot(_ alarm: AlarmID) -> Int { Int(alarm.number) % 68 }
}
