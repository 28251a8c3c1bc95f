/// The catalogue of docs/domain.md section 9, AL-01 to AL-67, as one table in six parts.
///
/// Everything that the machine knows about an alarm by its number stands here; reactions, debounce
/// and the priority at this moment belong to the rows of the interlock table.
public enum AlarmCatalogue {
  /// The numbers of the catalogue.
  public static var numbers: ClosedRange<UInt8> { 1...AlarmID.highest }

  /// The entry of an alarm; a number outside the catalogue reads as such.
  public static func entry(_ alarm: AlarmID) -> AlarmEntry {
    switch alarm.number {
    case 1...8: airAndLevel(alarm.number)
    case 9...19: pressure(alarm.number)
    case 20...33: flowAndPump(alarm.number)
    case 34...42: clampAndCardioplegia(alarm.number)
    case 43...50: heat(alarm.number)
    case 51...67: machine(alarm.number)
    default: unknown(alarm.number)
    }
  }

  /// Alarms that class C covers: never suppressed, never silenced by an acknowledgement.
  public static var neverOverridden: AlarmSet { alarms { $0.override == .never } }

  /// Alarms that the operator may switch off or move the limit of before bypass (class B).
  public static var adjustable: AlarmSet { alarms { $0.override == .limit } }

  /// Alarms that a circumstance suppresses.
  public static func suppressed(by circumstance: AlarmSuppression) -> AlarmSet {
    alarms { $0.suppression == circumstance }
  }

  static func unknown(_ number: UInt8) -> AlarmEntry {
    AlarmEntry(
      number, "outside the catalogue", .medium, .none, .never,
      AlarmText(
        "UNKNOWN ALARM", "Unknown alarm", cause: "number outside the catalogue",
        action: "report it"))
  }

  static func ms(_ value: Double) -> Seconds { .milliseconds(value) }
  static func s(_ value: Double) -> Seconds { Seconds(seconds: value) }

  private static func alarms(_ holds: (AlarmEntry) -> Bool) -> AlarmSet {
    var set = AlarmSet()
    for number in numbers where holds(entry(AlarmID(number))) { set.set(AlarmID(number), true) }
    return set
  }
}

extension AlarmID {
  /// The priority the alarm begins with (docs/domain.md section 9).
  public var priority: AlarmPriority { AlarmCatalogue.entry(self).priority }
  /// What a screen says about the alarm.
  public var text: AlarmText { AlarmCatalogue.entry(self).text }
}
