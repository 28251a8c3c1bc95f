import PerfusionCore
import Testing
import TestSupport

@testable import VirtualBoard

@Suite("24LC256 model", .verifies("HZ-50"))
struct EEPROM24LC256ModelTests {
  let bench = ChipBench(nets: 1) { EEPROM24LC256Model(nets: $0, firstNet: 0) }

  func read(_ address: Int, _ count: Int, at time: Int64) -> [UInt8]? {
    bench.write([UInt8(address >> 8), UInt8(address & 0xFF)], at: time)
      ? bench.read(count, at: time) : nil
  }

  @Test("It is not acknowledged for 5 ms after a write, then the data is there")
  func writeCycle() {
    #expect(bench.write([0x00, 0x10, 1, 2, 3], at: 0))
    #expect(!bench.write([], at: 4_900))
    #expect(bench.read(1, at: 4_900) == nil)
    #expect(bench.write([], at: 5_000))
    #expect(read(0x10, 4, at: 5_000) == [1, 2, 3, 0xFF])
  }

  @Test("A write past the end of a page wraps to its beginning")
  func pageWrap() {
    #expect(bench.write([0x00, 0x7E, 1, 2, 3, 4], at: 0))
    #expect(read(0x7E, 2, at: 6_000) == [1, 2])
    #expect(read(0x40, 2, at: 6_000) == [3, 4])
    #expect(read(0x80, 1, at: 6_000) == [0xFF])
  }

  @Test("More than 64 bytes overwrite themselves: the last 64 stay")
  func tooLong() {
    #expect(bench.write([0x01, 0x00] + (0..<70).map { UInt8($0) }, at: 0))
    #expect(read(0x0100, 7, at: 6_000) == [64, 65, 66, 67, 68, 69, 6])
  }

  @Test("Write protection acknowledges, changes nothing and is not busy")
  func writeProtection() {
    bench.nets.values[0] = 1
    #expect(bench.write([0x00, 0x00, 7], at: 0))
    #expect(read(0, 1, at: 10) == [0xFF])
  }

  @Test("Contents survive power; power lost in the write cycle erases the page")
  func power() {
    #expect(bench.write([0x00, 0x00, 7], at: 0))
    bench.powerCycle(at: 6_000)
    #expect(read(0, 1, at: 6_000) == [7])
    #expect(bench.write([0x00, 0x01, 8], at: 7_000))
    bench.powerCycle(at: 8_000)
    #expect(read(0, 2, at: 9_000) == [0xFF, 0xFF])
  }

  @Test("Reading rolls over from the last byte to the first, and goes on where it was")
  func rollOver() {
    #expect(bench.write([0x7F, 0xFF, 9], at: 0))
    #expect(read(0x7FFF, 2, at: 6_000) == [9, 0xFF])
    #expect(bench.write([0x00, 0x02, 5], at: 7_000))
    #expect(read(0x7FFF, 3, at: 13_000) == [9, 0xFF, 0xFF])
    #expect(bench.read(1, at: 13_000) == [5])
  }
}

@Suite("TCA9548A model")
struct TCA9548AModelTests {
  let model: TCA9548AModel
  let bench: ChipBench

  init() {
    let nets = Nets(count: 0)
    let model = TCA9548AModel(nets: nets, firstNet: 0)
    self.model = model
    bench = ChipBench(nets: nets, chip: model)
  }

  @Test("The register is the mask of open channels; the last byte counts; reset closes all")
  func mask() {
    #expect(model.channels == 0)
    #expect(bench.write([0xFF, 0x05], at: 0))
    #expect(model.channels == 0x05)
    #expect(bench.read(1, at: 0) == [0x05])
    model.hold(inReset: true, at: .start)
    #expect(model.channels == 0)
    #expect(!bench.write([0x05], at: 0))
    model.hold(inReset: false, at: .start)
    #expect(model.channels == 0)
    #expect(bench.write([0x05], at: 0))
  }

  @Test("Faulty switches do not follow the register")
  func faults() {
    #expect(bench.write([0x01], at: 0))
    model.setFault(.stuck, seed: 1)
    #expect(bench.write([0x82], at: 0))
    #expect(model.channels == 0x01)
    model.setFault(.wrong, seed: 1)
    #expect(model.channels == 0x05)
    #expect(bench.read(1, at: 0) == [0x82])
    model.setFault(.off, seed: 1)
    #expect(model.channels == 0)
    model.setFault(nil, seed: 1)
    #expect(model.channels == 0)
  }
}
