import TestSupport
import Testing

@testable import PerfusionCore

@Suite("The primary pump's flow is judged by its set-point, its body and its direction")
struct FlowFactTests {
  /// Limits whose products are exact: none below 0.25 L/min, 50 ml a turn.
  private func bench(
    _ phase: Phase = .onBypass, kind: PumpKind = .roller, rollers: UInt8 = 2,
    machineKind: MachineKind = .bypass
  ) -> FactBench {
    var machine = PaperMachine.adult()
    machine.kind = machineKind
    machine.limits.noFlow = .litersPerMinute(0.25)
    machine.pumps[0].kind = kind
    machine.pumps[0].roller.strokeVolume = .millilitersPerRevolution(50)
    machine.pumps[0].roller.rollers = rollers
    return FactBench(machine, phase: phase)
  }

  @Test("Low flow is under 70 % of what is set", .verifies("AL-20", "HZ-03"))
  func low() {
    let bench = bench()
    for (flow, holds) in [(3.5, false), (3.499, true)] {
      bench.push(set: 5, flow: flow)
      #expect(bench.holds(.flowLow) == holds)
    }
    bench.stand(.flowLow)
    for (flow, holds) in [(3.67, true), (3.68, false)] {
      bench.push(set: 5, flow: flow)
      #expect(bench.holds(.flowLow) == holds)
    }
  }

  @Test("Low flow is under 1.8 L/min for each square metre, in an organ not", .verifies("AL-20"))
  func tooLittle() {
    for (flow, holds) in [(1.8 * 1.9, false), (3.419, true)] {
      let patient = bench()
      patient.push(set: 4, flow: flow)
      #expect(patient.holds(.flowLow) == holds)
      let organ = bench(machineKind: .organ)
      organ.push(set: 4, flow: flow)
      #expect(!organ.holds(.flowLow))
    }
    let standing = bench()
    standing.stand(.flowLow)
    for (flow, holds) in [(3.59, true), (3.592, false)] {
      standing.push(set: 4, flow: flow)
      #expect(standing.holds(.flowLow) == holds)
    }
  }

  @Test("High flow is over 115 % of what is set", .verifies("AL-22", "HZ-57"))
  func high() {
    let bench = bench()
    let limit = 5 * bench.controller.configuration.limits.highFlow.value
    for (flow, holds) in [(limit, false), (limit + 0.001, true)] {
      bench.push(set: 5, flow: flow)
      #expect(bench.holds(.flowHigh) == holds)
    }
    bench.stand(.flowHigh)
    for (flow, holds) in [(5.64, true), (5.63, false)] {
      bench.push(set: 5, flow: flow)
      #expect(bench.holds(.flowHigh) == holds)
    }
  }

  @Test("A roller's speed means a flow too; a centrifugal pump's means none", .verifies("AL-22"))
  func bySpeed() {
    for (kind, mode, holds) in [
      (PumpKind.roller, PumpMode.speed, true), (.centrifugal, .speed, false),
      (.roller, .pressure, false),
    ] {
      let bench = bench(kind: kind)
      bench.push(flow: 6)
      bench.controller.status.pumps[0].mode = mode
      bench.controller.status.pumps[0].setSpeed = .rpm(100)
      #expect(bench.holds(.flowHigh) == holds)
      bench.controller.status.pumps[0].setSpeed = .rpm(110)
      #expect(!bench.holds(.flowHigh))
    }
  }

