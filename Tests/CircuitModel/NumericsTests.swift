import Foundation
import Testing

@testable import CircuitModel

@Suite("Arithmetic without libm")
struct NumericsTests {
  @Test("The cosine agrees with the real one, far out and backwards too")
  func cosineAgrees() {
    for turns in stride(from: -3.0, through: 3, by: 0.001) {
      #expect(abs(cosine(turns: turns) - cos(turns * 2 * Double.pi)) < 1e-6)
      #expect(abs(cosine(turns: turns + 1e6) - cosine(turns: turns)) < 2e-6)
    }
    #expect(cosine(turns: .nan) == 1)
    #expect(cosine(turns: .infinity) == 1)
  }

  @Test("Decay and growth agree with the exponential")
  func exponential() {
    for x in stride(from: 0.0, through: 20, by: 0.01) {
      #expect(abs(decay(x) / exp(-x) - 1) < 1e-8)
      #expect(abs(growth(x) / exp(x) - 1) < 1e-8)
    }
    #expect(decay(-1) == 1)
    #expect(decay(1e9) == 0)
  }

  @Test("The flow across a linear and a quadratic resistance gives the pressure back")
  func resistances() {
    for difference in stride(from: -300.0, through: 300, by: 7) {
      let q = flow(across: difference, linear: 8, quadratic: 1.2)
      #expect(abs(8 * q + 1.2 * q * q.magnitude - difference) < 1e-9)
    }
  }

  @Test("A value that is not a number becomes the lower bound")
  func bounds() {
    #expect(bounded(.nan, 0, 1) == 0)
    #expect(bounded(2, 0, 1) == 1)
    #expect(smoothStep(0.5, from: 0, to: 1) == 0.5)
  }
}
