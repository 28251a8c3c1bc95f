import TestSupport
import Testing

@testable import PerfusionCore

@Suite("Time to empty")
struct TimeToEmptyTests {
  private static func estimator() -> TimeToEmpty {
    TimeToEmpty(ReservoirConfiguration(), tick: .milliseconds(5))
  }

  @Test(
    "With the venous line clamped at 4.56 L/min the alert comes at 760 ml, 3.2 s",
    .verifies("HZ-02", "AL-05", "C10"), arguments: 0..<20 as Range<UInt64>)
  func clampedVenousLine(seed: UInt64) {
    var estimator = Self.estimator()
    var random = SystemlessRandom(state: seed)
    var alertAt: Double?
    var alarmAt: Double?
    for count in 0..<2600 {
      let time = Double(count) * 0.005 - 2
      let volume = 1000 - max(time, 0) * 76
      let noise = Double(random.next() % 1000) / 1000 * 6 - 3
      estimator.update(
        tick: Tick(count: UInt64(count)), volume: valid(.milliliters(volume + noise)))
      if estimator.isAlert && alertAt == nil { alertAt = time }
      if estimator.isAlarm && alarmAt == nil { alarmAt = time }
      if time < 0 { #expect(!estimator.isAlert) }
    }
    #expect(abs((alertAt ?? 0) - 3.2) < 0.7)
    #expect(abs((alarmAt ?? 0) - 9.2) < 0.5)
  }

  @Test("Without noise the time and the rate are exact after a second")
  func exact() {
    var estimator = Self.estimator()
    for count in 0...200 {
      let volume = 800 - Double(count) * 0.005 * 50
      estimator.update(tick: Tick(count: UInt64(count)), volume: valid(.milliliters(volume)))
    }
    #expect(abs(estimator.remaining.seconds - 15) < 0.01)
    #expect(abs((estimator.rate?.litersPerMinute ?? 0) + 3) < 1e-6)
  }

  @Test("Three wild samples of ten do not move it", arguments: [0.0, 4000, -50])
  func outliers(wild: Double) {
    var estimator = Self.estimator()
    for count in 0...400 {
      let isWild = [40, 100, 160].contains(count % 200)
      let volume = isWild ? wild : 900 - Double(count) * 0.005 * 60
      estimator.update(tick: Tick(count: UInt64(count)), volume: valid(.milliliters(volume)))
    }
    #expect(abs(estimator.remaining.seconds - 13) < 0.5)
  }

  @Test("While the level stands or rises the time is infinite")
  func notFalling() {
    for slope in [0.0, 0.5, 30] {
      var estimator = Self.estimator()
      for count in 0...1000 {
        let volume = 400 + Double(count) * 0.005 * slope
        estimator.update(tick: Tick(count: UInt64(count)), volume: valid(.milliliters(volume)))
        #expect(estimator.remaining.seconds == .infinity)
      }
    }
  }

  @Test("A lost level sensor makes the time unknown within a second", .verifies("AL-07"))
  func lostSensor() {
    var estimator = Self.estimator()
    for count in 0...300 {
      let volume = 500 - Double(count) * 0.005 * 100
      estimator.update(tick: Tick(count: UInt64(count)), volume: valid(.milliliters(volume)))
    }
    #expect(estimator.isAlert)
    for count in 301...520 {
      estimator.update(tick: Tick(count: UInt64(count)), volume: lost(.milliliters(350)))
    }
    #expect(!estimator.isAlert && estimator.remaining.seconds == .infinity)
    #expect(estimator.rate == nil)
  }
}
