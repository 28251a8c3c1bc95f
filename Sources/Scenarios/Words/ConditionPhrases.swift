import PerfusionCore

/// The names that conditions of one machine may use.
struct ConditionNames: Sendable {
  let observables: ObservableNames
  let pumps: PumpNames

  init(_ machine: MachineConfiguration) {
    observables = ObservableNames(machine)
    pumps = PumpNames(machine)
  }
}

extension Phrase {
  /// Takes a condition: an expression and what it is compared with.
  mutating func takeCondition(_ names: ConditionNames) throws(PhraseMistake) -> Condition {
    let expression = try takeExpression(names)
    return Condition(expression: expression, comparison: try takeComparison(expression))
  }

  /// Takes `X`, `X - Y`, `mean X over 10 s`, `change of X`, `rate of X over 2 min`.
  mutating func takeExpression(_ names: ConditionNames) throws(PhraseMistake) -> Expression {
    let head = next?.text ?? ""
    let isFigure = ["mean", "maximum", "minimum"].contains(head)
    let isMovement = ["change", "rate"].contains(head)
    if isFigure || isMovement { position += 1 }
    if isMovement, !take("of") { throw expected("\"of\"", "write \"\(head) of NAME\"") }
    let first = try takeObservable(names.observables)
    let (combination, second) = try takeSecond(first, names.observables)
    let window = try takeWindow(head, first)
    return Expression(first: first, combination: combination, second: second, window: window)
  }

  private mutating func takeObservable(
    _ names: ObservableNames
  ) throws(PhraseMistake) -> Observable {
    guard let word = next else {
      throw expected("a quantity", "write a name such as \"arterialLinePressure\"")
    }
    guard let found = names[word.text] else {
      throw mistake(
        "unknown quantity \"\(word.text)\"", adviceForName(word.text, among: names.names))
    }
    position += 1
    return found
  }

  private mutating func takeSecond(
    _ first: Observable, _ names: ObservableNames
  ) throws(PhraseMistake) -> (Expression.Combination, Observable?) {
    let signs: [String: Expression.Combination] = ["-": .difference, "+": .sum, "/": .ratio]
    guard let sign = next, let combination = signs[sign.text] else { return (.alone, nil) }
    guard first.dimension != .word else {
      throw mistake(
        "\"\(first.name)\" is a word and cannot be reckoned with", "compare it by \"is\"")
    }
    position += 1
    let place = self.place
    let second = try takeObservable(names)
    if combination != .ratio, second.dimension != first.dimension {
      throw PhraseMistake(
        place: place,
        problem: "\"\(second.name)\" is \(second.dimension.name), \"\(first.name)\" is "
          + first.dimension.name,
        advice: "combine quantities of one kind")
    }
    return (combination, second)
  }

  private mutating func takeWindow(
    _ head: String, _ first: Observable
  ) throws(PhraseMistake) -> Expression.Window {
    guard head != "change" else { return .change }
    guard ["mean", "maximum", "minimum", "rate"].contains(head) else { return .now }
    guard take("over") else { throw expected("\"over\"", "write \"over 10 s\"") }
    let place = self.place
    let span = try takeQuantity(.time)
    guard span > 0, head != "rate" || span >= 1 else {
      throw PhraseMistake(
        place: place, problem: "the window is too short",
        advice: head == "rate" ? "write at least 1 s" : "write a time above 0 s")
    }
    switch head {
    case "mean": return .mean(span)
    case "maximum": return .maximum(span)
    case "minimum": return .minimum(span)
    default: return .rate(span)
    }
  }

  private mutating func takeComparison(
    _ expression: Expression
  ) throws(PhraseMistake) -> Comparison {
    if expression.dimension == .word { return try takeWordComparison(expression.first) }
    guard let sign = next else {
      throw expected("a comparison", "write =, <, <=, >, >= or between")
    }
    position += 1
    switch sign.text {
    case "<": return .less(try takeBound(expression))
    case "<=": return .atMost(try takeBound(expression))
    case ">": return .greater(try takeBound(expression))
    case ">=": return .atLeast(try takeBound(expression))
    case "=":
      let target = try takeBound(expression)
      return .near(target, try takeTolerance(target, expression))
    case "between":
      let low = try takeBound(expression)
      guard take("and") else { throw expected("\"and\"", "write \"between LOW and HIGH\"") }
      let place = self.place
      let high = try takeBound(expression)
      guard low <= high else {
        throw PhraseMistake(
          place: place, problem: "the upper bound lies below the lower one", advice: "swap them")
      }
      return .between(low, high)
    default:
      position -= 1
      throw expected("a comparison", "write =, <, <=, >, >= or between")
    }
  }

  private mutating func takeBound(_ expression: Expression) throws(PhraseMistake) -> Double {
    guard case .rate = expression.window else { return try takeQuantity(expression.dimension) }
    guard let number = next?.number else {
      throw expected("a number", "write a rate such as \"0.5 \(expression.unit)\"")
    }
    position += 1
    guard take(expression.unit) else {
      throw expected("the unit \"\(expression.unit)\"", "write \"0.5 \(expression.unit)\"")
    }
    return expression.dimension == .fraction ? number / 100 : number
  }

  private mutating func takeTolerance(
    _ target: Double, _ expression: Expression
  ) throws(PhraseMistake) -> Double {
    guard take("+-") || take("±") else {
      if expression.dimension == .number { return 0 }
      throw expected("a tolerance", "write \"+- 5 \(expression.unit)\"")
    }
    let place = self.place
    let isShare =
      expression.dimension != .fraction && next?.number != nil && position + 1 < words.count
      && words[position + 1].text == "%"
    let tolerance: Double
    if isShare {
      tolerance = try takeQuantity(.fraction) * target.magnitude
    } else if case .rate = expression.window {
      tolerance = try takeBound(expression)
    } else {
      tolerance = try takeQuantity(expression.dimension.ofDifference)
    }
    guard tolerance >= 0 else {
      throw PhraseMistake(
        place: place, problem: "the tolerance is negative", advice: "write it without a sign")
    }
    return tolerance
  }

  private mutating func takeWordComparison(
    _ observable: Observable
  ) throws(PhraseMistake) -> Comparison {
    guard take("is") else { throw expected("\"is\"", "write \"\(observable.name) is WORD\"") }
    let isNegated = take("not")
    let names = observable.words ?? SpokenNames.onOff
    var raw: Int?
    if names.names == SpokenNames.onOff.names, let word = next {
      raw = ["yes": 1, "open": 1, "no": 0, "closed": 0][word.text]
      if raw != nil { position += 1 }
    }
    if raw == nil { raw = try takeName(names, "a value of \(observable.name)") }
    let value = Double(raw ?? 0)
    return isNegated ? .notWord(value) : .word(value)
  }
}
