extension HTMLReport {
  /// What the plots are drawn from.
  var data: JSONValue {
    .object([
      ("seconds", .number(result.caseSeconds)),
      ("plots", .array(plots)),
      ("marks", .array(marks)),
    ])
  }

  /// Plots in the order in which their first signal was recorded; signals that never had a value
  /// are left out.
  private var plots: [JSONValue] {
    var order: [String] = []
    for trace in result.traces where !order.contains(trace.plot) { order.append(trace.plot) }
    return order.compactMap { name in
      let traces = result.traces.filter { $0.plot == name && hasShape($0) }
      guard !traces.isEmpty else { return nil }
      let limits = Set(traces.flatMap(\.limits)).sorted()
      return .object([
        ("title", .string(name)),
        ("unit", .string(traces[0].unit)),
        ("limits", .array(limits.map(JSONValue.number))),
        ("traces", .array(traces.map(trace))),
      ])
    }
  }

  /// Something other than zero throughout: a pump that never turned is not worth a line.
  private func hasShape(_ trace: Trace) -> Bool {
    trace.series.points.contains { $0.value != 0 }
  }

  private func trace(_ trace: Trace) -> JSONValue {
    let points = trace.series.points
    return .object([
      ("name", .string(trace.name)),
      ("t", .array(points.map { .number(rounded($0.time, 1000)) })),
      ("v", .array(points.map { .number(rounded($0.value, 10_000)) })),
    ])
  }

  private func rounded(_ value: Double, _ scale: Double) -> Double {
    (value * scale).rounded() / scale
  }

  /// Vertical marks: alarms, failed checks, what was done.
  private var marks: [JSONValue] {
    result.log.lines.filter { !$0.isPrelude && $0.kind != .event }.prefix(400).map { line in
      .object([
        ("t", .number(rounded(line.time, 1000))),
        ("kind", .string(line.kind.rawValue)),
        ("text", .string(line.text)),
      ])
    }
  }
}
