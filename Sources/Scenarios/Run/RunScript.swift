import PerfusionCore

/// One timeline that is played: a prelude or the case itself.
struct RunScript {
  let scenario: Scenario
  let isPrelude: Bool
  /// Outcome slots of each entry's wait and expectations, in order.
  let slots: [EntrySlots]

  struct EntrySlots {
    let wait: Int?
    let expectations: [Int]
  }
}

extension RunScript {
  /// A scenario's preludes and itself, in the order of play.
  static func scripts(_ scenario: Scenario, outcomes: inout [Outcome]) -> [RunScript] {
    var scripts: [RunScript] = []
    for prelude in flattened(scenario.preludes) {
      scripts.append(script(prelude, isPrelude: true, &outcomes))
    }
    scripts.append(script(scenario, isPrelude: false, &outcomes))
    return scripts
  }

  private static func flattened(_ scenarios: [Scenario]) -> [Scenario] {
    scenarios.flatMap { flattened($0.preludes) + [$0] }
  }

  private static func script(
    _ scenario: Scenario, isPrelude: Bool, _ outcomes: inout [Outcome]
  ) -> RunScript {
    var slots: [EntrySlots] = []
    for entry in scenario.entries {
      var wait: Int?
      if let expectation = entry.wait {
        wait = outcomes.count
        outcomes.append(outcome(scenario.file, expectation, .wait))
      }
      let first = outcomes.count
      for expectation in entry.expectations {
        outcomes.append(outcome(scenario.file, expectation, .expectation))
      }
      slots.append(EntrySlots(wait: wait, expectations: Array(first..<outcomes.count)))
    }
    return RunScript(scenario: scenario, isPrelude: isPrelude, slots: slots)
  }

  private static func outcome(
    _ file: String, _ expectation: Expectation, _ kind: Outcome.Kind
  ) -> Outcome {
    Outcome(
      file: file, place: expectation.place,
      kind: expectation.measurement == nil ? kind : .measurement, text: expectation.text,
      verdict: .notReached, measurement: expectation.measurement, limits: limits(expectation))
  }

  private static func limits(_ expectation: Expectation) -> Outcome.Limits {
    if let reaction = expectation.reaction { return .init(high: reaction.limit) }
    return switch expectation.trigger.condition?.comparison {
    case .less(let high), .atMost(let high): .init(high: high)
    case .greater(let low), .atLeast(let low): .init(low: low)
    case .near(let target, let tolerance):
      .init(low: target - tolerance, high: target + tolerance)
    case .between(let low, let high): .init(low: low, high: high)
    case .word, .notWord, nil: .init()
    }
  }
}
