import PerfusionCore
import TestSupport
import Testing

@Suite("A roller pump notices what is wrong with it")
struct RollerDetectionTests {
  @Test(
    "Run-away is found within 300 ms", .verifies("HZ-10", "AL-26", "C11"),
    arguments: [8, 60, 101, 169.0], [0.02, 0.05, 0.1])
  func overspeed(speed: Double, lag: Double) throws {
    var bench = PumpBench(.roller())
    bench.drive.lag = lag
    bench.start(at: speed)
    bench.drive.stuckSpeed = 250
    let time = bench.time(until: { $0.output.findings.overspeed }, within: 2)
    #expect(try #require(time) <= 0.3)
    #expect(!bench.output.drive.removeTorque)
  }

  @Test("A drive that runs without being told is found", .verifies("HZ-10"))
  func uncommanded() throws {
    var bench = PumpBench(.roller())
    bench.run(1)
    bench.drive.stuckSpeed = 250
    let time = bench.time(until: { $0.output.findings.overspeed }, within: 2)
    #expect(try #require(time) <= 0.35)
  }

  @Test(
    "A lost belt raises low speed, a blocked rotor with its current a jam",
    .verifies("HZ-11", "AL-27", "AL-28"))
  func lowAndJam() throws {
    var slow = PumpBench(.roller())
    slow.start(at: 100)
    slow.drive.gain = 0.7
    let low = slow.time(until: { $0.output.findings.speedLow }, within: 4)
    #expect(try #require(low) < 1.6)
    #expect(!slow.output.findings.jam)
    var blocked = PumpBench(.roller())
    blocked.start(at: 100)
    blocked.drive.isJammed = true
    blocked.current = 6
    let jam = blocked.time(until: { $0.output.findings.jam }, within: 2)
    #expect(try #require(jam) <= 0.25)
  }

  @Test("A rotor that the drive has lost is found within 700 ms", .verifies("HZ-11"))
  func slip() throws {
    var bench = PumpBench(.roller())
    bench.start(at: 60)
    bench.drive.isUncoupled = true
    bench.current = 0.5
    let time = bench.time(until: { $0.output.findings.slip }, within: 2)
    #expect(try #require(time) <= 0.7)
    #expect(!bench.output.findings.jam)
  }

  @Test(
    "An empty raceway shows by its current after 3 s, never while it is loaded",
    .verifies("HZ-20"))
  func noTube() throws {
    var bench = PumpBench(.roller())
    bench.start(at: 60)
    #expect(!bench.output.findings.noTube)
    bench.current = 1.2
    let time = bench.time(until: { $0.output.findings.noTube }, within: 5)
    #expect(abs(try #require(time) - 3) < 0.1)
  }

  @Test(
    "Turning the wrong way is found within 50 ms of motion and a tenth of a turn",
    .verifies("HZ-07", "AL-29"), arguments: [5, 20, 101, 250.0], [1, 2, 3] as [UInt64])
  func wrongDirection(speed: Double, seed: UInt64) throws {
    var bench = PumpBench(.roller(), seed: seed)
    bench.drive.isSwapped = true
    bench.drive.lag = 0.03
    bench.run(1)
    bench.intent.isStarted = true
    bench.intent.setSpeed = .rpm(speed)
    var moving: Double?
    var found: Double?
    while found == nil && bench.seconds < 6 {
      bench.tick()
      if moving == nil && bench.drive.speed < -1 { moving = bench.seconds }
      if bench.output.findings.wrongDirection { found = bench.seconds }
    }
    let time = try #require(found) - (try #require(moving))
    #expect(time <= (speed >= 20 ? 0.06 : 0.2), "\(time)")
    #expect(bench.drive.turns > -0.1)
  }

  @Test("Encoder noise at any speed raises nothing", arguments: 0..<8)
  func quiet(seed: Int) {
    var bench = PumpBench(.roller(), seed: UInt64(seed))
    var noise = Noise(seed: UInt64(seed) + 50)
    bench.drive.noiseCounts = 3
    bench.drive.lag = 0.02 + 0.13 * Double(seed) / 7
    bench.drive.gain = 1 + 0.05 * noise.next()
    bench.intent.isStarted = true
    for step in 0..<12_000 {
      if step % 600 == 0 {
        let pick = (noise.next() + 1) / 2
        bench.intent.setSpeed = .rpm(pick < 0.3 ? 1 + 10 * pick : 250 * pick)
        bench.intent.isStarted = noise.next() > -0.7
      }
      bench.tick()
      let found = bench.output.findings
      let isQuiet =
        !found.overspeed && !found.speedLow && !found.jam && !found.slip && !found.wrongDirection
        && !found.handCrank && !found.noTube && !found.rotorUnusable && !found.driveDead
        && !found.torqueNotOff
      #expect(isQuiet, "seed \(seed) at \(bench.seconds) s: \(found)")
      if !isQuiet { return }
    }
  }

  @Test("A hand crank on a dead drive is told as such", .verifies("AL-64"))
  func handCrank() throws {
    var bench = PumpBench(.roller())
    bench.start(at: 100)
    bench.constraint.grade = .forcedStop
    bench.run(1)
    #expect(!bench.output.findings.handCrank)
    bench.drive.crank = 60
    let time = bench.time(until: { $0.output.findings.handCrank }, within: 2)
    #expect(try #require(time) <= 0.45)
    #expect(!bench.output.findings.overspeed && !bench.output.findings.wrongDirection)
    #expect(bench.status.flow.value > .litersPerMinute(2.5))
  }

  @Test("A dead drive and torque that stays on are told", .verifies("HZ-11", "AL-30", "AL-59"))
  func driveSignals() throws {
    var bench = PumpBench(.roller())
    bench.start(at: 100)
    bench.environment.signals.driveAlive = Reading(false, takenAt: bench.now)
    let silent = bench.time(until: { $0.output.findings.driveFault }, within: 1)
    #expect(try #require(silent) <= 0.06)
    #expect(!bench.output.findings.driveDead)
    bench.drive.stuckSpeed = 0
    let dead = bench.time(until: { $0.output.findings.driveDead }, within: 1)
    #expect(try #require(dead) <= 0.15)
    bench.drive.stuckSpeed = nil
    bench.run(1)
    bench.environment.signals.driveAlive = Reading(true, takenAt: bench.now)
    bench.environment.signals.driveFault = Reading(true, takenAt: bench.now)
    let fault = bench.time(until: { $0.output.findings.driveFault }, within: 1)
    #expect(try #require(fault) <= 0.06)
  }

  @Test("A wrong tubing constant shows against the probe after 10 s", .verifies("HZ-17", "AL-25"))
  func mismatch() throws {
    var bench = PumpBench(.roller())
    bench.start(at: 100)
    bench.environment.flowProbe = Reading(.litersPerMinute(4.3), takenAt: bench.now)
    bench.run(15)
    #expect(!bench.output.findings.flowMismatch)
    bench.environment.flowProbe = Reading(.litersPerMinute(2.7), takenAt: bench.now)
    let time = bench.time(until: { $0.output.findings.flowMismatch }, within: 15)
    #expect(abs(try #require(time) - 10) < 0.1)
    #expect(bench.status.flow.value == .litersPerMinute(2.7))
  }
}
