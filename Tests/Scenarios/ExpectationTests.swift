import CircuitModel
import PerfusionCore
import Testing

@testable import Scenarios

@Suite("Expectations are met exactly when they should be")
struct ExpectationTests {
  /// Pressure rises by 10 mmHg a second.
  private var rising: FakeRig {
    let rig = FakeRig()
    rig.world = { rig, time in rig.setPressure(10 * time) }
    return rig
  }

  private func outcome(_ expectation: String, on rig: FakeRig) throws -> Outcome {
    let run = try play("  - at: 1 s\n    expect: \(expectation)", on: rig)
    return try #require(run.outcomes.first)
  }

  @Test(
    "Without a time a condition is looked at once",
    arguments: [
      ("arterialLinePressure = 10 mmHg +- 0.05 mmHg", true),
      ("arterialLinePressure = 10 mmHg +- 0.04 mmHg", false),
      ("arterialLinePressure between 10.05 mmHg and 11 mmHg", true),
      ("arterialLinePressure between 10.06 mmHg and 11 mmHg", false),
      ("arterialLinePressure < 10.05 mmHg", false),
      ("arterialLinePressure <= 10.05 mmHg", true),
      ("arterialLinePressure > 10.05 mmHg", false),
      ("arterialLinePressure >= 10.05 mmHg", true),
    ])
  func once(_ text: String, _ isMet: Bool) throws {
    let rig = FakeRig()
    // Exactly representable, so that the edges are edges: 10.05 in the tick that ends at 1.005 s.
    rig.world = { rig, time in rig.setPressure(time < 1.004 ? 0 : 10.05) }
    let edge = text.replacing("+- 0.05 mmHg", with: "+- 0.0500000001 mmHg")
    #expect((try outcome(edge, on: rig).verdict == .met) == isMet)
  }

  @Test("A deadline is kept to the tick")
  func within() throws {
    let met = try outcome("arterialLinePressure >= 30 mmHg within 2 s", on: rising)
    #expect(met.verdict == .met)
    #expect(met.decidedAt == 3)
    let late = try outcome("arterialLinePressure >= 30.1 mmHg within 2 s", on: rising)
    #expect(late.verdict == .notMet)
    #expect(late.message.contains("came nearest with 30 mmHg at 0:03.000"))
    #expect(abs((late.margin ?? 0) + 0.1) < 1e-6)
  }

  @Test("A condition that must hold fails at the tick that breaks it")
  func hold() throws {
    let broken = try outcome("arterialLinePressure < 20 mmHg for 2 s", on: rising)
    #expect(broken.verdict == .notMet)
    #expect(broken.decidedAt == 2)
    let kept = try outcome("arterialLinePressure < 30.1 mmHg for 2 s", on: rising)
    #expect(kept.verdict == .met)
    #expect(kept.decidedAt == 3)
  }

  @Test("Within and for: it must begin in time and then stay")
  func beginAndStay() throws {
    let rig = FakeRig()
    rig.world = { rig, time in rig.setPressure(time > 2 && time < 2.5 || time > 3 ? 100 : 0) }
    let met = try outcome("arterialLinePressure > 50 mmHg within 3 s for 1 s", on: rig)
    #expect(met.verdict == .met)
    #expect(abs((met.decidedAt ?? 0) - 4.005) < 0.006)
    let rig2 = FakeRig()
    rig2.world = rig.world
    let late = try outcome("arterialLinePressure > 50 mmHg within 1.2 s for 1 s", on: rig2)
    #expect(late.verdict == .notMet)
  }

  @Test("A reading that cannot be used meets nothing")
  func unusable() throws {
    let rig = FakeRig()
    rig.world = { rig, _ in
      rig.sensors.pressures[.arterialLinePressure] = Reading(
        .mmHg(10), takenAt: rig.now, quality: .faulted)
    }
    let outcome = try outcome("arterialLinePressure < 100 mmHg", on: rig)
    #expect(outcome.verdict == .notMet)
    #expect(outcome.message == "was no usable value")
  }

