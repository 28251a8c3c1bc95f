import PerfusionCore
import TestSupport
import Testing

@testable import Firmware

@Suite("Air is seen through the self test of its detector")
struct AirDuringSelfTestTests {
  private func at(_ microseconds: Int64) -> Instant { Instant(microseconds: microseconds) }

  /// One test without air: driven for 5 ms, back to fluid 2 ms later.
  private func quietTest(_ detector: inout AirDetector, from start: Int64) {
    detector.beginTest(now: at(start))
    detector.edge(isAir: true, at: at(start + 200))
    detector.endTest(now: at(start + 5000))
    detector.edge(isAir: false, at: at(start + 7000))
  }

  @Test("Tests alone are never air", .verifies("HZ-41"))
  func quiet() {
    var detector = AirDetector()
    for second in Int64(0)..<60 {
      quietTest(&detector, from: second * 1_000_000)
      let seen = detector.observe(now: at(second * 1_000_000 + 10_000))
      #expect(seen.longestAir == 0 && seen.selfTestPassed)
    }
  }

  @Test(
    "A bubble of 6.6 ms that begins during a test is air all the same", .verifies("HZ-01", "AL-01"),
    arguments: [Int64(0), 1, 100, 1000, 2500, 4000, 4999])
  func bubble(offset: Int64) {
    var detector = AirDetector()
    for second in Int64(0)..<3 { quietTest(&detector, from: second * 1_000_000) }
    _ = detector.observe(now: at(2_010_000))
    let start: Int64 = 3_000_000
    detector.beginTest(now: at(start))
    detector.edge(isAir: true, at: at(start + 200))
    detector.endTest(now: at(start + 5000))
    // The bubble holds the detector; it returns 2 ms after the bubble has passed.
    detector.edge(isAir: false, at: at(start + offset + 6600 + 2000))
    #expect(detector.observe(now: at(start + 15_000)).longestAir >= 2000)
  }
}
