/// One self-contained page about everything that was played on a rig: verdicts, expectations with
/// plots, measurements with margins, coverage. No network, no script.
public struct RigReport: Sendable {
  let run: RigRun

  /// Makes the report of a run.
  public init(_ run: RigRun) { self.run = run }

  /// The page.
  public var page: String {
    reportPage(
      title: "\(escaped(run.rig)): \(run.count(.passed)) of \(run.played.count) passed",
      styles: [ReportStyle.sheet, RigReportStyle.sheet],
      main: [header, overview, measurements, statistics]
        + [run.played.enumerated().map(scenario).joined(separator: "\n"), coverage])
  }

  private var header: String {
    let verdict: RunVerdict =
      run.count(.failed) > 0 ? .failed : run.count(.passed) == 0 ? .unsupported : .passed
    let facts =
      [
        ("Rig file", run.rigFile), ("Firmware", run.firmwareFile), ("SHA-256", run.firmwareSum),
        ("Virtual time", clockText(seconds: run.virtualSeconds, decimals: 0)),
        ("Wall clock", clockText(seconds: run.wallSeconds, decimals: 0)),
        (
          "Times real time",
          fixedNumber(run.virtualSeconds / max(run.wallSeconds, 0.001), decimals: 1)
        ),
      ] + run.facts.map { ($0.name, $0.value) }
    return """
      <header>
      <p class="verdict \(verdict.rawValue)">\(verdict.rawValue)</p>
      <h1>\(escaped(run.rig))</h1>
      <p class="counts">\(run.count(.passed)) passed, \(run.count(.failed)) failed, \
      \(run.count(.unsupported)) unsupported</p>
      \(factList(facts))
      </header>
      """
  }

  private var overview: String {
    let rows = run.played.enumerated().map { index, one in
      let result = one.result
      return """
        <tr class="\(result.verdict.rawValue)"><td>\(result.verdict.rawValue)</td>\
        <td><a href="#s\(index)">\(escaped(result.title))</a>\
        <span class="place">\(escaped(result.file))</span></td>\
        <td>\(escaped(result.header.board))</td>\
        <td class="n">\(result.count(.met))/\(result.outcomes.count)</td>\
        <td class="n">\(clockText(seconds: result.seconds, decimals: 0))</td>\
        <td class="n">\(fixedNumber(one.wallSeconds, decimals: 1)) s</td></tr>
        """
    }
    return section("Scenarios", ["", "Scenario", "Board", "Met", "Virtual", "Wall"], rows)
  }

  /// Every measurement of every scenario.
  private var measurements: String {
    var rows: [String] = []
    for one in run.played {
      for outcome in one.result.outcomes where outcome.measurement != nil {
        let mark = outcome.isMarginal ? "marginal" : outcome.mark
        rows.append(
          """
          <tr class="\(outcome.isMarginal ? "marginal" : outcome.verdict.rawValue)">\
          <td>\(mark)</td><td>\(escaped(outcome.measurement?.name ?? ""))\
          <span class="place">\(escaped(one.result.title))</span></td>\
          <td class="n">\(quantity(outcome.limits.low, outcome.unit))</td>\
          <td class="n">\(quantity(outcome.value, outcome.unit))</td>\
          <td class="n">\(quantity(outcome.limits.high, outcome.unit))</td>\
          <td class="n">\(quantity(outcome.margin, outcome.marginUnit))</td></tr>
          """)
      }
    }
    guard !rows.isEmpty else { return "" }
    return section("Measurements", ["", "Measurement", "Low", "Value", "High", "Margin"], rows)
  }

  /// Measurements of one name in several scenarios: how they are spread.
  private var statistics: String {
    let rows = run.spreads.map { spread in
      """
      <tr class="\(spread.isInside ? "met" : "notMet")"><td>\(spread.isInside ? "ok" : "FAIL")</td>\
      <td>\(escaped(spread.name))</td><td class="n">\(spread.values.count)</td>\
      <td class="n">\(quantity(spread.values.first, spread.unit))</td>\
      <td class="n">\(quantity(spread.median, spread.unit))</td>\
      <td class="n">\(quantity(spread.values.last, spread.unit))</td>\
      <td class="n">\(quantity(spread.limits.low, spread.unit))</td>\
      <td class="n">\(quantity(spread.limits.high, spread.unit))</td></tr>
      """
    }
    guard !rows.isEmpty else { return "" }
    return section(
      "Measurements made several times",
      ["", "Measurement", "n", "Least", "Median", "Greatest", "Low", "High"], rows)
  }

