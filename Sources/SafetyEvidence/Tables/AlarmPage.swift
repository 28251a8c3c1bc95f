import PerfusionCore

/// alarm-catalogue.md: every alarm as the code has it.
enum AlarmPage {
  /// AL-37.
  private static let cardioplegiaPressure: UInt8 = 37

  static var text: String {
    let entries = AlarmCatalogue.numbers.map { AlarmCatalogue.entry(AlarmID($0)) }
    return """
      # Alarm catalogue

      Every alarm as the shipped code has it. Written by `make safety-docs` from `PerfusionCore/Alarms`; do not edit. The
      catalogue is that of docs/domain.md 9, priorities and signals follow the technique of IEC 60601-1-8.

      ## Conditions


      """
        + SafetyPage.table(
          [
            "ID", "condition", "priority", "limit", "delay", "latch", "override", "not told",
            "raised by",
          ], entries.map(cells))
        + "\n## What the screen says\n\n"
        + SafetyPage.table(
          ["ID", "row", "title", "state", "cause", "next action"], entries.flatMap(wordings))
  }

  /// The alarm's own words, then those of its rows that say it otherwise.
  private static func wordings(_ entry: AlarmEntry) -> [[String]] {
    let rows = TableRow.all.filter { $0.row.alarm == entry.id && $0.cause.hasOwnText }
    return [wording(entry.id, "any other", entry.text)]
      + rows.map { wording(entry.id, $0.name, $0.cause.text(of: entry.id)) }
  }

  private static func wording(_ alarm: AlarmID, _ row: String, _ text: AlarmText) -> [String] {
    [
      Identifiers.alarm(alarm.number), row, "\(text.title)", "\(text.state)", "\(text.cause)",
      "\(text.action)",
    ]
  }

  private static func cells(_ entry: AlarmEntry) -> [String] {
    let rises = "\(entry.rises)"
    return [
      Identifiers.alarm(entry.id.number), "\(entry.condition)",
      "\(entry.priority)" + (rises.isEmpty ? "" : "; \(rises)"), dash("\(entry.limit)"),
      entry.delay.map(Words.span) ?? "-", Words.latch(entry.latch),
      override(entry), suppression(entry.suppression), raiser(entry),
    ]
  }

  private static func override(_ entry: AlarmEntry) -> String {
    guard entry.id.number == cardioplegiaPressure else { return Words.override(entry.override) }
    return "A: \(Words.span(OverrideClass.cardioplegiaTime))"
  }

  private static func dash(_ text: String) -> String { text.isEmpty ? "-" : text }

  private static func suppression(_ suppression: AlarmSuppression) -> String {
    switch suppression {
    case .none: "-"
    case .arterialStop: "while another HIGH alarm tells of the arterial stop"
    case .clampClosedInWean: "while the clamp is closed in WEAN"
    case .prime: "in PRIME"
    }
  }

  private static func raiser(_ entry: AlarmEntry) -> String {
    switch entry.raiser {
    case .interlocks:
      let rows = TableRow.all.filter { $0.row.alarm == entry.id }.map(\.name)
      // The pressure rows of a cardioplegia pump raise an alarm of their own (InterlockLayout).
      if entry.id.number == cardioplegiaPressure { return "pressure rows of a cardioplegia pump" }
      return rows.isEmpty ? "no row" : rows.joined(separator: ", ")
    case .nobody(let reason): return "nobody: \(reason.words)"
    }
  }
}
