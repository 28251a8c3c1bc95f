import Firmware
import Foundation
import PerfusionCore
import Scenarios

/// What the turns of `perfusion bench loop` came to.
struct LoopTable {
  private let period: Int32
  /// SCHED_FIFO was refused.
  var isUnprivileged = false
  /// Where the machine stood.
  var phase = Phase.off
  private var turns: [String: [LoopQuality]] = [:]
  private var other: [[Int64: Int]] = []
  private var otherIsMissing = false

  init(period: Int32) { self.period = period }

  mutating func add(_ quality: LoopQuality, to name: String) {
    turns[name, default: []].append(quality)
  }

  /// Takes cyclictest's histogram; nothing when it is not installed.
  mutating func add(_ histogram: [Int64: Int]?) {
    guard let histogram else {
      otherIsMissing = true
      return
    }
    other.append(histogram)
  }

  /// Four figures, nanoseconds.
  private struct Row {
    var name: String
    var figures: [Int64]
  }
  private static let shares = [0.5, 0.99, 0.999]

  private var rows: [Row] {
    var rows: [Row] = []
    for name in turns.keys.sorted() {
      let all = turns[name] ?? []
      rows.append(Row(name: "wake-up, \(name)", figures: Self.figures(all.map(\.wakeUp))))
      rows.append(Row(name: "execution, \(name)", figures: Self.figures(all.map(\.execution))))
    }
    if !other.isEmpty { rows.append(Row(name: "wake-up, cyclictest", figures: otherFigures)) }
    return rows
  }

  /// The turns' percentiles, the middle one of each; of the longest, the longest.
  private static func figures(_ histograms: [LatencyHistogram]) -> [Int64] {
    shares.map { share in middle(histograms.map { $0.percentile(share) }) }
      + [histograms.map(\.longest).max() ?? 0]
  }

  /// The same of cyclictest's turns.
  private var otherFigures: [Int64] {
    Self.shares.map { share in Self.middle(other.map { Self.percentile(share, of: $0) }) }
      + [((other.compactMap { $0.keys.max() }.max() ?? 0) + 1) * 1000]
  }

  private static func middle(_ figures: [Int64]) -> Int64 {
    figures.isEmpty ? 0 : figures.sorted()[figures.count / 2]
  }

  private static func percentile(_ share: Double, of histogram: [Int64: Int]) -> Int64 {
    let total = histogram.values.reduce(0, +)
    var seen = 0
    for (length, count) in histogram.sorted(by: { $0.key < $1.key }) {
      seen += count
      // The end of its microsecond, as our histogram tells the end of a place.
      if Double(seen) >= share * Double(total) { return (length + 1) * 1000 }
    }
    return 0
  }

  private var ratio: (words: String, value: Double)? {
    let rows = rows
    func figure(_ name: String, _ place: Int) -> Double? {
      rows.first { $0.name == name }.map { Double($0.figures[place]) }
    }
    if let mine = figure("wake-up, loop", 2), let its = figure("wake-up, cyclictest", 2), its > 0 {
      return ("p99.9 of the wake-up latency against cyclictest (at most 1.2)", mine / its)
    }
    guard let crowded = rows.first(where: { $0.name.hasPrefix("execution, loop with") }),
      let alone = figure("execution, loop", 1), alone > 0
    else { return nil }
    return (
      "p99 of the execution time with against without clients", Double(crowded.figures[1]) / alone
    )
  }

  func text(json: Bool) -> String {
    if json { return document.text() }
    var lines = "\(phase), tick \(period) us, microseconds"
    lines =
      lines.padding(toLength: 46, withPad: " ", startingAt: 0)
      + "    p50      p99    p99.9       max\n"
    for row in rows {
      let figures = row.figures.map { right(fixedNumber(Double($0) / 1000, decimals: 1), 9) }
      lines +=
        row.name.padding(toLength: 44, withPad: " ", startingAt: 0)
        + figures.joined() + "\n"
    }
    for (name, all) in turns.sorted(by: { $0.key < $1.key }) {
      let ticks = all.reduce(0) { $0 + $1.ticks }
      let late = all.reduce(0) { $0 + $1.overrunCount }
      lines += "\(name): \(ticks) ticks, \(late) overruns, \(all.count) turns\n"
    }
    if let ratio { lines += "\(ratio.words): \(fixedNumber(ratio.value, decimals: 2))\n" }
    if otherIsMissing { lines += "cyclictest is not there: install rt-tests\n" }
    if isUnprivileged {
      lines += "SCHED_FIFO is not permitted here: loop and cyclictest ran with ordinary priority\n"
    }
    return lines
  }

  private var document: JSONValue {
    .object([
      ("tickMicroseconds", .integer(Int64(period))), ("phase", .string("\(phase)")),
      ("isUnprivileged", .bool(isUnprivileged)),
      (
        "nanoseconds",
        .object(
          rows.map { row in
            (
              row.name,
              .object([
                ("p50", .integer(row.figures[0])), ("p99", .integer(row.figures[1])),
                ("p999", .integer(row.figures[2])), ("longest", .integer(row.figures[3])),
              ])
            )
          })
      ),
      ("ratio", ratio.map { .number($0.value) } ?? .null),
    ])
  }

  private func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(1, width - text.count)) + text
  }
}
