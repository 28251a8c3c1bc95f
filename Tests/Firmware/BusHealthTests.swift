import ChipDrivers
@testable import Firmware
import PerfusionCore
import TestSupport
import Testing

@Suite("A failing bus")
struct BusHealthTests {
  static func health(_ failure: BusError, at moments: [Int64], chips: Int = 3) -> BusHealth {
    var health = BusHealth()
    for moment in moments { health.fail(failure, chips: chips, at: .init(microseconds: moment)) }
    return health
  }

  @Test(
    "Three failures within a second are a finding, for a second", .verifies("AL-56", "HZ-47"),
    arguments: [BusError.timeout, .busFault, .arbitrationLost])
  func threeInASecond(failure: BusError) {
    let health = Self.health(failure, at: [5_000_000, 5_400_000, 5_900_000])
    #expect(health.isFailing(at: .init(microseconds: 5_900_000)))
    #expect(health.isFailing(at: .init(microseconds: 6_000_000)))
    #expect(!health.isFailing(at: .init(microseconds: 6_000_001)))
  }

  @Test("Fewer, or rarer, are not", .verifies("AL-56"))
  func rare() {
    #expect(!BusHealth().isFailing(at: .start))
    #expect(!Self.health(.timeout, at: [0, 1000]).isFailing(at: .init(microseconds: 1000)))
    let spread = Self.health(.timeout, at: [0, 600_000, 1_200_000])
    #expect(!spread.isFailing(at: .init(microseconds: 1_200_000)))
  }

  @Test("One silent chip is that chip's matter", .verifies("AL-56"))
  func oneSilentChip() {
    let health = Self.health(.noAcknowledge, at: [0, 5000, 10_000, 15_000])
    #expect(!health.isFailing(at: .init(microseconds: 15_000)))
    let checksums = Self.health(.checksum, at: [0, 5000, 10_000, 15_000])
    #expect(!checksums.isFailing(at: .init(microseconds: 15_000)))
  }
}
