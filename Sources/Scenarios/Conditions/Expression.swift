/// One observable, or two of them combined, or a figure over a window of time.
public struct Expression: Sendable {
  /// How two observables are combined.
  enum Combination: Sendable { case alone, difference, sum, ratio }
  /// What is made of the values over time.
  enum Window: Sendable, Equatable {
    /// The value at the moment.
    case now
    /// The mean from the entry's moment on, over this many seconds.
    case mean(Double)
    /// The highest value in that time.
    case maximum(Double)
    /// The lowest value in that time.
    case minimum(Double)
    /// The difference from the value at the entry's moment.
    case change
    /// The change a minute over the last seconds.
    case rate(Double)
  }

  let first: Observable
  let combination: Combination
  let second: Observable?
  let window: Window

  /// The kind of quantity that it gives.
  var dimension: Dimension {
    let plain: Dimension =
      switch combination {
      case .alone, .sum: first.dimension
      case .difference: first.dimension.ofDifference
      case .ratio: .number
      }
    switch window {
    case .change, .rate: return plain.ofDifference
    case .now, .mean, .maximum, .minimum: return plain
    }
  }

  /// How its unit is written.
  var unit: String {
    if case .rate = window { return dimension.unit + "/min" }
    return dimension.unit
  }

  /// A value with its unit, or as a word.
  func text(_ value: Double) -> String {
    guard value == value else { return "no usable value" }
    if combination == .alone, window == .now { return first.text(value) }
    let number = dimension.shown(value)
    return unit.isEmpty ? number : number + " " + unit
  }

  /// What reads its plain value: no texts, nothing to retain, for use at every tick.
  var gauge: Gauge {
    Gauge(first: first.source, combination: combination, second: second?.source ?? first.source)
  }

  /// True when only a rig that knows its plant can tell.
  var needsTruth: Bool { first.source.isTruth || second?.source.isTruth == true }
}

/// The flat form of an expression.
struct Gauge: Sendable {
  let first: ObservableSource
  let combination: Expression.Combination
  let second: ObservableSource

  /// The plain value now, before any window.
  func value(_ gauges: any GaugeReader) -> Double {
    let left = gauges.value(of: first)
    guard combination != .alone else { return left }
    let right = gauges.value(of: second)
    switch combination {
    case .alone: return left
    case .difference: return left - right
    case .sum: return left + right
    case .ratio: return right == 0 ? .nan : left / right
    }
  }
}
