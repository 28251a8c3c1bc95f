import PerfusionCore
import TestSupport
import Testing

@Suite("A roller pump holds an organ's pressure")
struct OrganPressureTests {
  @Test(
    "65 mmHg in an artery, 6 mmHg in a portal vein, over a tenfold range of organs",
    .verifies("C13"),
    arguments: [(65, 100), (65, 300), (65, 900), (6, 4), (6, 12)]
      as [(Double, Double)])
  func holds(set: Double, resistance: Double) {
    let isArtery = set > 10
    var bench = PumpBench(
      .roller(
        isArtery ? .organArtery : .portalVein, tube: .quarter, stroke: 13),
      seed: 3)
    bench.intent.isStarted = true
    bench.intent.mode = .pressure
    bench.intent.setPressure = .mmHg(set)
    var pressure = 0.0
    var highest = 0.0
    func advance(_ seconds: Double, _ target: Double) -> Double {
      var worst = 0.0
      for _ in 0..<Int(seconds * 200) {
        let flow = bench.drive.speed * 13 / 1000
        // Half a second of compliance behind the resistance in mmHg/(L/min).
        pressure += (flow * resistance - pressure) * 0.005 / 0.5
        highest = max(highest, pressure)
        worst = max(worst, abs(pressure - target))
        bench.environment.outletPressure = Reading(.mmHg(pressure), takenAt: bench.now)
        bench.tick()
      }
      return worst
    }
    _ = advance(60, set)
    #expect(advance(10, set) < 0.05 * set, "\(pressure)")
    #expect(highest < 1.5 * set)
    bench.constraint.factor = .of(0.5)
    _ = advance(10, set)
    #expect(abs(pressure - 0.5 * set) < 0.15 * set, "\(pressure)")
    bench.constraint.factor = .one
    highest = 0
    _ = advance(20, set)
    #expect(highest < 1.3 * set)
    #expect(advance(5, set) < 0.05 * set, "\(pressure)")
  }
}