  @Test(
    "Flow is judged under support, but for weaning, and once the pump has settled",
    .verifies("AL-20", "AL-21"), arguments: RowDrive.phases)
  func phases(phase: Phase) {
    let bench = bench(phase)
    bench.push(flow: 0.1)
    let isJudged = phase.isSupporting && phase != .wean && phase != .partialBypass
    #expect(bench.holds(.flowLow) == isJudged)
    // In an arrest and after bypass a started pump still supports somebody.
    let isLeft = phase == .postBypass || phase == .circulatoryArrest
    #expect(bench.holds(.flowZero) == (phase.isSupporting || isLeft))
    for (reason, isSettled) in [
      (CommandReason.slewing, false), (.clampSequence, false), (.asSet, true), (.levelServo, true),
    ] {
      bench.controller.status.pumps[0].reason = reason
      #expect(bench.holds(.flowLow) == (isJudged && isSettled))
    }
    bench.push(flow: 0.1)
    bench.controller.status.pumps[0].flow.quality = .faulted
    #expect(!bench.holds(.flowLow) && !bench.holds(.flowZero))
  }

  /// Seconds until a pump that nobody drives is told, up to 20.
  private func standstill(
    _ bench: FactBench, flow: Double = 0, _ change: (inout Controller) -> Void = { _ in }
  ) -> Double? {
    bench.push(flow: flow)
    change(&bench.controller)
    return (1...4000).first { _ in bench.holds(.flowZero) }.map { Double($0) * 0.005 }
  }

  @Test(
    "A pump that the operator stops or sets to nothing is told in 5 s, in full support alone",
    .verifies("AL-21", "HZ-03"), arguments: RowDrive.phases)
  func standing(phase: Phase) throws {
    let isMissed = phase.isSupporting && phase != .wean && phase != .partialBypass
    let stopped = standstill(bench(phase)) { $0.intents[0].isStarted = false }
    let atZero = standstill(bench(phase)) { $0.status.pumps[0].commandedSpeed = .zero }
    #expect((stopped != nil) == isMissed && (atZero != nil) == isMissed)
    guard isMissed else { return }
    for time in [stopped, atZero] {
      let seconds = try #require(time)
      #expect((seconds - 5).magnitude < 0.02)
    }
  }

  @Test("A standing pump is told by its flow; unmeasured, by its command", .verifies("AL-21"))
  func standingFlow() {
    let stop = { (controller: inout Controller) in controller.intents[0].isStarted = false }
    #expect(standstill(bench(), flow: 0.249, stop) != nil)
    #expect(standstill(bench(), flow: 0.25, stop) == nil)
    let unmeasured = standstill(bench()) {
      stop(&$0)
      $0.status.pumps[0].flow.quality = .faulted
    }
    #expect(unmeasured != nil)
  }

  @Test("A standstill that is told ends half above the limit at which it began", .verifies("AL-21"))
  func standingRelease() {
    for (flow, isTold) in [(0.374, true), (0.376, false)] {
      let told = bench()
      told.stand(.flowZero)
      #expect((standstill(told, flow: flow) { $0.intents[0].isStarted = false } != nil) == isTold)
    }
  }

  @Test("A stop of the interlocks has its own alarm", .verifies("AL-21"))
  func standingHeld() {
    let held = bench()
    held.stand(.arterialAir)
    #expect(held.controller.interlocks.verdicts[0].grade >= .zeroFlow)
    #expect(standstill(held) { $0.intents[0].isStarted = false } == nil)
  }

  @Test(
    "A stop that a matrix makes of an event of medium priority is told as missing flow at once",
    .verifies("AL-21", "HZ-03"),
    arguments: [Phase.onBypass, .partialBypass, .wean, .ecmo, .exVivo, .prime, .setup])
  func standingHeldLow(phase: Phase) {
    for (rows, response, isTold) in [
      ([MachineRow.levelAlert], Response.stop, true), ([.levelAlert], .hold, true),
      ([.levelAlert, .levelAlarm], .stop, false),
    ] {
      var machine = PaperMachine.adult()
      machine.responses[0, .levelAlert] = response
      let bench = FactBench(machine, phase: phase)
      for row in rows { bench.stand(row) }
      bench.push(flow: 0)
      #expect(bench.holds(.flowZero) == (phase.isSupporting && isTold), "\(rows)")
      bench.push(flow: 1)
      #expect(!bench.holds(.flowZero) || !phase.isSupporting)
    }
  }

