import TestSupport
import Testing

@testable import PerfusionCore

/// R3: a rotor's sensor that lies stops nobody, and a rotor that does turn round is still stopped.
@Suite("A rotor has mass, its sensor has none")
struct RotorTruthTests {
  private static func isQuiet(_ found: PumpFindings) -> Bool {
    !found.wrongDirection && !found.overspeed && !found.jam && !found.backflow
  }

  @Test(
    "An encoder that begins to count backwards at speed is not believed; the drive keeps its speed",
    .verifies("R3", "HZ-07"), arguments: [45, 60, 101, 250.0], [1, 2, 3] as [UInt64])
  func mirrored(speed: Double, seed: UInt64) {
    var bench = PumpBench(.roller(), seed: seed)
    bench.start(at: speed)
    bench.drive.encoderIsMirrored = true
    for _ in 0..<2000 {
      bench.tick()
      #expect(Self.isQuiet(bench.output.findings))
    }
    #expect(bench.output.findings.rotorUnusable)
    #expect(abs(bench.drive.speed - speed) < 0.02 * speed)
    bench.drive.encoderIsMirrored = false
    bench.run(5)
    #expect(!bench.output.findings.rotorUnusable)
  }

  @Test(
    "Where it turns too slowly to tell by its mass, the flow probe decides within a tenth of a turn",
    .verifies("R3", "HZ-07"), arguments: [8, 15, 30.0])
  func slow(speed: Double) {
    for isTrue in [false, true] {
      var bench = PumpBench(.roller(tube: .half, stroke: 45))
      bench.drive.lag = 0.03
      bench.environment.flowProbe = Reading(.litersPerMinute(speed * 0.045), takenAt: .start)
      bench.start(at: speed)
      if isTrue { bench.drive.isSwapped = true } else { bench.drive.encoderIsMirrored = true }
      let before = bench.drive.turns
      var furthest = before
      // A probe with a lag of 0.1 s and 20 ms late.
      var shown = bench.drive.speed * 0.045
      var late = [Double](repeating: shown, count: 4)
      var found = false
      for _ in 0..<200 where !found {
        late.append(bench.drive.speed * 0.045)
        shown += (late.removeFirst() - shown) * 0.005 / 0.105
        bench.environment.flowProbe = Reading(.litersPerMinute(shown), takenAt: bench.now)
        bench.tick()
        furthest = max(furthest, bench.drive.turns)
        found = bench.output.findings.wrongDirection
      }
      #expect(found == isTrue)
      if isTrue { #expect(furthest - bench.drive.turns < 0.1) }
    }
  }

  @Test(
    "A rotor that turns round while it runs is found within a tenth of a turn back",
    .verifies("HZ-07", "AL-29"), arguments: [60, 101, 169.0])
  func reversal(speed: Double) throws {
    var bench = PumpBench(.roller())
    bench.start(at: speed)
    // 1500 rpm/s at most where it crosses zero.
    bench.drive.lag = speed / 1500
    bench.drive.isSwapped = true
    var furthest = bench.drive.turns
    var found = false
    for _ in 0..<400 where !found {
      bench.tick()
      furthest = max(furthest, bench.drive.turns)
      found = bench.output.findings.wrongDirection
    }
    #expect(found)
    #expect(furthest - bench.drive.turns < 0.1)
  }

  @Test(
    "An encoder whose angle is off at random is told within 300 ms and acts on nothing",
    .verifies("R3", "HZ-48"), arguments: [40, 128, 1000.0], [1, 2, 3] as [UInt64])
  func erratic(error: Double, seed: UInt64) throws {
    var bench = PumpBench(.roller(), seed: seed)
    bench.start(at: 101)
    bench.drive.encoderErrs = error
    let told = bench.time(until: { $0.output.findings.rotorUnusable }, within: 2)
    #expect(try #require(told) < 0.3)
    for _ in 0..<2000 {
      bench.tick()
      #expect(Self.isQuiet(bench.output.findings))
    }
    #expect(abs(bench.drive.speed - 101) < 5)
    bench.drive.encoderErrs = 0
    bench.run(3)
    #expect(!bench.output.findings.rotorUnusable)
  }

  @Test(
    "A tachometer that loses or doubles its pulses moves no clamp and takes no torque",
    .verifies("R3", "HZ-06", "HZ-10"), arguments: [0, 2.0], [2400, 3000, 3800.0])
  func tachometer(share: Double, speed: Double) {
    var line = CentrifugalBench()
    line.start(at: speed)
    #expect(line.flow > 0.5)
    line.bench.drive.pulseShare = share
    for _ in 0..<1000 {
      line.tick()
      #expect(Self.isQuiet(line.bench.output.findings))
      #expect(line.clampPosition > 0.98)
    }
    #expect(line.bench.output.findings.rotorUnusable)
    line.bench.drive.pulseShare = 1
    line.run(3)
    #expect(!line.bench.output.findings.rotorUnusable)
  }

  @Test(
    "A rotor that runs down is believed, and closes the clamp before blood comes back",
    .verifies("HZ-06"))
  func runDown() throws {
    var line = CentrifugalBench()
    line.start(at: 3000)
    line.bench.drive.gain = 0
    line.bench.drive.lag = 0.3
    let found = line.time(until: { $0.bench.output.findings.backflow }, within: 2)
    #expect(try #require(found) < 0.4)
    #expect(line.flow > -0.1)
  }

  @Test(
    "A rotor that is blocked is believed as soon as the flow follows", .verifies("HZ-06", "HZ-11"))
  func blocked() throws {
    var line = CentrifugalBench()
    line.start(at: 3000)
    line.bench.drive.isJammed = true
    let found = line.time(until: { $0.bench.output.findings.backflow }, within: 2)
    #expect(try #require(found) < 0.6)
  }

  @Test(
    "A probe that reads backwards against rotor and head is told, and is no backflow",
    .verifies("R3", "HZ-43"))
  func probe() {
    var line = CentrifugalBench()
    line.start(at: 3000)
    line.probe = -3
    for _ in 0..<400 {
      line.tick()
      #expect(!line.bench.output.findings.backflow)
    }
    #expect(line.bench.output.findings.probeContradicted)
  }
}
