import PerfusionCore
import Testing
import TestSupport

@testable import VirtualBoard

@Suite("INA226 model")
struct INA226ModelTests {
  let bench = ChipBench(nets: 2) {
    INA226Model(nets: $0, firstNet: 0, shunt: 0.002, maximumCurrent: 15)
  }

  @Test("Identities and reset values", .verifies("HZ-48"))
  func resetValues() {
    #expect(bench.word(0xFE, at: 0) == 0x5449)
    #expect(bench.word(0xFF, at: 0) == 0x2260)
    #expect(bench.word(0x00, at: 0) == 0x4127)
    #expect(bench.word(0x05, at: 0) == 0)
    #expect(bench.word(0x04, at: 0) == 0)
  }

  @Test("The data sheet's 10 A, 12 V example gives its codes")
  func example() {
    bench.nets.values = [10, 11.98]
    #expect(bench.write(0x05, word: 0x0A00, at: 0))
    #expect(bench.word(0x01, at: 10_000) == 0x1F40)
    #expect(bench.word(0x02, at: 10_000) == 0x2570)
    #expect(bench.word(0x04, at: 10_000) == 0x2710)
    #expect(bench.word(0x03, at: 10_000) == 0x12B8)
  }

  @Test("A negative current has the other sign")
  func negative() {
    bench.nets.values = [-10, 12]
    #expect(bench.write(0x05, word: 0x0A00, at: 0))
    #expect(bench.word(0x04, at: 10_000) == 0x1_0000 - 10_000)
  }

  @Test(
    "Conversion ready comes after both conversions and falls when it is read",
    arguments: [
      (0, 4, 4, 2_200), (0, 0, 0, 280), (3, 4, 4, 140_800), (7, 1, 2, 548_864),
    ] as [(Int, Int, Int, Int64)])
  func ready(average: Int, bus: Int, shunt: Int, time: Int64) {
    #expect(bench.write(0, word: 0x4003 | average << 9 | bus << 6 | shunt << 3, at: 0))
    #expect(bench.word(6, at: time - 1).map { $0 & 8 } == 0)
    #expect(bench.word(6, at: time).map { $0 & 8 } == 8)
    #expect(bench.word(6, at: time).map { $0 & 8 } == 0)
    #expect(bench.word(6, at: time * 3).map { $0 & 8 } == 0)
  }

  @Test("Power-down keeps the last result, reset restores the configuration")
  func powerDown() {
    bench.nets.values = [10, 12]
    _ = bench.word(1, at: 0)
    #expect(bench.write(0, word: 0x4120, at: 0))
    bench.nets.values = [1, 12]
    #expect(bench.word(1, at: 900_000) == 8_000)
    #expect(bench.write(0, word: 0x8000, at: 900_000))
    #expect(bench.word(0, at: 900_000) == 0x4127)
  }

  @Test("A latched alert stays until the mask register is read")
  func alert() {
    #expect(bench.write(7, word: 4_000, at: 0))
    #expect(bench.write(6, word: 0x8001, at: 0))
    bench.nets.values = [10, 12]
    bench.nets.now.microseconds = 2_300
    #expect(bench.chip.output(0) == 0)
    bench.nets.values = [1, 12]
    bench.nets.now.microseconds = 5_000
    #expect(bench.chip.output(0) == 0)
    #expect(bench.word(6, at: 5_000).map { $0 & 0x10 } == 0x10)
    #expect(bench.chip.output(0) == 1)
  }

  @Test("Results and identities cannot be written")
  func readOnly() {
    for register: UInt8 in [1, 2, 3, 4, 0xFE, 0xFF] {
      let before = bench.word(register, at: 0)
      #expect(bench.write(register, word: 0x1234, at: 0))
      #expect(bench.word(register, at: 0) == before)
    }
  }
}

@Suite("INA228 model")
struct INA228ModelTests {
  let bench = ChipBench(nets: 3) {
    INA228Model(nets: $0, firstNet: 0, shunt: 0.0162, maximumCurrent: 10)
  }

