import TestSupport
import Testing

@testable import PerfusionCore

/// What stands against a sensor before an interlock acts on it (docs/domain.md 8.1, R3).
@Suite("A sensor is set against a second witness before it stops anybody")
struct WitnessTests {
  private func pressure(_ value: Double, _ tick: Int) -> Reading<Pressure> {
    Reading(.mmHg(value), takenAt: Instant(microseconds: Int64(tick) * 5000))
  }
  private func volume(_ value: Double, _ tick: Int) -> Reading<Volume> {
    Reading(.milliliters(value), takenAt: Instant(microseconds: Int64(tick) * 5000))
  }
  private func closed(_ value: Bool) -> Reading<Bool> { Reading(value, takenAt: .start) }

  private func believe(
    _ witness: inout LineWitness, _ line: Double, before: Double?, isWitness: Bool = true,
    tick: Int = 0
  ) -> Reading<Pressure> {
    witness.believe(
      pressure(line, tick), before: before.map { pressure($0, tick) } ?? .absent,
      limit: .mmHg(250), isWitness: isWitness, tick: .milliseconds(5))
  }

  @Test(
    "A line pressure over its limit and over the one before the oxygenator is not believed",
    .verifies("R3", "HZ-08", "AL-11"), arguments: [251, 300, 351, 690.0])
  func lineContradicted(line: Double) {
    var witness = LineWitness()
    #expect(believe(&witness, line, before: line - 21).usable == nil)
    #expect(believe(&witness, line, before: line - 19).usable != nil)
    #expect(believe(&witness, line, before: nil).usable != nil)
    #expect(believe(&witness, line, before: 100, isWitness: false).usable != nil)
    #expect(believe(&witness, 250, before: 100).usable != nil)
  }

  @Test(
    "It is told after ten samples of contradiction, and no more when that has long ended",
    .verifies("AL-56"))
  func lineTold() {
    var witness = LineWitness()
    for tick in 0..<9 { _ = believe(&witness, 400, before: 200, tick: tick) }
    #expect(!witness.isContradicted)
    _ = believe(&witness, 400, before: 200, tick: 9)
    #expect(witness.isContradicted)
    for tick in 10..<900 { _ = believe(&witness, 200, before: 210, tick: tick) }
    #expect(witness.isContradicted)
    for tick in 900..<1200 { _ = believe(&witness, 200, before: 210, tick: tick) }
    #expect(!witness.isContradicted)
  }

  private func head(_ before: Double?, speed: Double = 3000, flow: Double? = 4) -> InletEvidence {
    .head(
      before: before.map { pressure($0, 0) } ?? .absent,
      speed: Reading(.rpm(speed), takenAt: .start),
      flow: flow.map { Reading(.litersPerMinute($0), takenAt: .start) } ?? .absent,
      CentrifugalHead())
  }

  @Test(
    "A suction that would need more head than the rotor makes is not believed",
    .verifies("R3", "HZ-12", "AL-16"), arguments: [-81, -150, -400.0])
  func inletAgainstHead(inlet: Double) {
    // 3000 rpm and 4 L/min on curve G1 make 252.1 mmHg; 25 and a twelfth of 274.5 are allowed.
    let most = inlet + 252.1 + 25 + 274.5 / 12
    #expect(head(most + 0.1).excludes(.mmHg(inlet)))
    #expect(!head(most - 0.1).excludes(.mmHg(inlet)))
    #expect(!head(nil).excludes(.mmHg(inlet)))
    // Without a probe the rotor may make all that it can.
    #expect(!head(most + 22.3, flow: nil).excludes(.mmHg(inlet)))
    #expect(head(most + 22.5, flow: nil).excludes(.mmHg(inlet)))
  }

  @Test(
    "A suction that leaves a roller's tube full is not believed",
    .verifies("R3", "HZ-12", "AL-16"),
    arguments: [(-100, 0.9), (-150, 0.8), (-300, 0.5), (-400, 0.5)])
  func inletAgainstDelivery(inlet: Double, fill: Double) {
    func evidence(_ probe: Double?) -> InletEvidence {
      .delivery(
        probe: probe.map { Reading(.litersPerMinute($0), takenAt: .start) } ?? .absent,
        full: Reading(.litersPerMinute(4), takenAt: .start))
    }
    #expect(evidence(4 * (fill + 0.121)).excludes(.mmHg(inlet)))
    #expect(!evidence(4 * (fill + 0.119)).excludes(.mmHg(inlet)))
    #expect(!evidence(nil).excludes(.mmHg(inlet)))
  }

