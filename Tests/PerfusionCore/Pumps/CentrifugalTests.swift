import PerfusionCore
import TestSupport
import Testing

@Suite("A centrifugal pump keeps blood from running backwards")
struct CentrifugalTests {
  @Test(
    "The floor is 1.1 times the balance speed of the reference", .verifies("HZ-06", "C3"),
    arguments: [(40, 1526), (60, 1728), (80, 1908), (100, 2073)] as [(Double, Double)])
  func floor(map: Double, balance: Double) {
    var rig = CentrifugalBench()
    rig.map = map
    rig.run(8)
    #expect(abs(rig.bench.pump.centrifugal.floor.balance.revolutionsPerMinute - balance) < 3)
    #expect(abs(rig.bench.status.speedFloor.revolutionsPerMinute - 1.1 * balance) < 4)
  }

  @Test("Without any pressure the floor rests on 80 mmHg", .verifies("HZ-06"))
  func assumedFloor() {
    var bench = PumpBench(.centrifugal())
    bench.environment.clampFitted = true
    bench.run(3)
    #expect(abs(bench.status.speedFloor.revolutionsPerMinute - 2098.5) < 2)
    #expect(!bench.pump.centrifugal.floor.isMeasured)
  }

  @Test(
    "Initiation: behind the clamp at 2200 rpm, opened, forward within a second, no drop back",
    .verifies("C3", "HZ-06"), arguments: 0..<6)
  func initiation(seed: Int) throws {
    var rig = CentrifugalBench(seed: UInt64(seed))
    rig.run(1)
    #expect(!rig.bench.output.findings.mayOpenClamp && rig.bench.output.wantsClampClosed)
    rig.bench.intent.isStarted = true
    rig.bench.intent.setSpeed = .rpm(2200)
    rig.run(8)
    #expect(abs(rig.speed - 2200) < 25)
    #expect(rig.linePressure > rig.map + 20 && rig.bench.output.findings.mayOpenClamp)
    rig.bench.intent.wantsClampOpen = true
    rig.run(1.3)
    #expect(rig.flow > 0.3)
    var lowest = 10.0
    for _ in 0..<1000 {
      rig.tick()
      lowest = min(lowest, rig.flow)
    }
    #expect(lowest > -0.1 && rig.retrograde < 0.5)
    rig.bench.intent.setSpeed = .rpm(3058)
    rig.map = 60
    rig.run(8)
    #expect(abs(rig.flow - 4.56) < 0.6, "\(rig.flow)")
    #expect(!rig.bench.output.findings.backflow)
  }

  @Test("Started with the clamp wanted open it spins to floor + 300 first", .verifies("C3"))
  func startSequence() {
    var rig = CentrifugalBench()
    rig.bench.intent.isStarted = true
    rig.bench.intent.wantsClampOpen = true
    rig.bench.intent.setSpeed = .rpm(3000)
    var fastestClosed = 0.0
    for _ in 0..<3000 {
      rig.tick()
      if rig.bench.output.wantsClampClosed { fastestClosed = max(fastestClosed, rig.speed) }
      if rig.bench.output.wantsClampOpen && rig.clampPosition < 0.5 {
        #expect(rig.speed >= rig.bench.status.speedFloor.revolutionsPerMinute - 30)
      }
      #expect(rig.flow > -0.1)
    }
    #expect(fastestClosed < rig.bench.status.speedFloor.revolutionsPerMinute + 310)
    #expect(abs(rig.speed - 3000) < 20 && rig.bench.status.reason == .asSet)
  }

  @Test(
    "The knob stops at the floor; forced for 3 s it goes below and is told",
    .verifies("AL-24", "AL-23", "C3"))
  func knob() throws {
    var rig = CentrifugalBench()
    rig.map = 60
    rig.start(at: 3058)
    rig.bench.intent.setSpeed = .rpm(1500)
    rig.run(4)
    #expect(abs(rig.bench.status.commandedSpeed.revolutionsPerMinute - 1900) < 4)
    #expect(rig.bench.status.reason == .speedFloor && rig.bench.status.setSpeed == .rpm(1500))
    #expect(rig.flow > 0)
    rig.bench.intent.forcedBelowFloor = true
    rig.run(2.8)
    #expect(rig.bench.status.commandedSpeed > .rpm(1890))
    let below = rig.time(until: { $0.bench.output.findings.belowFloor }, within: 2)
    #expect(try #require(below) < 1.2)
    let back = rig.time(until: { $0.bench.output.findings.backflow }, within: 3)
    _ = try #require(back)
    #expect(rig.retrograde < 5)
    rig.bench.constraint.grade = .zeroFlow
    let closed = rig.time(until: { $0.clampPosition < 0.02 }, within: 2)
    #expect(try #require(closed) <= 0.4)
  }

