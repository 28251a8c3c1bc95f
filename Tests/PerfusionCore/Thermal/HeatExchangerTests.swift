import Foundation
import TestSupport
import Testing

@testable import PerfusionCore

@Suite("Heat exchanger")
struct HeatExchangerTests {
  @Test(
    "Effectiveness at UA 310 W/K is that of docs/domain.md 4.6",
    arguments: [
      (4.56, 12.0, 0.61), (6, 12, 0.51), (3, 12, 0.77), (4.56, 6, 0.56), (4, 10, 0.65),
    ])
  func referenceTable(blood: Double, water: Double, expected: Double) {
    let exchanger = HeatExchanger(conductance: 310)
    let found = exchanger.effectiveness(
      blood: .litersPerMinute(blood), water: .litersPerMinute(water))
    #expect(abs(found - expected) < 0.006)
  }

  @Test("The decaying exponential agrees with the library's to 1e-8")
  func decayIsExponential() {
    for step in 0...400 {
      let x = Double(step) / 20
      #expect(abs(HeatExchanger.decay(x) - exp(-x)) < 1e-8)
    }
  }

  @Test("Effectiveness stays inside 0...1 and falls with blood flow, on either side of balance")
  func effectivenessIsMonotone() {
    for conductance in [50.0, 217, 310, 403, 2000] {
      let exchanger = HeatExchanger(conductance: conductance)
      for water in [0.5, 3, 4.14, 12, 40] {
        var last = 1.0
        for step in 1...100 {
          let found = exchanger.effectiveness(
            blood: .litersPerMinute(Double(step) / 10), water: .litersPerMinute(water))
          #expect(found >= 0 && found <= last + 1e-9)
          last = found
        }
      }
    }
  }

  @Test("Standing blood takes the water's temperature, standing water gives nothing")
  func standing() {
    let exchanger = HeatExchanger(conductance: 310)
    #expect(exchanger.effectiveness(blood: .zero, water: .litersPerMinute(12)) == 1)
    #expect(exchanger.effectiveness(blood: .litersPerMinute(4), water: .zero) == 0)
    #expect(exchanger.effectiveness(blood: .litersPerMinute(-2), water: .litersPerMinute(12)) == 1)
  }
}
