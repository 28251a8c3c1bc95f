import CircuitModel
import PerfusionCore
import SafetyEvidence
import Scenarios
import TestSupport
import Testing
import VirtualBoard

/// The arterial clamp hangs on its drive, not on the computer (docs/domain.md 8.4).
@Suite("The clamp of a centrifugal pump", .enabled(if: isOptimised))
struct ClampHoldTests {
  private func ecmo(seed: UInt64) throws -> SafetyBench {
    let bench = try SafetyBench(start: "HIL/scenarios/startup-ecmo.yaml", root: root, seed: seed)
    bench.run(seconds: 5)
    return bench
  }

  @Test(
    "It stays open and the blood flows on when the firmware dies or hangs",
    .verifies("HZ-15", "HZ-04", "R2"), arguments: [true, false], 1..<4 as Range<UInt64>)
  func death(isKilled: Bool, seed: UInt64) throws {
    let bench = try ecmo(seed: seed)
    try bench.apply(isKilled ? .killFirmware : .hangFirmware)
    for _ in 0..<20 {
      bench.run(seconds: 0.5)
      #expect(bench.machine.arterialClampOpening.value > 0.97)
    }
    let flow = try #require(bench.rig.truth).flows[.arterialFlow]
    #expect(flow > 3.5)
  }

  @Test(
    "It closes within 300 ms when its drive dies, with and without a firmware",
    .verifies("HZ-06", "HZ-11"), arguments: [true, false], 1..<6 as Range<UInt64>)
  func driveDeath(isFirmwareAlive: Bool, seed: UInt64) throws {
    let bench = try ecmo(seed: seed)
    if !isFirmwareAlive {
      try bench.apply(.killFirmware)
      bench.run(seconds: 2)
    }
    let before = bench.machine.now
    try bench.apply(.fault(FaultSpecification(target: "arterial", word: .off)))
    let isClosed = bench.run(upTo: 2) { $0.machine.arterialClampOpening.value < 0.03 }
    #expect(isClosed)
    #expect((bench.machine.now - before).seconds <= 0.3)
    let truth = try #require(bench.rig.truth)
    #expect(truth.retrogradeVolume <= 5)
  }
}
