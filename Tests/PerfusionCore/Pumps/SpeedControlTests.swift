import PerfusionCore
import TestSupport
import Testing

@Suite("A roller pump holds its speed")
struct SpeedControlTests {
  struct Drive: CustomTestStringConvertible, Sendable {
    var gain: Double
    var offset: Double
    var lag: Double
    var sampleEvery: Int
    var testDescription: String { "gain \(gain) offset \(offset) lag \(lag) every \(sampleEvery)" }
  }

  static let drives = [
    Drive(gain: 1, offset: 0, lag: 0.02, sampleEvery: 1),
    Drive(gain: 0.95, offset: 0, lag: 0.15, sampleEvery: 1),
    Drive(gain: 1.05, offset: 0, lag: 0.15, sampleEvery: 2),
    Drive(gain: 0.95, offset: -1.5, lag: 0.05, sampleEvery: 2),
    Drive(gain: 1.05, offset: 1.5, lag: 0.1, sampleEvery: 1),
    Drive(gain: 0.97, offset: 2, lag: 0.02, sampleEvery: 4),
  ]

  static func bench(_ model: Drive, seed: UInt64, milliseconds: Int = 5) -> PumpBench {
    var bench = PumpBench(.roller(), seed: seed, milliseconds: milliseconds)
    bench.drive.gain = model.gain
    bench.drive.offset = model.offset
    bench.drive.lag = model.lag
    bench.drive.sampleEvery = model.sampleEvery
    return bench
  }

