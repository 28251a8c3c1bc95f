import TestSupport
import Testing

@testable import PerfusionCore

/// A stroke only at the end of a cycle whose stages were all gone through, once and in order.
@Suite("Program flow")
struct ProgramFlowTests {
  private let inner: [CycleStage] = [.decide, .drive, .temper, .signal, .apply]

  private func ends(_ stages: [CycleStage], adopting: Bool = false) -> Bool {
    var flow = ProgramFlow()
    flow.begin()
    for stage in stages { flow.pass(stage) }
    return flow.end(isAdopting: adopting)
  }

  @Test("The whole cycle in order is right", .verifies("HZ-15"))
  func whole() {
    #expect(ends(inner))
    #expect(ends([.adopt, .signal, .apply], adopting: true))
  }

  @Test("A stage left out, doubled or moved is not", .verifies("HZ-15"))
  func everyMistake() {
    for index in inner.indices {
      var without = inner
      without.remove(at: index)
      #expect(!ends(without))
      var doubled = inner
      doubled.insert(inner[index], at: index)
      #expect(!ends(doubled))
      for other in inner.indices where other != index {
        var moved = inner
        moved.swapAt(index, other)
        #expect(!ends(moved))
      }
    }
    #expect(!ends(inner, adopting: true))
    #expect(!ends([.adopt, .signal, .apply]))
  }

  @Test("Without reading the sensors anew nothing strokes twice", .verifies("HZ-15"))
  func spent() {
    var flow = ProgramFlow()
    flow.begin()
    for stage in inner { flow.pass(stage) }
    let isFirstRight = flow.end(isAdopting: false)
    let isSecondRight = flow.end(isAdopting: false)
    for stage in [CycleStage.acquire] + inner { flow.pass(stage) }
    let isThirdRight = flow.end(isAdopting: false)
    #expect(isFirstRight && !isSecondRight && !isThirdRight)
  }
}
