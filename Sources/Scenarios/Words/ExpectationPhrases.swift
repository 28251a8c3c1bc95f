import Foundation
import PerfusionCore

/// Reads expectations and invariants of one machine.
struct ExpectationReader: Sendable {
  let names: ConditionNames

  init(_ machine: MachineConfiguration) { names = ConditionNames(machine) }

  /// Reads an `expect:` text.
  func expectation(_ text: String, at place: Place) throws(PhraseMistake) -> Expectation {
    var phrase = Phrase(text, at: place)
    if phrase.take("from") { return try reaction(&phrase, text, place) }
    let (trigger, isNegated) = try phrase.takeTriggerOrAbsence(names)
    var expectation = Expectation(
      text: text, place: place, trigger: trigger, isNegated: isNegated)
    try phrase.takeTimes(of: &expectation)
    try phrase.checkEnd()
    try check(expectation)
    return expectation
  }

  /// Reads one entry of `measure:`: an expectation with limits, and perhaps `marginal 5 mmHg`.
  func measurement(
    _ name: String, _ text: String, at place: Place
  ) throws(PhraseMistake) -> Expectation {
    let parts = text.components(separatedBy: " marginal ")
    guard parts.count <= 2 else {
      throw PhraseMistake(
        place: place, problem: "\"marginal\" stands twice", advice: "keep one of them")
    }
    var expectation = try expectation(parts[0], at: place)
    let bounds = expectation.trigger.condition?.comparison.bounds ?? []
    guard expectation.reaction != nil || !bounds.isEmpty else {
      throw PhraseMistake(
        place: place, problem: "the measurement \"\(name)\" has no limit",
        advice: "compare a quantity with a number, or write \"from CAUSE to EFFECT in < 250 ms\"")
    }
    var measurement = MeasurementName(name: name, band: 0)
    if parts.count == 2 {
      var phrase = Phrase(parts[1], at: place)
      let dimension =
        expectation.reaction != nil
        ? .time : expectation.trigger.condition?.expression.dimension.ofDifference ?? .number
      measurement.band = try phrase.takeQuantity(dimension)
      try phrase.checkEnd(of: "the marginal band")
    }
    expectation.text = text
    expectation.measurement = measurement
    return expectation
  }

  /// Reads a `wait:` text; the time it may take is needed.
  func wait(_ text: String, at place: Place) throws(PhraseMistake) -> Expectation {
    let expectation = try expectation(text, at: place)
    guard expectation.within != nil, expectation.reaction == nil, !expectation.isNegated else {
      throw PhraseMistake(
        place: place, problem: "the wait has no end", advice: "write \"... within 30 s\"")
    }
    return expectation
  }

  /// Reads an `always:` text.
  func invariant(_ text: String, at place: Place) throws(PhraseMistake) -> Invariant {
    var phrase = Phrase(text, at: place)
    let (trigger, isNegated) = try phrase.takeTriggerOrAbsence(names)
    var invariant = Invariant(text: text, place: place, trigger: trigger, isNegated: isNegated)
    if case .event = trigger, !isNegated {
      throw PhraseMistake(
        place: place, problem: "an event cannot hold always", advice: "write \"no\" before it")
    }
    if let window = trigger.condition?.expression.window {
      switch window {
      case .now, .rate: break
      case .mean, .maximum, .minimum, .change:
        throw PhraseMistake(
          place: place, problem: "this figure has no beginning in an invariant",
          advice: "write the plain value or \"rate of\"")
      }
    }
    while let word = phrase.take() {
      switch word.text {
      case "while": invariant.condition = try phrase.takeCondition(names)
      case "from": invariant.from = try phrase.takeQuantity(.time)
      case "until": invariant.until = try phrase.takeQuantity(.time)
      default:
        phrase.position -= 1
        try phrase.checkEnd()
      }
    }
    return invariant
  }

  private func reaction(
    _ phrase: inout Phrase, _ text: String, _ place: Place
  ) throws(PhraseMistake) -> Expectation {
    let start = phrase.take("entry") ? try entry() : try phrase.takeTrigger(names)
    guard phrase.take("to") else {
      throw phrase.expected("\"to\"", "write \"from CAUSE to EFFECT in < 250 ms\"")
    }
    let effect = try phrase.takeTrigger(names)
    guard phrase.take("in", "<") || phrase.take("in", "<=") else {
      throw phrase.expected("\"in <\"", "write \"in < 250 ms\"")
    }
    var expectation = Expectation(text: text, place: place, trigger: start)
    expectation.reaction = (effect, try phrase.takeQuantity(.time))
    try phrase.takeTimes(of: &expectation)
    try phrase.checkEnd()
    return expectation
  }

  /// The moment of the entry itself as a cause: true at its first tick.
  private func entry() throws(PhraseMistake) -> Trigger {
    guard let count = names.observables["alarms.count"] else {
      throw PhraseMistake(
        place: Place(line: 1, column: 1), problem: "the board has no alarms", advice: "name a cause"
      )
    }
    return .condition(
      Condition(
        expression: Expression(first: count, combination: .alone, second: nil, window: .now),
        comparison: .atLeast(0)))
  }

  private func check(_ expectation: Expectation) throws(PhraseMistake) {
    let isTimed = expectation.within != nil || expectation.hold != nil
    switch expectation.trigger.condition?.expression.window {
    case .mean, .maximum, .minimum:
      guard isTimed else { return }
      throw PhraseMistake(
        place: expectation.place, problem: "a figure over a window takes no other time",
        advice: "take out \"within\" and \"for\"")
    default: break
    }
    if let early = expectation.notBefore, early >= (expectation.within ?? 1) {
      throw PhraseMistake(
        place: expectation.place, problem: "\"not before\" lies after \"within\"",
        advice: "write a longer \"within\"")
    }
    if expectation.isNegated, expectation.hold == nil {
      throw PhraseMistake(
        place: expectation.place, problem: "\"no\" does not say for how long",
        advice: "write \"for 10 s\"")
    }
  }
}

extension Phrase {
  /// Takes a trigger, or `no TRIGGER`, `no alarm`, `no alarm AL-20`.
  mutating func takeTriggerOrAbsence(
    _ names: ConditionNames
  ) throws(PhraseMistake) -> (Trigger, isNegated: Bool) {
    guard take("no") else { return (try takeTrigger(names), false) }
    guard next?.text == "alarm" else { return (try takeTrigger(names), true) }
    position += 1
    if let word = next, word.text.hasPrefix("AL-") {
      return (.condition(try alarmCondition(try takeAlarmID(), isActive: true, names)), true)
    }
    guard let count = names.observables["alarms.count"] else { throw mistake("no alarms", "") }
    return (
      .condition(
        Condition(
          expression: Expression(first: count, combination: .alone, second: nil, window: .now),
          comparison: .greater(0))), true
    )
  }

  /// Takes `within`, `not before` and `for` in any order.
  mutating func takeTimes(of expectation: inout Expectation) throws(PhraseMistake) {
    while true {
      if take("within") {
        expectation.within = try takeQuantity(.time)
      } else if take("not", "before") {
        expectation.notBefore = try takeQuantity(.time)
      } else if take("for") {
        expectation.hold = try takeQuantity(.time)
      } else {
        return
      }
    }
  }

  func checkEnd() throws(PhraseMistake) {
    guard let word = next else { return }
    throw mistake(
      "\"\(word.text)\" is not understood here", "write within, for, not before, or nothing")
  }
}
