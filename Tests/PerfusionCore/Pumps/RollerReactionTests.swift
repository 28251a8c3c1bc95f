import PerfusionCore
import TestSupport
import Testing

@Suite("A roller pump carries out what interlocks and servos allow")
struct RollerReactionTests {
  @Test(
    "A controlled stop stands within 250 ms from any speed and moves little blood",
    .verifies("HZ-01", "HZ-08", "C7"), arguments: [22, 101, 169, 250.0], [0.02, 0.05])
  func controlledStop(speed: Double, lag: Double) {
    var bench = PumpBench(.roller())
    bench.drive.lag = lag
    bench.start(at: speed)
    bench.constraint.grade = .stop
    bench.constraint.reason = .stopped
    let before = bench.drive.turns
    let time = bench.time(until: { $0.status.commandedSpeed == .zero }, within: 1)
    #expect((time ?? 9) <= 0.16)
    bench.run(0.25 - (time ?? 0))
    #expect(bench.drive.speed < max(3, 0.06 * speed))
    if speed <= 101 { #expect((bench.drive.turns - before) * 45 < 12) }
    #expect(bench.status.reason == .stopped)
    bench.run(1)
    #expect(!bench.output.drive.isEnabled && bench.drive.speed < 0.1)
  }

  @Test("The operator's stop takes about one second")
  func normalStop() {
    var bench = PumpBench(.roller())
    bench.start(at: 101)
    bench.intent.isStarted = false
    let time = bench.time(until: { $0.status.commandedSpeed == .zero }, within: 3) ?? 9
    #expect(time > 0.5 && time < 2)
  }

  @Test("A forced stop removes torque in the same tick", .verifies("HZ-10", "C11"))
  func forcedStop() {
    var bench = PumpBench(.roller())
    bench.start(at: 101)
    bench.constraint.grade = .forcedStop
    bench.tick()
    #expect(bench.output.drive.removeTorque && !bench.output.drive.isEnabled)
    #expect(bench.status.reason == .torqueOff)
  }

  @Test("After a resumed stop the speed ramps up from ten per cent in two seconds", .verifies("C7"))
  func resume() {
    var bench = PumpBench(.roller())
    bench.start(at: 100)
    bench.constraint.grade = .stop
    bench.run(2)
    bench.constraint.grade = .none
    bench.tick()
    #expect(bench.status.commandedSpeed >= .rpm(9.9) && bench.status.commandedSpeed < .rpm(12))
    bench.run(1)
    let half = bench.status.commandedSpeed.revolutionsPerMinute
    #expect(half > 50 && half < 60)
    bench.run(1.1)
    #expect(bench.status.commandedSpeed == .rpm(100))
  }

  @Test("Hold freezes the speed against every rise and lets the operator slow down")
  func hold() {
    var bench = PumpBench(.roller())
    bench.start(at: 80)
    bench.constraint.grade = .hold
    bench.intent.setSpeed = .rpm(120)
    bench.run(3)
    #expect(bench.status.commandedSpeed == .rpm(80))
    #expect(bench.status.reason == .held && bench.status.setSpeed == .rpm(120))
    bench.intent.setSpeed = .rpm(60)
    bench.run(3)
    #expect(bench.status.commandedSpeed == .rpm(60))
    bench.constraint.grade = .keepRunning
    bench.intent.setSpeed = .rpm(90)
    bench.run(3)
    #expect(bench.status.commandedSpeed == .rpm(90))
  }

  @Test("The servo's share scales the set-point, never under ten per cent for the arterial pump")
  func regulate() {
    var bench = PumpBench(.roller())
    bench.start(at: 100)
    bench.constraint.grade = .regulate
    bench.constraint.reason = .levelServo
    bench.constraint.factor = .of(0.4)
    bench.run(2)
    #expect(bench.status.commandedSpeed == .rpm(40) && bench.status.setSpeed == .rpm(100))
    #expect(bench.status.reason == .levelServo)
    bench.constraint.factor = .zero
    bench.run(2)
    #expect((bench.status.commandedSpeed - .rpm(10)).magnitude < .rpm(1e-9))
    bench.constraint.factor = .one
    bench.constraint.grade = .none
    bench.run(2)
    #expect(bench.status.commandedSpeed == .rpm(100) && bench.status.reason == .asSet)
  }

  @Test("An open cover caps the speed", .verifies("HZ-21"))
  func cap() {
    var bench = PumpBench(.roller())
    bench.start(at: 100)
    bench.constraint.speedCap = .rpm(30)
    bench.run(2)
    #expect(bench.status.commandedSpeed == .rpm(30) && bench.status.reason == .speedLimit)
  }

  @Test(
    "Only vents and suckers turn in reverse, and only from a stand", .verifies("HZ-07", "HZ-37"))
  func reverse() {
    var arterial = PumpBench(.roller())
    arterial.start(at: -50)
    #expect(arterial.drive.turns < 0.01 && arterial.drive.turns > -0.01)
    #expect(arterial.output.findings.reverseRefused)
    var vent = PumpBench(.roller(.vent, tube: .quarter, stroke: 13))
    vent.start(at: 50)
    vent.intent.setSpeed = .rpm(-40)
    for _ in 0..<600 {
      vent.tick()
      if vent.output.drive.isReversed { #expect(vent.drive.speed < 3); break }
    }
    vent.run(6)
    #expect(abs(vent.drive.speed + 40) < 0.7)
    #expect(vent.status.commandedSpeed == .rpm(-40))
    #expect(!vent.output.findings.wrongDirection && !vent.output.findings.overspeed)
  }

  @Test("A standing pump does not start on a tube that was not confirmed", .verifies("HZ-17"))
  func unconfirmedTube() throws {
    var bench = PumpBench(.roller())
    bench.constraint.tubeConfirmed = false
    bench.start(at: 50, settle: 1)
    #expect(bench.drive.turns == 0 && !bench.output.drive.isEnabled)
    bench.constraint.tubeConfirmed = true
    bench.run(5)
    #expect(bench.drive.speed > 40)
    bench.constraint.tubeConfirmed = false
    bench.run(5)
    #expect(bench.drive.speed > 40)
    bench.intent.isStarted = false
    bench.constraint.tubeConfirmed = true
    bench.run(3)
    try bench.pump.enterTube(.threeEighths, .millilitersPerRevolution(27))
    bench.intent.isStarted = true
    bench.run(2)
    #expect(bench.drive.speed < 0.1)
    let stroke = try bench.pump.confirmTube()
    #expect(stroke == .millilitersPerRevolution(27))
    bench.run(5)
    #expect(bench.drive.speed > 40 && bench.status.isTubeConfirmed)
  }
}
