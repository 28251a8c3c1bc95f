import TestSupport
import Testing

@testable import PerfusionCore

@Suite("Microbubbles are counted over ten seconds", .verifies("AL-04"))
struct MicrobubbleTests {
  private func seen(_ microseconds: Int32, _ quality: Quality = .valid) -> Reading<AirObservation> {
    Reading(
      AirObservation(airNow: false, longestAir: microseconds, selfTestPassed: true),
      takenAt: .start, quality: quality)
  }

  /// Bubbles of a length, so many ticks of 5 ms from one to the next.
  private func rate(
    _ microseconds: Int32, every ticks: Int, for count: Int, _ quality: Quality = .valid
  ) -> MicrobubbleRate {
    var rate = MicrobubbleRate()
    for _ in 0..<count {
      rate.update(seen(microseconds, quality), shortest: 2000, second: 200)
      for _ in 1..<ticks { rate.update(seen(0), shortest: 2000, second: 200) }
    }
    return rate
  }

  @Test("Ten in ten seconds are many, nine are not")
  func limit() {
    #expect(rate(1000, every: 10, for: 10).isHigh)
    #expect(!rate(1000, every: 10, for: 9).isHigh)
    #expect(rate(1000, every: 10, for: 9).count == 9)
  }

  @Test("One every 1.2 s is never many, however long")
  func slow() {
    #expect(!rate(1000, every: 240, for: 200).isHigh)
    #expect(rate(1000, every: 150, for: 200).isHigh)
  }

  @Test("A bubble that lasts over ticks counts once; air that counts as air is none")
  func once() {
    #expect(rate(1000, every: 1, for: 100).count == 1)
    #expect(rate(2000, every: 10, for: 100).count == 0)
    #expect(rate(1999, every: 10, for: 12).isHigh)
    #expect(rate(1000, every: 10, for: 12, .faulted).count == 0)
  }

  @Test("Eleven seconds later all is forgotten")
  func forgotten() {
    var rate = rate(1000, every: 10, for: 30)
    #expect(rate.isHigh)
    for _ in 0..<2200 { rate.update(seen(0), shortest: 2000, second: 200) }
    #expect(rate.count == 0)
  }
}
