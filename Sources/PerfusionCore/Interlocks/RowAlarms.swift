/// Alarms of rows, each at the highest priority of its rows.
public struct RowAlarms: BitwiseCopyable, Equatable, Sendable {
  /// At high priority.
  public private(set) var high = AlarmSet()
  /// At medium priority; one that is also high counts as high.
  public private(set) var medium = AlarmSet()
  /// At low priority; one that is in another set counts as that.
  public private(set) var low = AlarmSet()
  /// The rows that tell them.
  public private(set) var causes = CauseSet()

  /// No alarm.
  public init() {}
  /// All of them.
  public var all: AlarmSet { high | medium | low }

  /// Puts the alarm of a row of the machine in.
  mutating func insert(_ row: MachineRow, _ alarm: AlarmID, _ priority: AlarmPriority) {
    causes.insert(row)
    insert(alarm, priority)
  }
  /// Puts the alarm of a pump's row in.
  mutating func insert(
    _ row: PumpRow, pump: Int, _ alarm: AlarmID, _ priority: AlarmPriority
  ) {
    causes.insert(row, pump: pump)
    insert(alarm, priority)
  }

  private mutating func insert(_ alarm: AlarmID, _ priority: AlarmPriority) {
    switch priority {
    case .high: high.set(alarm, true)
    case .medium: medium.set(alarm, true)
    case .low: low.set(alarm, true)
    }
  }
}
