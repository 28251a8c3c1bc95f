import Testing
import TestSupport

@testable import VirtualBoard

@Suite("AS5600 model")
struct AS5600ModelTests {
  let bench: ChipBench

  init() {
    bench = ChipBench(nets: 2) { AS5600Model(nets: $0, firstNet: 0, seed: 1) }
    bench.nets.values[1] = 1
  }

  @Test(
    "The raw angle is the fraction of a turn in 4096 steps, whatever the turn",
    arguments: [
      (0.0, 0), (0.25, 1_024), (0.9999, 4_095), (1.5, 2_048), (-0.25, 3_072), (1e6 + 0.5, 2_048),
      (-12_345.75, 1_024),
    ])
  func rawAngle(turns: Double, counts: Int) {
    bench.nets.values[0] = turns
    #expect(bench.word(0x0C, at: 1_000) == counts)
    #expect(bench.word(0x0E, at: 1_000) == counts)
  }

  @Test(
    "Status and gain tell magnet strength", .verifies("HZ-48"),
    arguments: [
      (1.0, 0x20), (0.3, 0x30), (2, 0x28), (0.1, 0x10),
    ] as [(Double, UInt8)])
  func magnet(strength: Double, status: UInt8) {
    bench.nets.values[1] = strength
    #expect(bench.read(0x0B, 1, at: 1_000) == [status])
  }

  @Test("The gain rises as the magnet weakens, 0...128 at 3.3 V")
  func gain() throws {
    var last: UInt8 = 255
    for (step, strength) in stride(from: 0.2, through: 2, by: 0.2).enumerated() {
      bench.nets.values[1] = strength
      let gain = try #require(bench.read(0x1A, 1, at: Int64(step + 1) * 1_000))[0]
      #expect(gain <= min(last, 128))
      last = gain
    }
    #expect(last == 0)
  }

  @Test("A long read of the raw angle stays on its two registers")
  func loop() {
    bench.nets.values[0] = 0.3
    let bytes = bench.read(0x0C, 6, at: 1_000)
    #expect(bytes.map { Array($0[0...1]) } == bytes.map { Array($0[2...3]) })
    #expect(bytes.map { Array($0[0...1]) } == bytes.map { Array($0[4...5]) })
  }

  @Test("The angle is sampled every 150 us")
  func sampling() {
    bench.nets.values[0] = 0.5
    #expect(bench.word(0x0C, at: 1_500) == 2_048)
    bench.nets.values[0] = 0.75
    #expect(bench.word(0x0C, at: 1_510) == 2_048)
    #expect(bench.word(0x0C, at: 1_660) == 3_072)
  }

  @Test("The zero position turns the angle but not the raw angle; power takes it away")
  func zeroPosition() {
    bench.nets.values[0] = 0.5
    #expect(bench.write([0x01, 0x04, 0x00], at: 0))
    #expect(bench.word(0x0E, at: 1_000) == 1_024)
    #expect(bench.word(0x0C, at: 1_000) == 2_048)
    bench.powerCycle(at: 2_000)
    #expect(bench.word(0x01, at: 3_000) == 0)
  }

  @Test("Results and status cannot be written")
  func readOnly() {
    bench.nets.values[0] = 0.5
    #expect(bench.write([0x0B, 0xFF, 0xFF, 0xFF], at: 0))
    #expect(bench.read(0x0B, 1, at: 1_000) == [0x20])
    #expect(bench.word(0x0C, at: 1_000) == 2_048)
  }
}