  @Test(
    "A stop closes the clamp before the pump slows", .verifies("HZ-06", "C3"),
    arguments: [true, false])
  func clampFirst(byInterlock: Bool) {
    var rig = CentrifugalBench()
    rig.map = 60
    rig.start(at: 3058)
    if byInterlock {
      rig.bench.constraint.grade = .stop
    } else {
      rig.bench.intent.isStarted = false
    }
    var sawIdle = false
    for _ in 0..<1600 {
      rig.tick()
      if rig.clampPosition > 0.02 {
        #expect(rig.bench.status.commandedSpeed >= .rpm(3057))
      }
      if abs(rig.speed - 1000) < 20 { sawIdle = true }
    }
    #expect(sawIdle && rig.speed < 1 && rig.retrograde < 0.1)
    #expect(!rig.bench.output.drive.isEnabled && rig.bench.output.wantsClampClosed)
  }

  @Test("With a clamp that does not close it balances instead of stopping", .verifies("HZ-05"))
  func clampSticks() {
    var rig = CentrifugalBench()
    rig.map = 60
    rig.start(at: 3058)
    rig.clampSticks = true
    rig.bench.intent.isStarted = false
    rig.run(0.7)
    #expect(rig.bench.output.findings.clampNotClosed)
    rig.run(6)
    #expect(abs(rig.speed - 1610) < 20 && abs(rig.flow) < 0.05 && rig.retrograde < 60)
    rig.clampSticks = false
    rig.run(8)
    #expect(rig.speed < 1 && !rig.bench.output.findings.clampNotClosed)
  }

  @Test(
    "Air and a clamp that does not close: the drive alone ends the flow",
    .verifies("HZ-05", "HZ-01"),
    arguments: [50.0, 70, 90, 110])
  func clampSticksForAir(patient: Double) throws {
    var rig = CentrifugalBench()
    rig.map = patient
    rig.start(at: 3058)
    #expect(rig.flow > 2.5)
    rig.clampSticks = true
    rig.bench.constraint.grade = .zeroFlow
    let before = rig.flow
    let low = rig.time(until: { $0.flow < before / 4 }, within: 3)
    #expect(try #require(low) <= 2.5)
    let ended = rig.time(until: { abs($0.flow) < 0.1 }, within: 3)
    #expect(try #require(ended) <= 1.5)
    rig.run(10)
    #expect(abs(rig.flow) < 0.05 && rig.retrograde < 15)
  }

  @Test(
    "A flow probe that lies while the clamp does not close costs no more than the floor's margin",
    .verifies("HZ-05", "HZ-06"), arguments: [-2.0, 2])
  func clampSticksAndProbeLies(reading: Double) {
    var rig = CentrifugalBench()
    rig.map = 60
    rig.start(at: 3058)
    rig.clampSticks = true
    rig.probe = reading
    rig.bench.constraint.grade = .zeroFlow
    rig.run(10)
    // What holds 60 mmHg and the height with the inlet's 12 mmHg at rest.
    let balance = ((60 + 31 - 12) / rig.a).squareRoot()
    #expect(rig.speed > balance / 1.1 - 25 && rig.speed < balance * 1.1 + 60)
  }

  @Test(
    "Zero-flow hold balances at floor + 300 and is told after 30 and 120 s",
    .verifies("HZ-01", "C7", "AL-21"))
  func zeroFlow() throws {
    var rig = CentrifugalBench()
    rig.map = 60
    rig.start(at: 3058)
    rig.bench.constraint.grade = .zeroFlow
    let closed = rig.time(until: { $0.clampPosition < 0.02 }, within: 1)
    #expect(try #require(closed) <= 0.35)
    rig.run(5)
    let hold = rig.bench.status.speedFloor.revolutionsPerMinute + 300
    #expect(abs(rig.speed - hold) < 25 && rig.bench.status.reason == .zeroFlowHold)
    #expect(rig.retrograde < 0.1)
    #expect(!rig.bench.output.findings.zeroFlowLong)
    rig.run(27)
    #expect(rig.bench.output.findings.zeroFlowLong && !rig.bench.output.findings.zeroFlowVeryLong)
    rig.run(90)
    #expect(rig.bench.output.findings.zeroFlowVeryLong)
    rig.bench.constraint.grade = .none
    rig.run(5)
    #expect(abs(rig.speed - 3058) < 25 && !rig.bench.output.findings.zeroFlowLong)
  }