  private var coverage: String {
    let rows = run.coverage.map { row in
      let passed = row.scenarios.filter { $0.result.verdict == .passed }.count
      let state = passed == row.scenarios.count ? "met" : passed == 0 ? "notMet" : "notReached"
      let names = row.scenarios.map(\.result.title).joined(separator: "; ")
      return """
        <tr class="\(state)"><td>\(escaped(row.identifier))</td>\
        <td class="n">\(passed) of \(row.scenarios.count)</td><td>\(escaped(names))</td></tr>
        """
    }
    return section("Requirement coverage", ["Identifier", "Passed", "Scenarios"], rows)
  }

  private func section(_ title: String, _ heads: [String], _ rows: [String]) -> String {
    """
    <section>
    <h2>\(title)</h2>
    <div class="scroll"><table>
    <thead><tr>\(heads.map { "<th>\($0)</th>" }.joined())</tr></thead>
    <tbody>
    \(rows.joined(separator: "\n"))
    </tbody>
    </table></div>
    </section>
    """
  }
}

extension RigReport {
  /// One scenario, folded away when it passed.
  private func scenario(_ index: Int, _ one: PlayedScenario) -> String {
    let result = one.result
    let box = one.blackBox.map {
      "<div><dt>Black box</dt><dd><a href=\"\(escaped($0))\">\(escaped($0))</a></dd></div>"
    }
    return """
      <section id="s\(index)">
      <p class="verdict \(result.verdict.rawValue)">\(result.verdict.rawValue)</p>
      <h2>\(escaped(result.title))</h2>
      \(result.summary.isEmpty ? "" : "<p>\(escaped(result.summary))</p>")
      <dl>
      <div><dt>File</dt><dd>\(escaped(result.file))</dd></div>
      <div><dt>Verifies</dt><dd>\(escaped(result.identifiers.joined(separator: ", ")))</dd></div>
      <div><dt>Seed</dt><dd>\(result.header.seed)</dd></div>
      <div><dt>Fingerprint</dt><dd>\(result.fingerprint)</dd></div>
      \(box ?? "")
      </dl>
      <details\(result.verdict == .passed ? "" : " open")><summary>\(result.outcomes.count) \
      expectations</summary>
      <div class="scroll"><table><tbody>
      \(result.outcomes.map(row).joined(separator: "\n"))
      </tbody></table></div>
      </details>
      <details><summary>Event log, \(result.log.lines.count) lines</summary>
      <div class="scroll tall"><table class="log"><tbody>
      \(result.log.lines.suffix(600).map(logRow).joined(separator: "\n"))
      </tbody></table></div>
      </details>
      </section>
      """
  }

  private func row(_ outcome: Outcome) -> String {
    let place = "\(outcome.kind.rawValue) \(outcome.place.line):\(outcome.place.column)"
    return """
      <tr class="\(outcome.verdict.rawValue)"><td>\(outcome.mark)</td>\
      <td class="n">\(outcome.decidedAt.map { clockText(seconds: $0, decimals: 2) } ?? "")</td>\
      <td>\(escaped(outcome.text))<span class="place">\(place)</span></td>\
      <td class="n">\(quantity(outcome.margin, outcome.marginUnit))</td>\
      <td>\(escaped(outcome.message))</td><td>\(OutcomePlot(outcome: outcome).svg)</td></tr>
      """
  }
}

/// What the page of a rig needs beside the style of all reports.
enum RigReportStyle {
  static let sheet = """
    tr.passed td:first-child { color: var(--good); } tr.failed td:first-child { color: var(--bad);
      font-weight: 700; } tr.marginal td:first-child { color: var(--warn); }
    a { color: var(--c0); } summary { cursor: pointer; margin: 12px 0 6px; }
    figure { margin: 0; width: 320px; } figcaption { font-size: 11px; color: var(--quiet); }
    svg { width: 320px; height: 84px; background: var(--page); border-radius: 4px; }
    svg polyline { fill: none; stroke: var(--c0); stroke-width: 1.5; }
    svg .limit { stroke: var(--bad); stroke-dasharray: 5 4; }
    svg .when { stroke: var(--warn); }
    .log tr.alarm td { color: var(--warn); } .log tr.failure td { color: var(--bad); }
    """
}
