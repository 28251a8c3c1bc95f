import PerfusionCore
import TestSupport
import Testing

@Suite("Pulsatile flow")
struct PulsatileTests {
  static func bench(
    rate: Double, width: Double, base: Double, up: Double, seed: UInt64 = 1
  ) -> PumpBench {
    var configuration = PumpConfiguration.roller()
    configuration.slewUp = .rpmPerSecond(up)
    var bench = PumpBench(configuration, seed: seed)
    bench.intent.pulsatile.isOn = true
    bench.intent.pulsatile.rate = rate
    bench.intent.pulsatile.width = .of(width)
    bench.intent.pulsatile.base = .of(base)
    return bench
  }

  @Test(
    "The mean flow is that of continuous flow, for every pulse and slope",
    arguments: [30, 70, 150.0], [(0.2, 0.0), (0.4, 0.3), (0.8, 0.9)])
  func meanIsKept(rate: Double, shape: (Double, Double)) {
    for up in [250, 1000.0] {
      for speed in [40, 101, 169.0] {
        var bench = Self.bench(rate: rate, width: shape.0, base: shape.1, up: up)
        bench.drive.lag = 0.05
        bench.drive.gain = 0.96
        bench.start(at: speed, settle: 30)
        #expect(bench.pump.status.isPulsatile == true)
        let beats = 60 / rate * (rate / 10).rounded()
        let mean = bench.meanSpeed(over: beats)
        #expect(abs(mean - speed) < max(0.5, 0.015 * speed), "\(rate) \(shape) \(up): \(mean)")
        #expect(bench.pump.roller.profile.top <= .rpm(250.001))
        #expect(bench.pump.roller.profile.base >= .zero)
      }
    }
  }

  @Test("The example of the reference: 101 rpm, 40 %, base 30 % gives 207 rpm in systole")
  func example() {
    var bench = Self.bench(rate: 70, width: 0.4, base: 30.0 / 101, up: 1000)
    bench.start(at: 101, settle: 4)
    #expect(abs(bench.pump.roller.profile.top.revolutionsPerMinute - 207.5) < 1)
    #expect(abs(bench.pump.roller.profile.base.revolutionsPerMinute - 30) < 0.5)
  }

  @Test("Slopes never pass the slew limits, beats keep their rhythm")
  func slopes() {
    var bench = Self.bench(rate: 75, width: 0.4, base: 0.2, up: 500)
    bench.start(at: 110, settle: 5)
    var before = bench.status.commandedSpeed.revolutionsPerMinute
    var beats = 0
    var phase = bench.pump.roller.profile.phase
    for step in 0..<2400 {
      if step == 1000 { bench.intent.pulsatile.width = .of(0.6) }
      bench.tick()
      let now = bench.status.commandedSpeed.revolutionsPerMinute
      if step < 990 {
        #expect(now - before <= 500 * 0.005 + 0.2 && before - now <= 1000 * 0.005 + 0.2)
      }
      before = now
      if bench.pump.roller.profile.phase < phase { beats += 1 }
      phase = bench.pump.roller.profile.phase
    }
    #expect(beats == 15)
  }

  @Test(
    "An alert or an encoder fault turns it back to continuous, once and for good",
    .verifies("HZ-58"), arguments: [true, false])
  func revert(byAlert: Bool) {
    var bench = Self.bench(rate: 70, width: 0.4, base: 0.3, up: 1000)
    bench.start(at: 101)
    if byAlert { bench.environment.revertPulsatile = true } else { bench.encoderQuality = .faulted }
    var events = 0
    for _ in 0..<200 {
      bench.tick()
      if bench.output.findings.pulsatileReverted { events += 1 }
    }
    #expect(events == 1 && !bench.status.isPulsatile)
    #expect(abs(bench.status.commandedSpeed.revolutionsPerMinute - 101) < 1e-9)
    bench.environment.revertPulsatile = false
    bench.encoderQuality = .valid
    bench.run(2)
    #expect(!bench.status.isPulsatile)
    bench.intent.pulsatile.isOn = false
    bench.run(0.1)
    bench.intent.pulsatile.isOn = true
    bench.run(1)
    #expect(bench.status.isPulsatile)
  }

  @Test("The peak of a beat over the stopping pressure is told", .verifies("HZ-58", "AL-65"))
  func peak() {
    var bench = Self.bench(rate: 70, width: 0.4, base: 0.3, up: 1000)
    bench.start(at: 101, settle: 3)
    for step in 0..<40 {
      let spike = (10..<16).contains(step)
      bench.environment.outletPressure = Reading(
        .mmHg(spike ? 380 : 200), takenAt: bench.now.advanced(microseconds: 1))
      bench.tick()
      if step == 14 { #expect(bench.output.findings.pulsePeak) }
      if step < 10 { #expect(!bench.output.findings.pulsePeak) }
    }
  }
}
