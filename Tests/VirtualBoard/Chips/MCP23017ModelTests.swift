import Testing
import TestSupport

@testable import VirtualBoard

@Suite("MCP23017 model")
struct MCP23017ModelTests {
  let bench = ChipBench(nets: 16) { MCP23017Model(nets: $0, firstNet: 0) }

  @Test("All pins come up as inputs, everything else 0", .verifies("HZ-54"))
  func resetValues() {
    #expect(bench.read(0x00, 2, at: 0) == [0xFF, 0xFF])
    #expect(bench.read(0x02, 20, at: 0) == [UInt8](repeating: 0, count: 20))
    for pin in 0..<16 { #expect(bench.chip.output(pin) == 0) }
  }

  @Test("Input levels appear at GPIO, inverted where IPOL says so")
  func inputs() {
    bench.nets.values[0] = 1
    bench.nets.values[15] = 1
    #expect(bench.read(0x12, 2, at: 0) == [0x01, 0x80])
    #expect(bench.write([0x02, 0x03], at: 0))
    #expect(bench.read(0x12, 2, at: 0) == [0x02, 0x80])
  }

  @Test("OLAT drives only outputs; writing GPIO writes OLAT")
  func outputs() {
    #expect(bench.write([0x14, 0xFF], at: 0))
    #expect(bench.chip.output(0) == 0)
    #expect(bench.write([0x00, 0xFE], at: 0))
    #expect(bench.chip.output(0) == 1 && bench.chip.output(1) == 0)
    #expect(bench.write([0x12, 0x00], at: 0))
    #expect(bench.read(0x14, 1, at: 0) == [0x00])
    #expect(bench.chip.output(0) == 0)
  }

  @Test("The address map changes with BANK and the pointer with SEQOP")
  func maps() {
    #expect(bench.write([0x0A, 0x80], at: 0))
    #expect(bench.write([0x10, 0x0F], at: 0))
    #expect(bench.read(0x00, 1, at: 0) == [0xFF])
    #expect(bench.write([0x05, 0x00], at: 0))
    #expect(bench.read(0x01, 1, at: 0) == [0x0F])
    #expect(bench.write([0x0A, 0x20], at: 0))
    #expect(bench.read(0x00, 4, at: 0) == [0xFF, 0x0F, 0xFF, 0x0F])
  }

  @Test("An interrupt captures the port and is cleared by reading the capture")
  func interrupt() {
    #expect(bench.write([0x04, 0x04], at: 0))
    #expect(bench.chip.output(16) == 1)
    bench.nets.values[2] = 1
    #expect(bench.chip.output(16) == 0)
    bench.nets.values[2] = 0
    #expect(bench.read(0x0E, 1, at: 0) == [0x04])
    #expect(bench.read(0x10, 1, at: 0) == [0x04])
    #expect(bench.chip.output(16) == 1)
  }

  @Test("Comparing with DEFVAL keeps the interrupt as long as the level differs")
  func compare() {
    #expect(bench.write([0x08, 0x01], at: 0))
    #expect(bench.write([0x06, 0x01], at: 0))
    bench.nets.values[0] = 1
    #expect(bench.write([0x04, 0x01], at: 0))
    #expect(bench.chip.output(16) == 1)
    bench.nets.values[0] = 0
    #expect(bench.chip.output(16) == 0)
    _ = bench.read(0x10, 1, at: 0)
    #expect(bench.chip.output(16) == 0)
  }

  @Test("INTF and INTCAP cannot be written, a pull-up decides a floating pin")
  func protection() {
    #expect(bench.write([0x0E, 0xFF, 0xFF, 0xFF, 0xFF], at: 0))
    #expect(bench.read(0x0E, 4, at: 0) == [0, 0, 0, 0])
    bench.nets.values[3] = .nan
    #expect(bench.read(0x12, 1, at: 0) == [0x00])
    #expect(bench.write([0x0C, 0x08], at: 0))
    #expect(bench.read(0x12, 1, at: 0) == [0x08])
    #expect(bench.chip.output(3) == 1)
  }
}
