import PerfusionCore

/// A page of docs/safety that comes from the code's own tables.
public struct SafetyPage: Sendable {
  /// The file's name.
  public let name: String
  /// Its text.
  public let text: String

  /// All of them.
  ///
  /// - Parameter reference: The text of docs/domain.md, which has the hazards' causes and times.
  /// - Returns: The pages, in reading order.
  public static func all(reference: String) -> [SafetyPage] {
    let hazards = HazardEntry.read(reference)
    return [
      SafetyPage(name: "hazards.md", text: HazardPage.text(hazards)),
      SafetyPage(name: "requirements.md", text: RequirementPage.text),
      SafetyPage(name: "interlock-table.md", text: InterlockPage.text),
      SafetyPage(name: "alarm-catalogue.md", text: AlarmPage.text),
    ]
  }

  static func table(_ head: [String], _ rows: [[String]]) -> String {
    line(head) + line(head.map { _ in "---" }) + rows.map { line($0.map(Words.cell)) }.joined()
  }

  private static func line(_ cells: [String]) -> String {
    "| " + cells.joined(separator: " | ") + " |\n"
  }
}

/// hazards.md: each hazard with the rows that guard it.
enum HazardPage {
  static func text(_ hazards: [HazardEntry]) -> String {
    let rows = TableRow.all
    return """
      # Hazards

      Cause, detection, reaction and time of each hazard as docs/domain.md 8.3 states them, with the rows of
      [the interlock table](interlock-table.md) that guard it. Written by `make safety-docs`; do not edit. A hazard without a
      row is met by other means or not at all: [not-covered.md](not-covered.md) and [assumptions.md](assumptions.md) tell.
      Which tests are evidence stands in [traceability.md](traceability.md).


      """
        + SafetyPage.table(
          ["ID", "hazard", "cause", "detection", "reaction on bypass", "time", "guarded by"],
          hazards.map { hazard in
            [
              hazard.identifier, hazard.name, hazard.cause, hazard.detection, hazard.reaction,
              hazard.time, guards(hazard, rows),
            ]
          })
  }

  private static func guards(_ hazard: HazardEntry, _ rows: [TableRow]) -> String {
    let own = rows.filter { $0.row.guards(HazardID(hazard.number)) }
    if own.isEmpty { return "no row" }
    return own.map { "\($0.name) (\(Identifiers.alarm($0.row.alarm.number)))" }
      .joined(separator: ", ")
  }
}

/// requirements.md: rules, essential performance, cases.
enum RequirementPage {
  static var text: String {
    """
    # Requirements

    What the hazards of [hazards.md](hazards.md) ask of the machine as a whole, with the place where the code meets it. Written
    by `make safety-docs`; do not edit. Which tests are evidence stands in [traceability.md](traceability.md).

    ## Rules of reaction

    \(table(Requirement.rules))
    ## Essential performance

    Proposed in the manner of IEC 60601-1 clause 4.3; no conformity is claimed.

    \(table(Requirement.essentialPerformance))
    ## Clinical cases

    \(table(Requirement.cases))
    """
  }

  private static func table(_ requirements: [Requirement]) -> String {
    SafetyPage.table(
      ["ID", "requirement", "source", "met by"],
      requirements.map { [$0.identifier, $0.text, $0.source, $0.metBy] })
  }
}
