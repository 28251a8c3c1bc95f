import PerfusionCore
import Testing
import TestSupport

@testable import VirtualBoard

@Suite("No bus traffic and no input can break a chip model")
struct ChipRobustnessTests {
  private static let strange = [
    0, 1, -1, 0.5, 1e300, -1e300, .infinity, -.infinity, .nan, 0x1p-1074, 40_000, -40_000,
  ]

  @Test(
    "Random bytes, lengths, times, nets and faults leave every level finite",
    arguments: FaultCase.all, 0..<8 as Range<UInt64>)
  func random(test: FaultCase, seed: UInt64) throws {
    let rig = try #require(FaultBench(test, seed: seed))
    var noise = ChipNoise(seed: seed &* 77 &+ 1)
    for round in 0..<1_500 {
      let draw = noise.next()
      rig.advance(Int64(draw >> 40) % (draw & 1 == 0 ? 3_000 : 3_000_000))
      for net in rig.bench.nets.values.indices where noise.next() % 4 == 0 {
        rig.bench.nets.values[net] = Self.strange[Int(noise.next() % 12)]
      }
      let length = Int(noise.next() % (round % 50 == 0 ? 80 : 6))
      let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: noise.next() >> 24) }
      switch draw >> 8 & 7 {
      case 0...3: _ = rig.bench.write(bytes, at: rig.now)
      case 4...6: _ = rig.bench.read(length, at: rig.now)
      default: _ = rig.bench.generalCall(bytes, at: rig.now)
      }
      if draw >> 16 & 63 == 0 {
        let word = FaultWord.allCases[Int(noise.next() % UInt64(FaultWord.allCases.count))]
        rig.bench.chip.setFault(draw >> 22 & 1 == 0 ? nil : word, seed: draw)
      }
      if draw >> 23 & 255 == 0 { rig.bench.powerCycle(at: rig.now) }
      for pin in -1..<20 { #expect(rig.bench.chip.output(pin).isFinite) }
    }
  }

  @Test("The same traffic twice gives the same answers", arguments: FaultCase.all)
  func deterministic(test: FaultCase) throws {
    func run() throws -> [[UInt8]?] {
      let rig = try #require(FaultBench(test, seed: 11))
      rig.bench.chip.setFault(.intermittent, seed: 4)
      return (0..<50).map { _ in rig.measure() }
    }
    #expect(try run() == run())
  }

  @Test("Whole parts and codes hold at their bounds")
  func codes() {
    #expect(wholePart(-0.25) == -1)
    #expect(wholePart(-2) == -2)
    #expect(wholePart(2.999) == 2)
    #expect(wholePart(.nan) == 0)
    #expect(nearestCode(0.5, step: 1, in: -8...7) == 1)
    #expect(nearestCode(-0.5, step: 1, in: -8...7) == -1)
    #expect(nearestCode(.infinity, step: 1, in: -8...7) == 7)
    #expect(nearestCode(-.infinity, step: 1, in: -8...7) == -8)
    #expect(nearestCode(.nan, step: 1, in: 3...7) == 3)
  }
}
