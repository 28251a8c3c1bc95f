/// Alarms of rows, each at the highest priority of its rows.
public struct RowAlarms: BitwiseCopyable, Equatable, Sendable {
  /// At high priority.
  public private(set) var high = AlarmSet()
  /// At medium priority; one that is also high counts as high.
  public private(set) var medium = AlarmSet()
  /// At low priority; one that is in another set counts as that.
  public private(set) var low = AlarmSet()

  /// No alarm.
  public init() {}
  /// All of them.
  public var all: AlarmSet { high | medium | low }

  /// Puts an alarm in.
  mutating func insert(_ alarm: AlarmID, _ priority: AlarmPriority) {
    switch priority {
    case .high: high.set(alarm, true)
    case .medium: medium.set(alarm, true)
    case .low: low.set(alarm, true)
    }
  }
}
