@testable import PerfusionCore
import TestSupport
import Testing

@Suite("The rate of rewarming")
struct RewarmRateTests {
  /// Two minutes in which the venous blood rises by 0.6 K/min at an outlet of 34 degC.
  static func rise(_ governor: inout RewarmGovernor, flow: Double, samples: Int = 60) {
    for count in 0..<samples {
      governor.record(
        arterial: .celsius(34), venous: .celsius(30 + 0.02 * Double(count)),
        flow: .litersPerMinute(flow))
    }
  }

  @Test("A steady flow tells it after two minutes", .verifies("AL-45"), arguments: [0.5, 4.5])
  func steady(flow: Double) throws {
    var governor = RewarmGovernor(BloodTemperatureLimits())
    Self.rise(&governor, flow: flow, samples: 59)
    #expect(governor.rate == nil)
    Self.rise(&governor, flow: flow)
    let rate = try #require(governor.rate)
    #expect(abs(rate.kelvinsPerMinute - 0.59) < 0.02)
  }

  @Test(
    "Another flow mixes the returns differently: the rise is judged anew", .verifies("AL-45"),
    arguments: [3.0, 6])
  func anotherFlow(flow: Double) {
    var governor = RewarmGovernor(BloodTemperatureLimits())
    Self.rise(&governor, flow: 4.5)
    #expect(governor.rate != nil)
    Self.rise(&governor, flow: flow, samples: 59)
    #expect(governor.rate == nil)
    Self.rise(&governor, flow: flow)
    #expect(governor.rate != nil)
  }
}