  @Test("A flow that swings delays it, one that stays keeps it away", .verifies("AL-21"))
  func swinging() {
    let bench = bench()
    bench.push(flow: 0)
    bench.controller.intents[0].isStarted = false
    for (flow, ticks, holds) in [
      (0.0, 900, false), (1, 900, false), (0, 900, false), (1, 100, false), (0, 190, false),
      (0, 20, true), (1, 50, false),
    ] {
      bench.controller.status.pumps[0].flow.value = .litersPerMinute(flow)
      var isTold = false
      for _ in 0..<ticks { isTold = bench.holds(.flowZero) }
      #expect(isTold == holds)
    }
  }

  /// Ticks without flow until it is told, up to 1000.
  private func ticksUntilZero(_ bench: FactBench, speed: Double, flow: Double = 0) -> Int? {
    bench.push(flow: flow, speed: speed)
    return (1...1000).first { _ in bench.holds(.flowZero) }
  }

  @Test("No flow is less than the limit; told, it must come back to half as much again")
  func none() {
    #expect(ticksUntilZero(bench(), speed: 100, flow: 0.249) == 1)
    #expect(ticksUntilZero(bench(), speed: 100, flow: 0.25) == nil)
    let standing = bench()
    standing.stand(.flowZero)
    #expect(ticksUntilZero(standing, speed: 100, flow: 0.374) == 1)
    #expect(ticksUntilZero(standing, speed: 100, flow: 0.375) == nil)
  }

  @Test(
    "A slow roller is given the time between two portions, at most 2.5 s", .verifies("AL-21"),
    arguments: [(100, 2, 0), (60, 2, 0), (20, 2, 200), (20, 1, 500), (12, 1, 500), (12, 3, 234)])
  func ripple(speed: Double, rollers: UInt8, wait: Int) throws {
    let ticks = try #require(ticksUntilZero(bench(rollers: rollers), speed: speed))
    #expect((ticks - wait - 1).magnitude <= 1)
  }

  @Test("A gap in the flow counts without a break only")
  func gap() {
    let bench = bench()
    for _ in 0..<3 {
      bench.push(flow: 0, speed: 20)
      for _ in 0..<150 { #expect(!bench.holds(.flowZero)) }
      bench.push(flow: 1, speed: 20)
      #expect(!bench.holds(.flowZero))
    }
  }

  @Test("A centrifugal pump has no ripple; running, it must deliver above its floor")
  func expected() {
    #expect(ticksUntilZero(bench(), speed: 7.5) == nil)
    #expect(ticksUntilZero(bench(), speed: 7.6) != nil)
    let centrifugal = bench(kind: .centrifugal)
    centrifugal.controller.status.pumps[0].speedFloor = .rpm(1500)
    #expect(ticksUntilZero(centrifugal, speed: 1501) == nil)
    centrifugal.controller.pumps[0].adopt(measured: .rpm(1500))
    #expect(ticksUntilZero(centrifugal, speed: 1500) == nil)
    #expect(ticksUntilZero(centrifugal, speed: 1501) == 1)
  }

  @Test("A probe that reads backwards while the roller turns is reversed", .verifies("HZ-43"))
  func reversed() {
    for (probe, speed, kind, holds) in [
      (-0.26, 15.1, PumpKind.roller, true), (-0.25, 15.1, .roller, false),
      (-0.26, 15, .roller, false), (-0.26, 15.1, .centrifugal, false),
    ] {
      let bench = bench(kind: kind)
      #expect(!bench.holds(.probeReversed))
      bench.put(.arterialFlow, probe)
      bench.controller.status.pumps[0].measuredSpeed = FactBench.valid(.rpm(speed))
      #expect(bench.holds(.probeReversed) == holds)
      bench.controller.findings[0].probeContradicted = true
      #expect(bench.holds(.probeReversed))
    }
  }
}