  func unsigned(_ register: UInt8, _ count: Int, at time: Int64) -> Int? {
    bench.read(register, count, at: time).map { $0.reduce(0) { $0 << 8 | Int($1) } }
  }

  @Test("Identities and reset values", .verifies("HZ-48"))
  func resetValues() {
    #expect(bench.word(0x3E, at: 0) == 0x5449)
    #expect(bench.word(0x3F, at: 0) == 0x2281)
    #expect(bench.word(0x01, at: 0) == 0xFB68)
    #expect(bench.word(0x02, at: 0) == 0x1000)
    #expect(bench.word(0x0C, at: 0) == 0x7FFF)
    #expect(bench.word(0x0D, at: 0) == 0x8000)
    #expect(bench.word(0x11, at: 0) == 0xFFFF)
  }

  @Test("The data sheet's 6 A, 48 V example over an hour gives its codes")
  func example() throws {
    bench.nets.values = [6, 48, 25]
    #expect(bench.write(0x02, word: 4_050, at: 0))
    #expect(bench.write(0x00, word: 0x4000, at: 0))
    #expect(unsigned(0x04, 3, at: 10_000) == 311_040 << 4)
    #expect(unsigned(0x05, 3, at: 10_000) == 245_760 << 4)
    #expect(bench.word(0x06, at: 10_000) == 3_200)
    let current = try #require(unsigned(0x07, 3, at: 10_000)) >> 4
    #expect(abs(current - 314_573) <= 2)
    let power = try #require(unsigned(0x08, 3, at: 10_000))
    #expect(abs(power - 4_718_604) <= 30)
    let energy = try #require(unsigned(0x09, 5, at: 3_600_000_000))
    #expect(abs(Double(energy) / 1_061_683_200 - 1) < 1e-4)
    let charge = try #require(unsigned(0x0A, 5, at: 3_600_000_000))
    #expect(abs(Double(charge) / 1_132_462_080 - 1) < 1e-4)
  }

  @Test("RSTACC clears both accumulators")
  func resetAccumulators() {
    bench.nets.values = [6, 48, 25]
    _ = unsigned(0x0A, 5, at: 10_000_000)
    #expect(unsigned(0x0A, 5, at: 10_000_000) != 0)
    #expect(bench.write(0x00, word: 0x4000, at: 10_000_000))
    #expect(unsigned(0x0A, 5, at: 10_000_000) == 0)
    #expect(unsigned(0x09, 5, at: 10_000_000) == 0)
    #expect(bench.word(0x00, at: 10_000_000) == 0)
  }

  @Test("Charge runs backwards with a negative current, in 40 bits")
  func negativeCharge() throws {
    bench.nets.values = [-6, 48, 25]
    #expect(bench.write(0x00, word: 0x4000, at: 0))
    let raw = try #require(unsigned(0x0A, 5, at: 1_000_000))
    #expect(raw > 1 << 39)
  }

  @Test("A cycle takes the sum of the enabled conversions times the averages")
  func ready() {
    #expect(bench.write(0x01, word: 0xB000 | 5 << 9 | 5 << 6 | 2, at: 0))
    #expect(bench.word(0x0B, at: 33_663).map { $0 & 2 } == 0)
    #expect(bench.word(0x0B, at: 33_664).map { $0 & 2 } == 2)
    #expect(bench.word(0x0B, at: 33_664).map { $0 & 2 } == 0)
  }

  @Test("The narrow range has steps of 78.125 nV")
  func narrow() {
    bench.nets.values = [1, 0, 25]
    #expect(bench.write(0x00, word: 0x0010, at: 0))
    #expect(unsigned(0x04, 3, at: 10_000) == 207_360 << 4)
  }

  @Test("MEMSTAT is 1 on a sound part and 0 with damaged trim", .verifies("HZ-48"))
  func memoryStatus() {
    #expect(bench.word(0x0B, at: 0).map { $0 & 1 } == 1)
    #expect(bench.chip.setFault(.wrong, seed: 1))
    #expect(bench.word(0x0B, at: 0).map { $0 & 1 } == 0)
  }
}
