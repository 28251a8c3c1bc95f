/// What a value is compared with.
enum Comparison: Sendable, Equatable {
  case less(Double)
  case atMost(Double)
  case greater(Double)
  case atLeast(Double)
  /// Target and tolerance, edges included.
  case near(Double, Double)
  /// Both edges included.
  case between(Double, Double)
  case word(Double)
  case notWord(Double)

  /// Whether the value satisfies it; a value that cannot be used never does.
  func isMet(by value: Double) -> Bool {
    switch self {
    case .less(let limit): value < limit
    case .atMost(let limit): value <= limit
    case .greater(let limit): value > limit
    case .atLeast(let limit): value >= limit
    case .near(let target, let tolerance): (value - target).magnitude <= tolerance
    case .between(let low, let high): value >= low && value <= high
    case .word(let word): value == word
    case .notWord(let word): value == value && value != word
    }
  }

  /// How far inside the bound the value lies, in its own unit; negative outside; not a number
  /// where there is no such distance.
  func margin(of value: Double) -> Double {
    switch self {
    case .less(let limit), .atMost(let limit): limit - value
    case .greater(let limit), .atLeast(let limit): value - limit
    case .near(let target, let tolerance): tolerance - (value - target).magnitude
    case .between(let low, let high): min(value - low, high - value)
    case .word, .notWord: .nan
    }
  }

  /// The bounds to draw into a plot.
  var bounds: [Double] {
    switch self {
    case .less(let limit), .atMost(let limit), .greater(let limit), .atLeast(let limit): [limit]
    case .near(let target, let tolerance): [target - tolerance, target + tolerance]
    case .between(let low, let high): [low, high]
    case .word, .notWord: []
    }
  }
}

/// A comparison that holds or does not.
struct Condition: Sendable {
  let expression: Expression
  let comparison: Comparison
}

/// Something to wait for: a condition or an event.
enum Trigger: Sendable {
  case condition(Condition)
  case event(EventPattern)

  var condition: Condition? { if case .condition(let condition) = self { condition } else { nil } }
}
