/// Follows one condition over time: the plain value, or a figure over a window.
struct ConditionWatch: Sendable {
  let gauge: Gauge
  let comparison: Comparison
  let window: Expression.Window
  /// Case time at which the window began.
  let began: Double
  private var baseline = Double.nan
  private var sum = 0.0
  private var count = 0.0
  private var highest = -Double.infinity
  private var lowest = Double.infinity

  init(_ condition: Condition, began: Double) {
    gauge = condition.expression.gauge
    comparison = condition.comparison
    window = condition.expression.window
    self.began = began
  }

  /// Seconds that must pass before the figure is complete, nothing for plain values.
  var span: Double? {
    switch window {
    case .mean(let span), .maximum(let span), .minimum(let span): span
    case .now, .change, .rate: nil
    }
  }

  /// Takes the plain value of this tick and gives the value to compare, nothing while a window is
  /// not complete.
  ///
  /// - Parameters:
  ///   - plain: The expression's value now.
  ///   - rate: Its change a minute, for rates.
  ///   - time: Case time.
  /// - Returns: The value to compare, nothing while a window is not complete.
  mutating func take(_ plain: Double, rate: Double, at time: Double) -> Double? {
    switch window {
    case .now: return plain
    case .rate: return rate
    case .change:
      if baseline.isNaN { baseline = plain }
      return plain - baseline
    case .mean(let span):
      sum += plain
      count += 1
      return time - began >= span ? sum / count : nil
    case .maximum(let span):
      if plain.isNaN || highest.isNaN { highest = .nan } else { highest = max(highest, plain) }
      return time - began >= span ? highest : nil
    case .minimum(let span):
      if plain.isNaN || lowest.isNaN { lowest = .nan } else { lowest = min(lowest, plain) }
      return time - began >= span ? lowest : nil
    }
  }
}

/// The change a minute of a value over the last seconds, sampled once a second.
struct RateHistory: Sendable {
  let gauge: Gauge
  private let span: Int
  private var samples: [Double] = []
  private var next = 0
  /// Change a minute; not a number until the window is full.
  private(set) var rate = Double.nan

  init(_ expression: Expression, seconds: Double) {
    gauge = expression.gauge
    span = max(1, Int(min(seconds, 3600).rounded()))
    samples.reserveCapacity(span + 1)
  }

  /// Takes the sample of this second.
  mutating func take(_ value: Double) {
    guard samples.count > span else {
      samples.append(value)
      if samples.count > span { rate = (value - samples[0]) * 60 / Double(span) }
      return
    }
    samples[next] = value
    next = next == span ? 0 : next + 1
    rate = (value - samples[next]) * 60 / Double(span)
  }
}
