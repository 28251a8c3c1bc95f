extension RunResult {
  /// The result as a table for a terminal, one expectation a line, and a last line with the verdict.
  public func summaryTable() -> String {
    var rows = [["", "due", "decided", "value", "margin", "expectation"]]
    for outcome in outcomes where !outcome.isQuiet {
      rows.append([
        outcome.mark, Self.clock(outcome.dueAt), Self.clock(outcome.decidedAt),
        quantity(outcome.value, outcome.unit, absent: "-"),
        quantity(outcome.margin, outcome.marginUnit, absent: "-"),
        outcome.text,
      ])
    }
    var lines = ["\(title)  (\(file))"]
    if rows.count > 1 { lines += Self.aligned(rows) }
    for outcome in outcomes where outcome.isFailure { lines.append(outcome.description) }
    lines.append(verdictLine)
    return lines.joined(separator: "\n") + "\n"
  }

  /// `passed: 12 of 12 met; ...`.
  public var verdictLine: String {
    "\(verdict.rawValue): \(count(.met)) of \(outcomes.count) met; board \(header.board), "
      + "seed \(header.seed), \(clockText(seconds: seconds, decimals: 1)) of virtual time, "
      + "fingerprint \(fingerprint)"
  }

  private static func clock(_ time: Double?) -> String {
    time.map { clockText(seconds: $0, decimals: 2) } ?? "-"
  }

  private static func aligned(_ rows: [[String]]) -> [String] {
    let widths = (0..<rows[0].count).map { column in
      rows.map { $0[column].count }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.enumerated().map { column, text in
        let gap = String(repeating: " ", count: widths[column] - text.count)
        return column == 0 || column == row.count - 1 ? text + gap : gap + text
      }
      return String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
    }
  }
}

extension Outcome {
  /// One word for a table.
  var mark: String {
    switch verdict {
    case .met: "ok"
    case .notMet: "FAIL"
    case .notReached: "not reached"
    case .unsupported: "unsupported"
    }
  }
  /// A met line that would only lengthen a table.
  var isQuiet: Bool { kind == .wait && verdict == .met }
  /// It needs a line that explains it.
  var isFailure: Bool { verdict == .notMet || verdict == .unsupported }
  /// The unit of the margin.
  var marginUnit: String { unit == "degC" ? "K" : unit }
}
