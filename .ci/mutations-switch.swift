/// The one alteration that is in force; in a copy of the core only.
public enum RowMutation {
  /// Which row; -1 for none.
  nonisolated(unsafe) public static var row = -1
  /// What is altered in it.
  nonisolated(unsafe) public static var field = 0
  /// The alterations in words.
  public static var fields: [String] {
    [
      "raise later", "raise sooner", "clear later", "clear sooner", "rest up", "prime up",
      "roller up", "centrifugal up", "arrest up", "rest down", "prime down", "roller down",
      "centrifugal down", "arrest down", "latch", "override", "alarm", "priority", "hazard",
      "closes clamp", "reach", "start", "water",
    ]
  }

  static func apply(_ original: InterlockRow, _ number: Int) -> InterlockRow {
    guard number == row else { return original }
    var row = original
    let tick = Seconds.milliseconds(5)
    switch field {
    case 0: row.raise = row.raise <= tick ? tick * 2 : row.raise + tick
    case 1: row.raise = row.raise <= tick ? tick * 3 : row.raise - tick
    case 2: row.clear = row.clear + tick
    case 3: row.clear = row.clear - tick
    case 4...13: alter(&row.reactions, (field - 4) % 5, up: field < 9)
    case 14: row.latch = Latch(rawValue: (row.latch.rawValue + 1) % 3) ?? .none
    case 15: row.override = OverrideClass(rawValue: (row.override.rawValue + 1) % 4) ?? .never
    case 16: row.alarm = AlarmID(row.alarm.number % 67 + 1)
    case 17: row.priority = AlarmPriority(rawValue: (row.priority.rawValue + 1) % 3) ?? .low
    case 18: row.hazard = HazardID(row.hazard.number % 60 + 1)
    case 19: row.closesClamp.toggle()
    case 20: row.reach = row.reach == .linked ? .every : .linked
    case 21: row.start = StartRule(rawValue: (row.start.rawValue + 1) % 3) ?? .allows
    default: row.water = WaterRule(rawValue: (row.water.rawValue + 1) % 3) ?? .allows
    }
    return row
  }

  private static func alter(_ reactions: inout Reactions, _ column: Int, up: Bool) {
    func moved(_ grade: Grade) -> Grade {
      if up { return Grade(rawValue: grade.rawValue + 1) ?? .annunciate }
      return grade == .none ? .zeroFlow : Grade(rawValue: grade.rawValue - 1) ?? .none
    }
    switch column {
    case 0: reactions.rest = moved(reactions.rest)
    case 1: reactions.prime = moved(reactions.prime)
    case 2: reactions.roller = moved(reactions.roller)
    case 3: reactions.centrifugal = moved(reactions.centrifugal)
    default: reactions.arrest = moved(reactions.arrest)
    }
  }
}

extension MachineRow {
  /// The row, altered or not.
  public var row: InterlockRow { RowMutation.apply(original, Int(rawValue)) }
}
extension PumpRow {
  /// The row, altered or not.
  public var row: InterlockRow { RowMutation.apply(original, 100 + Int(rawValue)) }
}
