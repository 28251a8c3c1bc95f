/// A small drawing of what an expectation looked at: the signal, its limits, when it was decided.
struct OutcomePlot {
  let outcome: Outcome
  private static let width = 320.0
  private static let height = 84.0

  /// The drawing as SVG; empty when there is nothing to draw.
  var svg: String {
    let points = outcome.curve
    guard points.count > 1, let first = points.first, let last = points.last,
      last.time > first.time
    else { return "" }
    let limits = [outcome.limits.low, outcome.limits.high].compactMap(\.self)
    let values = points.map(\.value) + limits
    let low = values.min() ?? 0
    let span = max((values.max() ?? 1) - low, 1e-9)
    func x(_ time: Double) -> String {
      fixedNumber((time - first.time) / (last.time - first.time) * Self.width, decimals: 1)
    }
    func y(_ value: Double) -> String {
      fixedNumber(6 + (1 - (value - low) / span) * (Self.height - 12), decimals: 1)
    }
    let line = points.map { "\(x($0.time)),\(y($0.value))" }.joined(separator: " ")
    var parts = limits.map {
      "<line class=\"limit\" x1=\"0\" x2=\"320\" y1=\"\(y($0))\" y2=\"\(y($0))\"/>"
    }
    if let decided = outcome.decidedAt {
      parts.append(
        "<line class=\"when\" x1=\"\(x(decided))\" x2=\"\(x(decided))\" y1=\"0\" y2=\"84\"/>")
    }
    parts.append("<polyline points=\"\(line)\"/>")
    return "<figure><svg viewBox=\"0 0 320 84\" role=\"img\">\(parts.joined())</svg>"
      + "<figcaption>\(caption(first.time, last.time, low, low + span))</figcaption></figure>"
  }

  private func caption(_ from: Double, _ to: Double, _ low: Double, _ high: Double) -> String {
    func shown(_ value: Double) -> String {
      shortNumber(outcome.unit.hasPrefix("%") ? value * 100 : value)
    }
    return escaped(
      "\(clockText(seconds: from, decimals: 2)) to \(clockText(seconds: to, decimals: 2)), "
        + "\(shown(low)) to \(shown(high)) \(outcome.unit)")
  }
}
