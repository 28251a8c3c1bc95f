import LinkMessages
import PerfusionCore
import Scenarios

/// How the loop keeps time, in words and as a document.
struct LoopText {
  let loop: LoopReport
  /// Names of the buses.
  let buses: [String]

  /// The parts of a tick, in the order of `LoopReport.overruns`.
  private static let parts = ["wakeUp", "acquire", "step", "apply", "publish"]

  /// For people.
  var lines: [String] {
    guard loop.period > 0 else { return ["loop: nothing told yet"] }
    let late = Self.parts.indices.filter { loop.overruns.span[$0] > 0 }.map {
      "\(loop.overruns.span[$0]) in \(Self.parts[$0])"
    }
    var lines = [
      "loop: \(loop.execution.count) ticks of \(fixedNumber(Double(loop.period) / 1e6, decimals: 1)) ms, "
        + (late.isEmpty ? "none late" : "late: " + late.joined(separator: ", "))
    ]
    if loop.isVirtual {
      lines.append("  in virtual time: there are no latencies; bus times are modelled")
    } else {
      lines.append("  wake-up latency: " + text(loop.wakeUp))
      lines.append("  execution time: " + text(loop.execution))
    }
    lines += loop.buses.indices.map(busLine)
    lines.append(
      "  lease expiries \(loop.expiredLeases), failed line writes \(loop.failedLineWrites), lost: "
        + "\(loop.lostRecords) records, \(loop.lostEdges) edges, \(loop.failedStores) stores")
    return lines
  }

  /// For programs.
  var document: JSONValue {
    .object([
      ("isVirtual", .bool(loop.isVirtual)), ("period", .integer(loop.period)),
      ("ticks", .integer(Int64(clamping: loop.execution.count))),
      (
        "overruns",
        .object(
          Self.parts.indices.map {
            (Self.parts[$0], .integer(Int64(clamping: loop.overruns.span[$0])))
          })
      ),
      ("wakeUp", loop.isVirtual ? .null : latency(loop.wakeUp)),
      ("execution", loop.isVirtual ? .null : latency(loop.execution)),
      ("buses", .object(loop.buses.indices.map { (name($0), bus(loop.buses[$0])) })),
      ("lostRecords", .integer(Int64(clamping: loop.lostRecords))),
      ("lostEdges", .integer(Int64(clamping: loop.lostEdges))),
      ("failedStores", .integer(Int64(clamping: loop.failedStores))),
      ("failedLineWrites", .integer(Int64(clamping: loop.failedLineWrites))),
      ("expiredLeases", .integer(Int64(clamping: loop.expiredLeases))),
    ])
  }

  private func name(_ index: Int) -> String {
    index < buses.count ? buses[index] : "bus \(index)"
  }

  private func busLine(_ index: Int) -> String {
    let bus = loop.buses[index]
    return "  bus \(name(index)): busy \(fixedNumber(bus.occupancy * 100, decimals: 1)) %"
      + (loop.isVirtual ? "" : ", \(bus.failures) failures, \(bus.expiredLeases) lease expiries")
      + (bus.isStuck ? ", stuck" : "")
  }

  /// Microseconds.
  private func text(_ latency: LatencyFigures) -> String {
    let figures = [
      ("p50", latency.p50), ("p99", latency.p99), ("p99.99", latency.p9999),
      ("max", latency.longest),
    ]
    return figures.map { "\($0.0) \(fixedNumber(Double($0.1) / 1000, decimals: 1))" }
      .joined(separator: ", ") + " us"
  }

  private func latency(_ report: LatencyFigures) -> JSONValue {
    .object([
      ("count", .integer(Int64(clamping: report.count))), ("p50", .integer(report.p50)),
      ("p99", .integer(report.p99)), ("p9999", .integer(report.p9999)),
      ("longest", .integer(report.longest)),
    ])
  }

  private func bus(_ bus: BusFigures) -> JSONValue {
    if loop.isVirtual { return .object([("occupancy", .number(bus.occupancy))]) }
    return .object([
      ("occupancy", .number(bus.occupancy)), ("isStuck", .bool(bus.isStuck)),
      ("successes", .integer(Int64(clamping: bus.successes))),
      ("failures", .integer(Int64(clamping: bus.failures))),
      ("expiredLeases", .integer(Int64(clamping: bus.expiredLeases))),
      ("longestWakeUp", .integer(bus.longestWakeUp)),
    ])
  }
}
