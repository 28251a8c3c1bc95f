/// A requirement that comes from docs/domain.md and not from a table of the code.
public struct Requirement: Sendable {
  /// Its identifier.
  public var identifier: String
  /// What is required.
  public var text: String
  /// Where it comes from.
  public var source: String
  /// Where the code meets it.
  public var metBy: String

  init(_ identifier: String, _ text: String, _ source: String, metBy: String) {
    self.identifier = identifier
    self.text = text
    self.source = source
    self.metBy = metBy
  }
}

extension Requirement {
  /// Rules R1 to R7 (docs/domain.md 8.1).
  public static var rules: [Requirement] {
    [
      rule(
        "R1", "A fault in the blood path (air, empty, over-pressure, wrong direction) stops",
        metBy: "reactions of the interlock rows, response matrix of the board file"),
      rule(
        "R2", "A fault of controller, display, sensor, bus or temperature keeps pumps running",
        metBy: "rows with keep running, hold or tell only; drives that hold their last speed"),
      rule(
        "R3", "The loss of a sensor never stops an arterial pump under support by itself",
        metBy: "sensor rows tell only; facts that need a usable reading"),
      rule(
        "R4", "Before bypass any fault may block the start",
        metBy: "checklist and phase table"),
      rule(
        "R5", "An arterial stop stops cardioplegia that draws from it, never vents or suckers",
        metBy: "stop links of the board file, checked for cycles"),
      rule(
        "R6", "A restart needs the cause gone and a deliberate act; only slowing recovers alone",
        metBy: "latched reactions, resume"),
      rule(
        "R7", "One event acts differently by role, kind of pump and phase",
        metBy: "reaction columns of each row, response matrix"),
    ]
  }

  /// Essential performance EP-1 to EP-7 (docs/domain.md 7.1, IEC 60601-1 clause 4.3).
  public static var essentialPerformance: [Requirement] {
    [
      performance(
        "EP-1", "Delivers the commanded arterial flow within 10 %, or alarms within 5 s",
        metBy: "pump control, flow rows AL-20 and AL-21; 70 to 90 % only shown (not-covered.md)"),
      performance(
        "EP-2", "No flow reversal over 0.1 L/min for longer than 0.5 s",
        metBy: "speed floor, clamp first, row of backflow"),
      performance(
        "EP-3", "No gross bubble past the clamp",
        metBy: "row of arterial air, edges captured in the kernel"),
      performance(
        "EP-4", "No line pressure over the hard limit by more than 80 mmHg",
        metBy: "pressure servo, rows of pressure stop and hard pressure"),
      performance(
        "EP-5", "Arterial outlet at most 38.0 degC, water at most 42 degC",
        metBy: "thermal laws, rows of bath and blood, independent cut-out"),
      performance(
        "EP-6", "Alarms within their stated delay", metBy: "row times, alarm system"),
      performance(
        "EP-7", "After any single electronic fault pumps hold their speed, without reversal",
        metBy: "leases, drives that hold, adoption after a restart"),
    ]
  }

  /// The clinical cases of docs/domain.md section 12; it has no C9 and no C12.
  public static var cases: [Requirement] {
    [
      ("C1", "Power-on, self test, prime"), ("C2", "Initiation to full flow, roller"),
      ("C3", "Initiation, centrifugal, backflow discipline"),
      ("C4", "Cooling to 28 degC, arrest, cardioplegia 4:1"),
      ("C5", "Rewarm, wean, terminate"), ("C6", "ECMO run with suction and chatter"),
      ("C7", "Air entrainment"), ("C8", "Power dip"), ("C10", "Level crisis"),
      ("C11", "Cardioplegia run-away and clamp that closes itself"),
      ("C13", "Ex-vivo liver profile"),
    ].map { Requirement($0.0, $0.1, "docs/domain.md 12", metBy: "HIL/scenarios") }
  }

  private static func rule(_ identifier: String, _ text: String, metBy: String) -> Requirement {
    Requirement(identifier, text, "docs/domain.md 8.1", metBy: metBy)
  }

  private static func performance(
    _ identifier: String, _ text: String, metBy: String
  ) -> Requirement {
    Requirement(identifier, text, "docs/domain.md 7.1", metBy: metBy)
  }
}
