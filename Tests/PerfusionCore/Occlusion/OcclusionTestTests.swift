import TestSupport
import Testing

@testable import PerfusionCore

@Suite("Clamped-line occlusion test")
struct OcclusionTestTests {
  static let tick = Seconds.milliseconds(5)

  /// Runs a test to its end, at most five minutes.
  static func run(
    _ line: inout ClampedLine, plan: OcclusionTestPlan = OcclusionTestPlan(),
    inputs: (ClampedLine, Double) -> OcclusionTestInputs = { line, _ in line.inputs() }
  ) -> OcclusionResult? {
    var test = OcclusionTest(
      stroke: .millilitersPerRevolution(line.stroke), tick: tick, plan: plan)
    #expect(test.start(line.inputs(), pumpSpeed: line.measuredSpeed) == nil)
    var progress = Fraction.zero
    for count in 0..<60_000 {
      line.step(command: test.speed, seconds: 0.005)
      test.update(inputs(line, Double(count) * 0.005))
      #expect(test.speed <= plan.speed)
      if test.isRunning { #expect(test.progress >= progress - .of(0.15)) }
      progress = max(progress, test.progress)
      if let result = test.result {
        #expect(test.speed == .zero)
        return result
      }
    }
    return nil
  }

  @Test(
    "Leak, dynamic pressure and compliance come out right in soft and stiff lines",
    .verifies("C1", "HZ-18"), arguments: [0.2, 0.35, 0.5, 1.0], [0.05, 0.1, 0.2])
  func measures(compliance: Double, leak: Double) throws {
    var line = ClampedLine()
    line.compliance = compliance
    (line.leakFirst, line.leakSecond) = (leak, leak)
    let result = try #require(Self.run(&line))
    let decay = leak * 300 / 60 / compliance
    #expect(result.angles == 4)
    #expect(abs(result.fastestDecay.mmHgPerSecond - decay) < 0.06 * decay + 0.05)
    #expect(abs(result.leak.millilitersPerMinutePerMmHg - leak) < 0.12 * leak)
    #expect(abs(result.lineCompliance - compliance) < 0.12 * compliance)
    let dynamic = min(45 * 5 / leak, 2000)
    #expect(abs(result.dynamicPressure.millimetersOfMercury - dynamic) < 0.15 * dynamic)
    if decay > 0.6 && decay < 2.8 { #expect(result.outcome == .passed) }
    if decay > 3.2 { #expect(result.outcome == .underOccluded) }
    if decay < 0.4 { #expect(result.outcome == .overOccluded) }
    #expect(result.highest < .mmHg(400))
  }

  @Test("Rollers that differ are told apart, and the worse one decides", .verifies("AL-33"))
  func unequalRollers() throws {
    var line = ClampedLine()
    (line.leakFirst, line.leakSecond) = (0.1, 0.4)
    let result = try #require(Self.run(&line))
    #expect(result.outcome == .underOccluded)
    #expect(result.fastestDecay.mmHgPerSecond > 3.5)
    #expect(result.slowestDecay.mmHgPerSecond < 1.3)
  }

  @Test("A dynamic pressure of 40 mmHg fails and is reported", .verifies("C1", "AL-33"))
  func grosslyLoose() throws {
    var line = ClampedLine()
    (line.leakFirst, line.leakSecond) = (5.6, 5.6)
    let result = try #require(Self.run(&line))
    #expect(result.outcome == .pressureNotReached)
    #expect(abs(result.dynamicPressure.millimetersOfMercury - 40) < 12)
    #expect(result.leak.millilitersPerMinutePerMmHg > 4)
  }

  @Test(
    "A line too stiff for the test ends at the limit with the pump standing", .verifies("HZ-08"))
  func tooStiff() throws {
    var line = ClampedLine()
    line.compliance = 0.03
    let result = try #require(Self.run(&line))
    #expect(result.outcome == .pressureLimit)
    #expect(line.pressure < 430)
  }

  @Test("Whatever goes wrong on the way stops the pump and names the reason")
  func aborts() throws {
    var line = ClampedLine()
    let opened = Self.run(&line) { line, time in line.inputs(clampClosed: time < 5) }
    #expect(opened?.outcome == .clampOpened)
    line = ClampedLine()
    let moved = Self.run(&line) { line, time in
      line.inputs(phase: time < 5 ? .setup : .partialBypass)
    }
    #expect(moved?.outcome == .wrongPhase)
    line = ClampedLine()
    let blind = Self.run(&line) { line, time in
      var inputs = line.inputs()
      if time > 5 { inputs.line.quality = .faulted }
      return inputs
    }
    #expect(blind?.outcome == .sensorUnusable)
    line = ClampedLine()
    line.isJammed = true
    #expect(Self.run(&line)?.outcome == .rotorDidNotTurn)
  }

  @Test("The test starts only with the pump standing, the clamp closed and nobody on the pump")
  func preconditions() {
    let line = ClampedLine()
    var test = OcclusionTest(stroke: .millilitersPerRevolution(45), tick: Self.tick)
    let standing = line.measuredSpeed
    #expect(test.start(line.inputs(clampClosed: false), pumpSpeed: standing) == .causeNotCleared)
    #expect(test.start(line.inputs(), pumpSpeed: valid(.rpm(3))) == .pumpRunning)
    for phase in [Phase.partialBypass, .onBypass, .circulatoryArrest, .wean, .ecmo, .exVivo] {
      #expect(test.start(line.inputs(phase: phase), pumpSpeed: standing) == .wrongPhase)
    }
    #expect(test.start(line.inputs(), pumpSpeed: lost(.rpm(0))) == .readingUnusable)
    #expect(!test.isRunning && test.speed == .zero)
  }
}
