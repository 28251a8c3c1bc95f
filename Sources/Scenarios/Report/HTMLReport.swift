/// One self-contained page about a run: verdict, expectations with margins, plots, event log.
///
/// No network: styles, script and data are inside.
public struct HTMLReport: Sendable {
  let result: RunResult

  /// Makes the report of a result.
  public init(_ result: RunResult) { self.result = result }

  /// The page.
  public var page: String {
    reportPage(
      title: escaped(result.title), styles: [ReportStyle.sheet],
      main: [header, expectations, signals, log],
      tail: """
        <script type="application/json" id="data">\(data.text(indentation: nil))</script>
        <script>
        \(ReportScript.source)
        </script>

        """)
  }

  private var signals: String {
    """
    <section id="signals">
    <h2>Signals</h2>
    <p class="hint">Point at a plot to read all of them at one time; drag to zoom, double-click to \
    see the whole run again.</p>
    <div id="plots"></div>
    </section>
    """
  }

  private var header: String {
    let facts = [
      ("Case", result.file), ("Board", "\(result.header.board) (\(result.header.boardFile))"),
      ("Verifies", result.identifiers.joined(separator: ", ")), ("Rig", result.header.rig),
      ("Firmware", result.header.version), ("Seed", String(result.header.seed)),
      ("Fingerprint", result.fingerprint), ("Ticks", String(result.ticks)),
      ("Virtual time", clockText(seconds: result.seconds, decimals: 1)),
    ]
    let summary = result.summary.isEmpty ? "" : "\n<p>\(escaped(result.summary))</p>"
    return """
      <header>
      <p class="verdict \(result.verdict.rawValue)">\(result.verdict.rawValue)</p>
      <h1>\(escaped(result.title))</h1>\(summary)
      <p class="counts">\(result.count(.met)) of \(result.outcomes.count) expectations met</p>
      \(factList(facts.filter { !$0.1.isEmpty }))
      </header>
      """
  }

  private var expectations: String {
    let rows = result.outcomes.map { outcome in
      """
      <tr class="\(outcome.verdict.rawValue)"><td>\(outcome.mark)</td>\
      <td class="n">\(clock(outcome.dueAt))</td><td class="n">\(clock(outcome.decidedAt))</td>\
      <td>\(escaped(outcome.text))<span class="place">\(outcome.kind.rawValue) \
      \(outcome.place.line):\(outcome.place.column)</span></td>\
      <td class="n">\(quantity(outcome.value, outcome.unit))</td>\
      <td class="n">\(quantity(outcome.margin, outcome.marginUnit))</td>\
      <td>\(escaped(outcome.message))</td></tr>
      """
    }
    return """
      <section id="expectations">
      <h2>Expectations</h2>
      <div class="scroll"><table>
      <thead><tr><th></th><th>Due</th><th>Decided</th><th>Expectation</th><th>Value</th>\
      <th>Margin</th><th>Seen</th></tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table></div>
      </section>
      """
  }

  private var log: String {
    let rows = result.log.lines.map(logRow)
    return """
      <section id="log">
      <h2>Event log</h2>
      <div class="scroll tall"><table>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table></div>
      </section>
      """
  }

  private func clock(_ time: Double?) -> String {
    time.map { clockText(seconds: $0, decimals: 2) } ?? ""
  }
}