  @Test(
    "Only an inlet that asks for less flow is doubted, and told after ten samples",
    .verifies("AL-56"))
  func inletTold() {
    var witness = InletWitness()
    func believe(_ inlet: Double) -> Reading<Pressure> {
      witness.believe(
        pressure(inlet, 0), limit: .mmHg(-80), against: head(800), tick: .milliseconds(5))
    }
    #expect(believe(-80).usable != nil)
    for _ in 0..<9 { #expect(believe(-81).usable == nil) }
    #expect(!witness.isContradicted)
    _ = believe(-81)
    #expect(witness.isContradicted)
  }

  private func reservoir() -> ReservoirConfiguration {
    var reservoir = ReservoirConfiguration()
    reservoir.isFitted = true
    return reservoir
  }

  @Test(
    "A level falls as fast as a tube drains it, 24 L/min, and no faster",
    .verifies("R3", "HZ-42"), arguments: [10, 20, 50])
  func levelJumps(every: Int) {
    for (rate, isBelieved) in [(76.0, true), (390, true), (2000, false)] {
      var witness = LevelWitness()
      var level = 3000.0
      for tick in stride(from: 0, to: 200, by: every) {
        level -= tick > 0 ? rate * Double(every) * 0.005 + (rate > 1000 ? 60 : 0) : 0
        witness.update(
          volume(level, tick), aboveAlert: .absent, aboveAlarm: .absent, reservoir(),
          isDoubted: false, tick: .milliseconds(5) * Double(every))
      }
      #expect((witness.volume.usable != nil) == isBelieved, "\(rate) ml/s")
      #expect(witness.isUntrue == !isBelieved)
    }
  }

  @Test("A sensor that jumped is used again after ten seconds without a jump", .verifies("HZ-42"))
  func levelRecovers() {
    var witness = LevelWitness()
    for tick in 0..<2200 {
      let level = tick == 100 ? 100.0 : 1200
      witness.update(
        volume(level, tick), aboveAlert: .absent, aboveAlarm: .absent, reservoir(),
        isDoubted: false, tick: .milliseconds(5))
      #expect((witness.volume.usable != nil) == (tick < 100 || tick >= 2100), "tick \(tick)")
    }
  }

  private func open(
    alertFirst ticks: Int, level: Double, isDoubted: Bool = false, hasAlert: Bool = true
  ) -> LevelWitness {
    var witness = LevelWitness()
    for tick in 0..<(100 + ticks) {
      witness.update(
        volume(level, tick), aboveAlert: hasAlert ? closed(tick < 100) : .absent,
        aboveAlarm: closed(true), reservoir(), isDoubted: isDoubted, tick: .milliseconds(5))
    }
    witness.update(
      volume(level, 100 + ticks), aboveAlert: hasAlert ? closed(false) : .absent,
      aboveAlarm: closed(false), reservoir(), isDoubted: isDoubted, tick: .milliseconds(5))
    return witness
  }

  @Test(
    "The alarm switch is overruled only when it opens out of turn under a level that is believed",
    .verifies("R3", "HZ-02", "AL-06"))
  func levelSwitch() {
    #expect(open(alertFirst: 0, level: 1200).isAboveAlarm == nil)
    #expect(open(alertFirst: 50, level: 1200).isAboveAlarm == nil)
    #expect(open(alertFirst: 70, level: 1200).isAboveAlarm == false)
    #expect(open(alertFirst: 0, level: 590).isAboveAlarm == false)
    #expect(open(alertFirst: 0, level: 1200, isDoubted: true).isAboveAlarm == false)
    #expect(open(alertFirst: 0, level: 1200, hasAlert: false).isAboveAlarm == false)
  }

  @Test("A level that is gone at once is believed when sensor and switch agree", .verifies("AL-06"))
  func levelAgreed() {
    var witness = open(alertFirst: 0, level: 1200)
    #expect(witness.isAboveAlarm == nil)
    for tick in 101..<104 {
      witness.update(
        volume(290, tick), aboveAlert: closed(false), aboveAlarm: closed(false), reservoir(),
        isDoubted: false, tick: .milliseconds(5))
    }
    #expect(witness.isAboveAlarm == false && witness.volume.usable == .milliliters(290))
    #expect(!witness.isUntrue)
  }

  @Test("A switch that was overruled counts again once it has closed", .verifies("AL-06"))
  func levelSwitchReturns() {
    var witness = open(alertFirst: 0, level: 1200)
    #expect(witness.isUntrue)
    witness.update(
      volume(1200, 200), aboveAlert: closed(true), aboveAlarm: closed(true), reservoir(),
      isDoubted: false, tick: .milliseconds(5))
    #expect(!witness.isUntrue && witness.isAboveAlarm == true)
    for tick in 201..<300 {
      witness.update(
        volume(480, tick), aboveAlert: closed(false), aboveAlarm: closed(tick < 280), reservoir(),
        isDoubted: false, tick: .milliseconds(5))
    }
    #expect(witness.isAboveAlarm == false)
  }
}
