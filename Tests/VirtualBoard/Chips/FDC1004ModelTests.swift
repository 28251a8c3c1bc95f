import Testing
import TestSupport

@testable import VirtualBoard

@Suite("FDC1004 model")
struct FDC1004ModelTests {
  let bench = ChipBench(nets: 4) { FDC1004Model(nets: $0, firstNet: 0) }

  func result(_ index: Int, at time: Int64) -> Double? {
    guard let high = bench.word(UInt8(index * 2), at: time),
      let low = bench.word(UInt8(index * 2 + 1), at: time)
    else { return nil }
    return Double(Int32(truncatingIfNeeded: high << 16 | low) >> 8) / 524_288
  }

  @Test("Identities and reset values", .verifies("HZ-48"))
  func resetValues() {
    #expect(bench.word(0xFE, at: 0) == 0x5449)
    #expect(bench.word(0xFF, at: 0) == 0x1004)
    #expect(bench.word(0x08, at: 0) == 0x1C00)
    #expect(bench.word(0x0C, at: 0) == 0)
    #expect(bench.word(0x11, at: 0) == 0x4000)
  }

  @Test(
    "A single measurement is done after its period, and only then",
    arguments: [
      (1, 10_000), (2, 5_000), (3, 2_500),
    ] as [(Int, Int64)])
  func single(rate: Int, period: Int64) {
    bench.nets.values[0] = 7.25
    #expect(bench.write(0x08, word: 0x1C00, at: 0))
    #expect(bench.write(0x0C, word: rate << 10 | 0x80, at: 0))
    #expect(bench.word(0x0C, at: period - 1).map { $0 & 8 } == 0)
    #expect(bench.word(0x0C, at: period).map { $0 & 8 } == 8)
    #expect(result(0, at: period) == 7.25)
    #expect(bench.word(0x0C, at: period).map { $0 & 8 } == 0)
  }

  @Test("CAPDAC takes steps of 3.125 pF off; beyond +-16 pF the result saturates")
  func capdac() {
    bench.nets.values[1] = 40
    #expect(bench.write(0x09, word: 1 << 13 | 4 << 10 | 12 << 5, at: 0))
    #expect(bench.write(0x0C, word: 0x0440, at: 0))
    #expect(result(1, at: 10_000) == 2.5)
    #expect(bench.write(0x09, word: 1 << 13 | 4 << 10, at: 10_000))
    #expect(bench.write(0x0C, word: 0x0440, at: 10_000))
    #expect(result(1, at: 20_000).map { abs($0 - 16) < 1e-5 } == true)
  }

  @Test("A differential measurement subtracts the second electrode")
  func differential() {
    bench.nets.values = [5, 0, 0, 8]
    #expect(bench.write(0x0A, word: 0 << 13 | 3 << 10, at: 0))
    #expect(bench.write(0x0C, word: 0x0420, at: 0))
    #expect(result(2, at: 10_000) == -3)
  }

  @Test("Repeated measurements take turns")
  func repeated() {
    for index in 0..<4 {
      #expect(bench.write(UInt8(8 + index), word: index << 13 | 7 << 10, at: 0))
    }
    bench.nets.values = [1, 2, 3, 4]
    #expect(bench.write(0x0C, word: 0x0DF0, at: 0))
    #expect(bench.word(0x0C, at: 5_000).map { $0 & 15 } == 12)
    #expect(bench.word(0x0C, at: 10_000).map { $0 & 15 } == 15)
    for index in 0..<4 { #expect(result(index, at: 10_000) == Double(index + 1)) }
    bench.nets.values[3] = 9
    #expect(result(3, at: 19_999) == 4)
    #expect(result(3, at: 20_000) == 9)
  }
}
