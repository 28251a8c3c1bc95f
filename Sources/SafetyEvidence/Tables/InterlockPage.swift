import PerfusionCore

/// interlock-table.md: every row as the code has it.
enum InterlockPage {
  static var text: String {
    """
    # Interlock table

    Every rule that can act on a pump, a clamp or the operator's ear, as the shipped code has it. Written by `make safety-docs`
    from `PerfusionCore/Interlocks`; do not edit. Grades are those of docs/domain.md 8.1; of all rows that stand or are latched
    the highest grade acts on each pump. A pump that was stopped (G3 and above) stands until the cause is gone for the clear
    time and the operator resumes it, whatever the row latches; what only slows recovers by itself. Rows with an event act on
    the pumps that the board file's response matrix links to it, and under support as that matrix says; rows of the machine
    without one act on the primary pump.

    *No.* is the row's number in alarm log, black box and link (`row`). Columns of reaction: *rest* is off, self test, standby, setup, post-bypass, service and fault hold; *prime* is prime and
    ready; *roller* and *centrifugal* are the phases in which somebody depends on the flow; *arrest* is circulatory arrest
    while the primary pump stands: one that is started is guarded as in support, in ready and post-bypass too.

    ## Rows of the machine

    \(table(TableRow.all.filter { !$0.isOfPump }))
    ## Rows of each pump

    \(table(TableRow.all.filter(\.isOfPump)))
    """
  }

  private static func table(_ rows: [TableRow]) -> String {
    SafetyPage.table(
      [
        "No.", "row", "hazard", "alarm", "raised after", "cleared after", "rest", "prime", "roller",
        "centrifugal", "arrest", "latch", "override", "event", "also",
      ], rows.map(cells))
  }

  private static func cells(_ row: TableRow) -> [String] {
    let reactions = row.row.reactions
    let grades = [
      reactions.rest, reactions.prime, reactions.roller, reactions.centrifugal, reactions.arrest,
    ]
    return [
      "\(row.cause.row)", row.title, Identifiers.hazard(row.row.hazard.number),
      Identifiers.alarm(row.row.alarm.number), Words.span(row.row.raise),
      Words.span(row.row.clear),
    ] + grades.map(Words.grade) + [
      Words.latch(row.row.latch), Words.override(row.row.override),
      row.row.event.map { Words.spoken("\($0)") } ?? "-", also(row.row),
    ]
  }

  private static func also(_ row: InterlockRow) -> String {
    var words: [String] = []
    if row.closesClamp { words.append("closes the arterial clamp from G3 on") }
    if row.reach == .every { words.append("acts on every pump") }
    if row.reach == .bloodPath { words.append("stops what draws from the arterial line") }
    if row.reach == .vents { words.append("acts on vents") }
    if row.reach == .suckers { words.append("acts on suckers") }
    if let key = row.key, row.event == nil {
      words.append("overridden as \(Words.spoken("\(key)"))")
    }
    if row.event == .pressureAlert {
      let short = Words.span(OverrideClass.cardioplegiaTime)
      words.append("override of a cardioplegia pump \(short)")
    }
    if row.start == .blocks { words.append("blocks the start") }
    if row.start == .holds { words.append("holds the machine before a start") }
    return words.isEmpty ? "-" : words.joined(separator: ", ")
  }
}
