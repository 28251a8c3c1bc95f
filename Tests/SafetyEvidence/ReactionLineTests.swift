import SafetyEvidence
import Testing
import TestSupport

@Suite("Reaction times against their budgets", .verifies("EP-6")) struct ReactionLineTests {
  private func line(
    _ times: [Double], wanted: Int, budget: Double = 250, share: Double? = nil
  ) -> ReactionLine {
    ReactionLine(
      name: "Air", clock: "", budget: budget, wanted: wanted, times: times, leastShare: share)
  }

  @Test("One injection over the budget breaks the line, however many kept to it")
  func overBudget() {
    let times = [Double](repeating: 100, count: 999)
    #expect(line(times + [250], wanted: 1000).problem == nil)
    #expect(line(times + [251], wanted: 1000).problem == "251 ms is over the budget of 250 ms")
  }

  @Test("An injection without effect is no fast one")
  func withoutEffect() {
    #expect(line([100], wanted: 2).problem == "1 of 2 injections had no effect")
    #expect(line([], wanted: 1).problem == "1 of 1 injections had no effect")
  }

  @Test("A pump that must hold its speed and does not breaks the line")
  func speed() {
    #expect(line([10], wanted: 1, share: 0.985).problem == nil)
    #expect(line([10], wanted: 1, share: 0.4).problem == "the pump fell to 40 % of its speed")
  }

  @Test("Quantiles are nearest ranks of the sorted times")
  func quantiles() {
    let some = line((1...1000).reversed().map(Double.init), wanted: 1000)
    #expect(some.quantile(0) == 1)
    #expect(some.quantile(0.5) == 500)
    #expect(some.quantile(0.999) == 999)
    #expect(some.quantile(1) == 1000)
  }
}
