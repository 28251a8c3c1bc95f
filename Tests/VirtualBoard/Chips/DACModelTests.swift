import Testing
import TestSupport

@testable import VirtualBoard

@Suite("MCP4725 model")
struct MCP4725ModelTests {
  let bench = ChipBench(nets: 0) {
    MCP4725Model(nets: $0, firstNet: 0, reference: 5, seed: 9)
  }

  @Test("Ex factory it powers up at half scale: the reason for the gate", .verifies("HZ-54"))
  func factory() {
    #expect(bench.chip.output(0) == 2.5)
    #expect(bench.read(5, at: 0) == [0xC0, 0x80, 0x00, 0x08, 0x00])
  }

  @Test("A fast write moves the output, the last pair counts, the EEPROM stays")
  func fastWrite() {
    #expect(bench.write([0x04, 0x00], at: 0))
    #expect(bench.chip.output(0) == 1.25)
    #expect(bench.write([0x0F, 0xFF, 0x02, 0x00], at: 0))
    #expect(bench.chip.output(0) == 0.625)
    #expect(bench.read(5, at: 0) == [0xC0, 0x20, 0x00, 0x08, 0x00])
  }

  @Test("Power-down bits take the output to ground")
  func powerDown() {
    #expect(bench.write([0x14, 0x00], at: 0))
    #expect(bench.chip.output(0) == 0)
    #expect(bench.read(1, at: 0) == [0xC2])
  }

  @Test(
    "An EEPROM write is busy 25 to 50 ms, ignores writes, and then survives power",
    .verifies("HZ-54"), arguments: 0..<20 as Range<UInt64>)
  func memory(seed: UInt64) {
    let bench = ChipBench(nets: 0) {
      MCP4725Model(nets: $0, firstNet: 0, reference: 5, seed: seed)
    }
    #expect(bench.write([0x60, 0x00, 0x00], at: 0))
    #expect(bench.chip.output(0) == 0)
    #expect(bench.read(1, at: 24_900).map { $0[0] & 0x80 } == 0)
    #expect(bench.write([0x08, 0x00], at: 24_950))
    #expect(bench.chip.output(0) == 0)
    #expect(bench.read(5, at: 50_000) == [0xC0, 0, 0, 0, 0])
    #expect(bench.write([0x08, 0x00], at: 60_000))
    bench.powerCycle(at: 70_000)
    #expect(bench.chip.output(0) == 0)
  }

  @Test("Power that fails while the EEPROM is written leaves the old contents")
  func interrupted() {
    #expect(bench.write([0x60, 0x00, 0x00], at: 0))
    bench.powerCycle(at: 1_000)
    #expect(bench.chip.output(0) == 2.5)
  }

  @Test("Write DAC register with the long command")
  func longWrite() {
    #expect(bench.write([0x40, 0xC0, 0x00], at: 0))
    #expect(bench.chip.output(0) == 3.75)
    #expect(bench.read(1, at: 0) == [0xC0])
  }
}

@Suite("MCP4728 model")
struct MCP4728ModelTests {
  let bench = ChipBench(nets: 1) {
    MCP4728Model(nets: $0, firstNet: 0, reference: 5, seed: 9)
  }

  func volts() -> [Double] { (0..<4).map(bench.chip.output) }

  @Test("Ex factory all outputs are 0 on the internal reference", .verifies("HZ-54"))
  func factory() {
    #expect(volts() == [0, 0, 0, 0])
    #expect(bench.read(6, at: 0) == [0xC0, 0x80, 0x00, 0xC0, 0x80, 0x00])
  }

  @Test("The data sheet's sequential write example gives its four voltages")
  func sequentialWrite() {
    #expect(bench.write([0x50, 0x08, 0x00, 0x0F, 0xFF, 0x98, 0x00, 0x9F, 0xFF], at: 0))
    let topOfSupply: Double = 5 * 4_095 / 4_096
    let topOfInternal: Double = 4.096 * 4_095 / 4_096
    #expect(volts() == [2.5, topOfSupply, 2.048, topOfInternal])
    #expect(bench.chip.output(4) == 0)
  }

  @Test("A sequential write survives power once its 25 to 50 ms are over")
  func memory() {
    #expect(bench.write([0x50, 0x08, 0x00, 0x0F, 0xFF, 0x98, 0x00, 0x9F, 0xFF], at: 0))
    #expect(bench.read(4, at: 24_900).map { $0[0] & 0x80 } == 0)
    let bytes = bench.read(24, at: 50_000)
    #expect(bytes.map { Array($0[15...17]) } == [0xE0, 0x98, 0x00])
    #expect(bytes.map { Array($0[21...23]) } == [0xF0, 0x9F, 0xFF])
    #expect(bench.write([0, 0, 0, 0, 0, 0, 0, 0], at: 60_000))
    bench.powerCycle(at: 70_000)
    #expect(volts()[0] == 2.5)
  }

  @Test("A fast write sets four codes and leaves reference and gain")
  func fastWrite() {
    #expect(bench.write([0x40, 0x98, 0x00], at: 0))
    #expect(bench.write([0x04, 0x00, 0x08, 0x00, 0x00, 0x00, 0x1F, 0xFF], at: 0))
    #expect(volts() == [1.024, 1.024, 0, 0])
  }

  @Test("With LDAC high and UDAC 1 the output waits for the software update")
  func update() {
    bench.nets.values[0] = 1
    #expect(bench.write([0x43, 0x08, 0x00], at: 0))
    #expect(volts() == [0, 0, 0, 0])
    #expect(bench.generalCall([0x08], at: 10))
    #expect(volts() == [0, 2.5, 0, 0])
    #expect(bench.write([0x44, 0x08, 0x00], at: 20))
    #expect(volts() == [0, 2.5, 2.5, 0])
  }

  @Test("Reference and gain commands address the channels A to D from bit 3 to 0")
  func bits() {
    #expect(bench.write([0x04, 0x00, 0x04, 0x00, 0x04, 0x00, 0x04, 0x00], at: 0))
    #expect(bench.write([0x88], at: 0))
    #expect(volts() == [0.512, 1.25, 1.25, 1.25])
    #expect(bench.write([0xC8], at: 0))
    #expect(volts() == [1.024, 1.25, 1.25, 1.25])
    #expect(bench.write([0xA1, 0x00], at: 0))
    #expect(volts() == [1.024, 0, 1.25, 1.25])
  }
}