  @Test("Mean, maximum, minimum, change and rate are figures of their own window")
  func figures() throws {
    #expect(
      try outcome("mean arterialLinePressure over 2 s = 20 mmHg +- 0.1 mmHg", on: rising).verdict
        == .met)
    let highest = try outcome("maximum arterialLinePressure over 2 s < 30 mmHg", on: rising)
    #expect(highest.verdict == .notMet && highest.value == 30)
    #expect(
      try outcome("minimum arterialLinePressure over 2 s > 10 mmHg", on: rising).verdict == .met)
    #expect(
      try outcome("change of arterialLinePressure > 19.9 mmHg within 2.1 s", on: rising).verdict
        == .met)
    #expect(
      try outcome(
        "rate of arterialLinePressure over 2 s = 600 mmHg/min +- 1 mmHg/min within 5 s", on: rising
      ).verdict == .met)
  }

  @Test("Differences and ratios of two quantities")
  func combinations() throws {
    let rig = rising
    rig.plant.pressures[.arterialPressure] = 4
    #expect(
      try outcome(
        "arterialLinePressure - true.arterialPressure = 6 mmHg +- 0.1 mmHg", on: rig
      ).verdict == .met)
  }

  @Test("An alarm counts from the entry on, not from before it")
  func alarmEvent() throws {
    let rig = FakeRig()
    rig.world = { rig, time in
      if abs(time - 0.5) < 0.002 || abs(time - 2) < 0.002 {
        rig.events.append(Event(.alarmRaised(AlarmID(5))))
      }
    }
    let outcome = try outcome("alarm AL-05 raised within 3.4 s", on: rig)
    #expect(outcome.verdict == .met)
    #expect(outcome.value == 1)
    #expect(abs((outcome.margin ?? 0) - 2.4) < 1e-9)
  }

  @Test("What comes too early fails as well as what comes too late")
  func notBefore() throws {
    let rig = FakeRig()
    rig.world = { rig, time in
      if abs(time - 2) < 0.002 { rig.events.append(Event(.alarmRaised(AlarmID(5)))) }
    }
    let early = try outcome("alarm AL-05 raised within 3 s not before 2 s", on: rig)
    #expect(early.verdict == .notMet)
    #expect(early.message.contains("too early"))
  }

  @Test("Absence holds for its whole time")
  func absence() throws {
    let rig = FakeRig()
    rig.world = { rig, time in
      if abs(time - 3) < 0.002 { rig.events.append(Event(.interlockStop(0, .stop))) }
    }
    #expect(try outcome("no stopped arterial for 1.5 s", on: rig).verdict == .met)
    let other = FakeRig()
    other.world = rig.world
    #expect(try outcome("no stopped arterial for 2.5 s", on: other).verdict == .notMet)
  }

  @Test("A reaction is timed from its cause", arguments: [(0.2, true), (0.25, true), (0.3, false)])
  func reaction(_ delay: Double, _ isMet: Bool) throws {
    let rig = FakeRig()
    rig.world = { rig, time in
      rig.sensors.air[.arterialBubble] = Reading(
        AirObservation(airNow: time >= 2, longestAir: 0, selfTestPassed: true), takenAt: rig.now)
      rig.status.pumps[0].measuredSpeed = Reading(
        .rpm(time >= 2 + delay ? 0 : 100), takenAt: rig.now)
    }
    let outcome = try outcome(
      "from arterialBubble is on to arterial.speed < 1 rpm in < 250 ms within 5 s", on: rig)
    #expect((outcome.verdict == .met) == isMet)
    #expect(abs((outcome.value ?? 0) - delay) < 0.0051)
  }

  @Test("Only the entry's own commands answer for a refusal")
  func ownRefusal() throws {
    let rig = FakeRig()
    rig.world = { rig, _ in
      guard let last = rig.submitted.last, abs(last.at - rig.seconds + 0.005) < 0.001 else {
        return
      }
      rig.events.append(Event(.refused(.tubeNotConfirmed), decision: last.command.decision))
    }
    let run = try play(
      """
        - at: 1 s
          try: start arterial
          expect: refused tubeNotConfirmed
        - at: 2 s
          try: start vent
          expect: refused wrongPhase
      """, on: rig)
    #expect(run.outcomes.map(\.verdict) == [.met, .notMet])
  }

  @Test("A refusal that nobody expected fails the run")
  func unexpectedRefusal() throws {
    let rig = FakeRig()
    rig.world = { rig, time in
      if abs(time - 1.005) < 0.002 {
        rig.events.append(Event(.refused(.wrongPhase), decision: 1))
      }
    }
    let run = try play("  - at: 1 s\n    do: start arterial\n  - at: 2 s\n    note: end", on: rig)
    #expect(run.outcomes.map(\.kind) == [.action])
    #expect(run.outcomes.first?.message == "refused: wrongPhase")
  }

  @Test("An invariant keeps its worst moment and when it was first broken")
  func always() throws {
    let rig = FakeRig()
    rig.world = { rig, time in rig.setPressure(time < 2 ? 50 * time : 220 - 50 * time) }
    let run = try play(
      "  - at: 4 s\n    note: end",
      always: """
          - arterialLinePressure < 110 mmHg
          - arterialLinePressure < 121 mmHg
          - arterialLinePressure < 60 mmHg until 1 s
          - arterialLinePressure < 1 mmHg while arterialLinePressure > 1000 mmHg
        """, on: rig)
    let verdicts = run.outcomes.map(\.verdict)
    #expect(verdicts == [.notMet, .met, .met, .notReached])
    #expect(run.outcomes[0].decidedAt == 2)
    #expect(run.outcomes[1].value == 120)
    #expect(run.outcomes[1].margin == 1)
  }

  @Test("A failed expectation says what, when and by how much")
  func message() throws {
    let outcome = try outcome("arterialLinePressure = 20 mmHg +- 5 mmHg", on: rising)
    #expect(
      outcome.description
        == "case.yaml:4:13: not met: arterialLinePressure = 20 mmHg +- 5 mmHg: "
        + "was 10.05 mmHg, 4.95 mmHg beyond the bound")
  }
}