  @Test(
    "The steady error stays within 0.5 rpm or 0.5 per cent, whatever the drive does wrong",
    .verifies("EP-1"), arguments: drives, [1, 3, 8.1, 18.5, 60, 101, 169, 235] as [Double])
  func steadyError(model: Drive, speed: Double) {
    for seed in [1, 2] as [UInt64] {
      var bench = Self.bench(model, seed: seed)
      bench.start(at: speed, settle: 14)
      let mean = bench.meanSpeed(over: 4)
      #expect(abs(mean - speed) <= max(0.5, 0.005 * speed), "mean \(mean), seed \(seed)")
      #expect(
        abs(bench.status.measuredSpeed.value.revolutionsPerMinute - speed) <= max(1, 0.01 * speed))
    }
  }

  @Test(
    "A rotor that is held winds nothing up: let go, it comes back and does not run away",
    .verifies("HZ-10", "HZ-11"), arguments: drives, [20, 101, 235] as [Double])
  func heldRotor(model: Drive, speed: Double) {
    var bench = Self.bench(model, seed: 5)
    bench.start(at: speed, settle: 14)
    let reference = bench.output.drive.speed.revolutionsPerMinute
    bench.drive.stuckSpeed = 0
    bench.run(30)
    let wound = bench.output.drive.speed.revolutionsPerMinute
    #expect(abs(wound - reference) <= 0.02 * speed + 0.5, "\(reference) to \(wound)")
    #expect(bench.output.findings.slip)
    bench.drive.stuckSpeed = nil
    var fastest = 0.0
    for _ in 0..<1000 {
      bench.tick()
      fastest = max(fastest, bench.drive.speed)
    }
    // A wound-up trim would make it 1.15.
    #expect(fastest <= speed * 1.06 + 0.5, "\(fastest)")
    bench.run(9)
    #expect(abs(bench.meanSpeed(over: 4) - speed) <= max(0.5, 0.005 * speed))
  }

  @Test("At 1 to 5 rpm the speed of each second stays within 3 per cent", arguments: [1, 3, 5.0])
  func lowSpeedSteadiness(speed: Double) {
    // A drive that turns faster than this at its smallest reference cannot be slowed down to it.
    for (index, model) in Self.drives.enumerated() where model.offset < 0.7 * speed {
      var bench = Self.bench(model, seed: UInt64(index + 7))
      bench.start(at: speed, settle: 25)
      for second in 0..<10 {
        let mean = bench.meanSpeed(over: 1)
        #expect(abs(mean - speed) <= 0.03 * speed + 0.02, "\(model) second \(second): \(mean)")
        #expect(bench.drive.speed > 0.5 * speed)
      }
    }
  }

  @Test("Ticks of 1, 10 and 20 ms hold the speed as 5 ms do", arguments: [1, 10, 20])
  func otherTicks(milliseconds: Int) {
    for model in Self.drives.prefix(3) {
      var bench = Self.bench(model, seed: 5, milliseconds: milliseconds)
      bench.drive.sampleEvery = 1
      bench.start(at: 101, settle: 8)
      #expect(abs(bench.meanSpeed(over: 2) - 101) <= 0.5)
    }
  }

  @Test("The commanded speed never changes faster than the slew limits", arguments: 0..<10)
  func slew(seed: Int) {
    var bench = PumpBench(.roller(), seed: UInt64(seed))
    var noise = Noise(seed: UInt64(seed + 100))
    bench.intent.isStarted = true
    var before = 0.0
    for step in 0..<2000 {
      if step % 70 == 0 { bench.intent.setSpeed = .rpm(125 + 125 * noise.next()) }
      bench.tick()
      let now = bench.status.commandedSpeed.revolutionsPerMinute
      #expect(now - before <= 250 * 0.005 + 1e-9)
      #expect(before - now <= 1000 * 0.005 + 1e-9)
      before = now
    }
  }

  @Test("A change of set-point overshoots by less than 3 rpm", arguments: drives)
  func overshoot(model: Drive) {
    var bench = Self.bench(model, seed: 3)
    bench.start(at: 60, settle: 8)
    bench.intent.setSpeed = .rpm(160)
    var highest = 0.0
    for _ in 0..<800 {
      bench.tick()
      highest = max(highest, bench.drive.speed)
    }
    #expect(highest < 163.5, "\(highest)")
    bench.intent.setSpeed = .rpm(30)
    var lowest = 1000.0
    for _ in 0..<800 {
      bench.tick()
      lowest = min(lowest, bench.drive.speed)
    }
    #expect(lowest > 26.5, "\(lowest)")
  }

  @Test("A drive that cannot reach its speed does not wind the loop up")
  func antiWindup() {
    var bench = PumpBench(.roller())
    bench.start(at: 100)
    bench.drive.gain = 0.6
    bench.run(30)
    #expect(bench.output.drive.speed <= .rpm(100 * 1.15 + 3 + 2))
    bench.drive.gain = 1
    var highest = 0.0
    for _ in 0..<1000 {
      bench.tick()
      highest = max(highest, bench.drive.speed)
    }
    #expect(highest <= 119)
    #expect(abs(bench.meanSpeed(over: 2) - 100) < 1)
  }

  @Test("A broken encoder cannot command more than the trim limit", .verifies("HZ-10"))
  func brokenEncoder() {
    var bench = PumpBench(.roller())
    bench.start(at: 100)
    let before = bench.output.drive.speed
    bench.encoderQuality = .faulted
    bench.run(20)
    #expect((bench.output.drive.speed - before).magnitude < .rpm(0.5))
    #expect(bench.output.findings.rotorUnusable)
    bench.intent.setSpeed = .rpm(50)
    bench.run(3)
    #expect(abs(bench.drive.speed - 50) < 3)
  }

  @Test("Restart on bypass takes the turning rotor over without a step", .verifies("HZ-55"))
  func adoption() {
    for gain in [0.95, 1, 1.05] {
      var bench = PumpBench(.roller())
      bench.drive.gain = gain
      bench.start(at: 101)
      let reference = bench.output.drive.speed
      let turning = bench.status.measuredSpeed.value
      var restarted = Pump(configuration: .roller(), tick: .milliseconds(5))
      for _ in 0..<100 {
        bench.tick()
        restarted.watch(bench.environment)
      }
      restarted.adopt(measured: turning, reference: reference)
      bench.pump = restarted
      var lowest = 1000.0
      var highest = 0.0
      for _ in 0..<400 {
        bench.tick()
        lowest = min(lowest, bench.drive.speed)
        highest = max(highest, bench.drive.speed)
      }
      #expect(lowest > 99.5 && highest < 102.5, "gain \(gain): \(lowest)...\(highest)")
    }
  }

  @Test("Turning modes over while running makes no step in speed")
  func bumplessModes() {
    var bench = PumpBench(.roller())
    bench.start(at: 100)
    bench.intent.setFlow = .litersPerMinute(4.5)
    bench.intent.mode = .flow
    for _ in 0..<400 {
      bench.tick()
      #expect(abs(bench.drive.speed - 100) < 1.5)
    }
    bench.environment.outletPressure = Reading(.mmHg(65), takenAt: bench.now)
    bench.run(1)
    bench.intent.setPressure = .mmHg(65)
    bench.intent.mode = .pressure
    for _ in 0..<400 {
      bench.environment.outletPressure = Reading(.mmHg(65), takenAt: bench.now)
      bench.tick()
      #expect(abs(bench.drive.speed - 100) < 1.5)
    }
  }

  @Test("Flow mode turns at flow over stroke volume", .verifies("C2"))
  func flowMode() {
    var bench = PumpBench(.roller())
    bench.intent.isStarted = true
    bench.intent.mode = .flow
    bench.intent.setFlow = .litersPerMinute(4.56)
    bench.run(6)
    #expect(abs(bench.meanSpeed(over: 2) - 101.3) < 0.6)
    #expect(abs(bench.status.flow.value.litersPerMinute - 4.56) < 0.05)
  }
}