  @Test(
    "Forced stop: clamp first, torque off at the latest after 300 ms, at once in a run-away",
    .verifies("HZ-10", "HZ-06"))
  func forcedStop() throws {
    for travel in [0.15, 2.0] {
      var rig = CentrifugalBench()
      rig.start(at: 3058)
      rig.clampTravel = travel
      rig.bench.constraint.grade = .forcedStop
      let off = rig.time(until: { $0.bench.output.drive.removeTorque }, within: 1)
      #expect(try #require(off) <= 0.31)
      if travel < 0.3 { #expect(rig.clampPosition < 0.02) }
    }
    var rig = CentrifugalBench()
    rig.start(at: 2500)
    rig.bench.drive.stuckSpeed = 4500
    let found = rig.time(until: { $0.bench.output.findings.overspeed }, within: 1)
    #expect(try #require(found) <= 0.45)
    rig.bench.constraint.grade = .forcedStop
    rig.tick()
    #expect(rig.bench.output.drive.removeTorque)
  }

  @Test(
    "Flow hold follows a change of afterload within its band, and settles", .verifies("C3"),
    arguments: [3.5, 5.4, 8.0])
  func flowHold(resistance: Double) {
    var rig = CentrifugalBench()
    rig.quadratic = resistance
    rig.map = 60
    rig.start(at: 2900)
    let flow = rig.flow
    rig.bench.intent.setFlow = .litersPerMinute(flow)
    rig.bench.intent.mode = .flow
    for _ in 0..<600 {
      rig.tick()
      #expect(abs(rig.flow - flow) < 0.1)
    }
    rig.map = 90
    rig.run(1.0)
    let early = abs(rig.flow - flow)
    rig.run(6)
    #expect(abs(rig.flow - flow) < 0.05 && early < 0.5, "\(early)")
    #expect(rig.speed > 2950)
  }

  @Test("Flow hold never chases flow into suction, and stays still in chatter", .verifies("HZ-12"))
  func suction() {
    var rig = CentrifugalBench()
    rig.map = 60
    rig.start(at: 2900)
    rig.bench.intent.setFlow = .litersPerMinute(rig.flow)
    rig.bench.intent.mode = .flow
    rig.run(3)
    let before = rig.bench.status.commandedSpeed.revolutionsPerMinute
    rig.inletStatic = -90
    rig.run(10)
    #expect(rig.bench.status.commandedSpeed.revolutionsPerMinute < before + 60)
    rig.inletStatic = 12
    rig.run(10)
    rig.chatter = 25
    rig.run(5)
    #expect(rig.bench.output.findings.chatter)
    let still = rig.bench.status.commandedSpeed
    rig.bench.intent.setFlow = .litersPerMinute(6)
    rig.run(3)
    #expect((rig.bench.status.commandedSpeed - still).magnitude < .rpm(1))
    rig.chatter = 0
    rig.run(6)
    #expect(!rig.bench.output.findings.chatter)
  }

  @Test("Chatter of 3 mmHg or slow breathing raises nothing, 20 mmHg within 5 s")
  func chatterLimits() throws {
    var rig = CentrifugalBench()
    rig.map = 60
    rig.start(at: 2900)
    rig.chatter = 4
    rig.run(10)
    #expect(!rig.bench.output.findings.chatter)
    rig.chatter = 20
    let time = rig.time(until: { $0.bench.output.findings.chatter }, within: 8)
    #expect(try #require(time) < 5)
  }

  @Test(
    "Air in the head is found within 500 ms, a slipping magnet too",
    .verifies("HZ-40", "AL-31", "C7"))
  func prime() throws {
    var rig = CentrifugalBench()
    rig.map = 60
    rig.start(at: 3058, settle: 40)
    #expect(!rig.bench.output.findings.lossOfPrime && !rig.bench.output.findings.decoupled)
    rig.headShare = 0.1
    var lost: Double?
    var decoupled: Double?
    var stopped: Double?
    for step in 1...400 {
      rig.tick()
      let time = Double(step) * 0.005
      if stopped == nil && rig.flow < 0.3 { stopped = time }
      if lost == nil && rig.bench.output.findings.lossOfPrime { lost = time }
      if decoupled == nil && rig.bench.output.findings.decoupled { decoupled = time }
    }
    let start = try #require(stopped)
    #expect(try #require(lost) - start <= 0.5)
    #expect(try #require(decoupled) - start <= 0.5)
  }

  @Test("A kinked line is neither loss of prime nor a slipping magnet")
  func kink() {
    var rig = CentrifugalBench()
    rig.map = 60
    rig.start(at: 3058, settle: 40)
    rig.kink = 1e5
    for _ in 0..<600 {
      rig.tick()
      #expect(!rig.bench.output.findings.lossOfPrime && !rig.bench.output.findings.decoupled)
    }
    #expect(rig.flow < 0.1)
  }

  @Test("Spin-down without power is told at once", .verifies("HZ-06", "AL-24", "C3"))
  func powerLoss() throws {
    var rig = CentrifugalBench()
    rig.map = 60
    rig.start(at: 3058)
    rig.bench.drive.lag = 0.3
    rig.bench.drive.stuckSpeed = 0
    rig.bench.environment.signals.driveAlive = Reading(false, takenAt: rig.bench.now)
    let dead = rig.time(until: { $0.bench.output.findings.driveDead }, within: 1)
    #expect(try #require(dead) <= 0.1)
    rig.bench.constraint.grade = .zeroFlow
    let closed = rig.time(until: { $0.clampPosition < 0.02 }, within: 1)
    #expect(try #require(closed) <= 0.3)
    #expect(rig.retrograde < 5)
  }

  @Test(
    "A lost drive-alive takes no flow away while rotor and flow go on, and is told",
    .verifies("HZ-06", "HZ-11", "R3", "AL-30"))
  func aliveLost() {
    var rig = CentrifugalBench()
    rig.map = 60
    rig.start(at: 3058)
    rig.bench.environment.signals.driveAlive = Reading(false, takenAt: rig.bench.now)
    rig.run(0.06)
    for _ in 0..<2000 {
      rig.tick()
      #expect(rig.bench.output.findings.driveFault && !rig.bench.output.findings.driveDead)
    }
    #expect(rig.flow > 3)
    rig.probe = 0
    rig.run(0.03)
    #expect(rig.bench.output.findings.driveDead)
    rig.probe = nil
    rig.run(0.03)
    #expect(!rig.bench.output.findings.driveDead)
    rig.bench.encoderQuality = .faulted
    rig.run(0.2)
    #expect(rig.bench.output.findings.driveDead)
  }

  @Test(
    "A drive that has its power back catches up without overspeed",
    .verifies("HZ-06", "HZ-10", "C3"),
    arguments: [0.97, 1, 1.03])
  func powerBack(gain: Double) {
    var bench = PumpBench(.centrifugal())
    bench.drive.gain = gain
    bench.drive.noiseCounts = 0.3
    bench.drive.lag = 0.1
    bench.environment.arterialPressure = Reading(.mmHg(60), takenAt: .start)
    bench.start(at: 3000, settle: 20)
    let before = bench.meanSpeed(over: 5)
    #expect(abs(before - 3000) < 15)
    bench.environment.signals.driveAlive = Reading(false, takenAt: bench.now)
    bench.drive.stuckSpeed = 0
    bench.run(60)
    bench.environment.signals.driveAlive = Reading(true, takenAt: bench.now)
    bench.drive.stuckSpeed = nil
    let overspeed = bench.time(until: { $0.output.findings.overspeed }, within: 10)
    #expect(overspeed == nil)
    #expect(abs(bench.meanSpeed(over: 5) - 3000) < 15)
  }

  @Test(
    "An organ's pump knows no floor and no balance, and goes straight to rest", .verifies("C13"),
    arguments: [Grade.zeroFlow, .stop])
  func organ(grade: Grade) throws {
    var bench = PumpBench(.centrifugal())
    bench.environment.floorApplies = false
    bench.start(at: 900, settle: 10)
    #expect(abs(bench.meanSpeed(over: 5) - 900) < 10)
    #expect(bench.status.reason == .asSet)
    bench.constraint.grade = grade
    let rested = bench.time(until: { $0.status.commandedSpeed == .zero }, within: 5)
    // 900 rpm at 1000 rpm/s, no half second at idle.
    #expect(try #require(rested) < 1)
    bench.run(5)
    #expect(bench.status.commandedSpeed == .zero)
  }

  @Test(
    "Restart on bypass goes on at the measured speed with the clamp as it is",
    .verifies("HZ-55"))
  func adoption() {
    var rig = CentrifugalBench()
    rig.map = 60
    rig.start(at: 3058)
    var restarted = Pump(configuration: .centrifugal(), tick: .milliseconds(5))
    for _ in 0..<100 {
      rig.tick()
      restarted.watch(rig.bench.environment)
    }
    restarted.adopt(measured: rig.bench.status.measuredSpeed.value)
    rig.bench.pump = restarted
    for _ in 0..<1000 {
      rig.tick()
      #expect(rig.bench.output.wantsClampOpen && abs(rig.speed - 3058) < 40)
    }
  }
}
