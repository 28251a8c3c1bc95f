import PerfusionCore
import TestSupport
import Testing

@Suite("Delivered volume and flow")
struct VolumeTests {
  @Test(
    "The volume is that of the turns, whatever the drive does", .verifies("HZ-35"),
    arguments: [8, 60, 169.0])
  func counts(speed: Double) {
    var bench = PumpBench(.roller())
    bench.drive.gain = 0.9
    bench.start(at: speed, settle: 30)
    #expect(abs(bench.status.delivered.milliliters - bench.drive.turns * 45) < 2)
  }

  @Test(
    "A gap in the readings is bridged: counts catch up, or the commanded speed stands in",
    .verifies("HZ-35"), arguments: [false, true])
  func gap(countIsLost: Bool) {
    var bench = PumpBench(.roller())
    bench.start(at: 60, settle: 10)
    bench.encoderQuality = .faulted
    bench.run(2)
    #expect(abs(bench.status.delivered.milliliters - bench.drive.turns * 45) < 10)
    if countIsLost { bench.drive.turns -= 1000 }
    bench.encoderQuality = .valid
    bench.run(5)
    let truth = (bench.drive.turns + (countIsLost ? 1000 : 0)) * 45
    #expect(abs(bench.status.delivered.milliliters - truth) < (countIsLost ? 12 : 2))
  }

  @Test("Leak and starved inlet are taken off")
  func leak() {
    var configuration = PumpConfiguration.roller(.arterial, tube: .threeEighths, stroke: 27)
    configuration.roller.leak = .init(millilitersPerMinutePerMmHg: 0.6)
    var bench = PumpBench(configuration)
    bench.start(at: 169, settle: 1)
    for _ in 0..<1000 {
      bench.environment.outletPressure = Reading(.mmHg(250), takenAt: bench.now)
      bench.environment.inletPressure = Reading(.mmHg(0), takenAt: bench.now)
      bench.tick()
    }
    #expect(abs(bench.status.flow.value.millilitersPerMinute - (169 * 27 - 150)) < 20)
    #expect(FlowEstimate.fill(inlet: Reading(.mmHg(-150), takenAt: .start)) == .of(0.8))
    #expect(FlowEstimate.fill(inlet: Reading(.mmHg(-900), takenAt: .start)) == .of(0.5))
    #expect(FlowEstimate.fill(inlet: .absent) == .one)
  }

  @Test("A centrifugal pump's flow follows from its head where there is no probe")
  func fromHead() {
    let flow = FlowEstimate.centrifugal(
      speed: Reading(.rpm(3000), takenAt: .start), head: CentrifugalHead(),
      outlet: Reading(.mmHg(249.8), takenAt: .start), inlet: Reading(.zero, takenAt: .start))
    #expect(abs(flow.value.litersPerMinute - 4.2) < 0.02)
    let blind = FlowEstimate.centrifugal(
      speed: Reading(.rpm(3000), takenAt: .start), head: CentrifugalHead(), outlet: .absent,
      inlet: .absent)
    #expect(blind.usable == nil)
  }
}
