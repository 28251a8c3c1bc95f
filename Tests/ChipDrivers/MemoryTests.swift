import PerfusionCore
import TestSupport
import Testing

@testable import ChipDrivers

@Suite("The calibration memory") struct MemoryTests {
  static func record(_ byte: UInt8) -> EEPROMRecord {
    var record = EEPROMRecord()
    record.length = 48
    for index in 0..<48 { record.payload[index] = byte &+ UInt8(index) }
    return record
  }

  @Test("Check sums are those of the standards", .verifies("HZ-50"))
  func checksums() {
    #expect(Checksum.sensirion(0xBE, 0xEF) == 0x92)
    #expect(Checksum.sensirion(0, 0) == 0x81)
    #expect(Checksum.sensirion(0x12, 0x34) == 0x37)
    let digits: InlineArray<9, UInt8> = [0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39]
    #expect(Checksum.crc32(digits.span, count: 9) == 0xCBF4_3926)
  }

  @Test("A record that is written is read back after a restart", .verifies("HZ-50"))
  func roundTrip() {
    let chip = FakeEEPROM()
    var bench = Bench(.eeprom24LC256, at: 0x57, chip)
    bench.visit(5)
    #expect(bench.driver.record == nil && bench.errors.isEmpty)
    for byte: UInt8 in [10, 20, 30] {
      let isBegun = bench.driver.write(Self.record(byte))
      #expect(isBegun)
      bench.visit(10)
      #expect(bench.driver.record?.payload[0] == byte)
    }
    var second = Bench(.eeprom24LC256, at: 0x57, chip)
    second.visit(5)
    #expect(second.driver.record?.payload[1] == 31 && second.driver.record?.sequence == 3)
    #expect(bench.errors.isEmpty, "a part that is busy writing is no fault")
  }

  @Test("A damaged copy leaves the other one", .verifies("HZ-50"), arguments: 0..<64)
  func damage(offset: Int) {
    let chip = FakeEEPROM()
    var bench = Bench(.eeprom24LC256, at: 0x57, chip)
    bench.visit(5)
    for byte: UInt8 in [1, 2] {
      _ = bench.driver.write(Self.record(byte))
      bench.visit(10)
    }
    // The second write went over the older page: page 1, then page 0.
    let newest = chip.memory[7] == 2 ? 0 : 64
    chip.memory[newest + offset] ^= 0x10
    var second = Bench(.eeprom24LC256, at: 0x57, chip)
    second.visit(5)
    #expect(second.driver.record?.payload[0] == 1)
  }

  @Test("A write that is cut short leaves the old record", .verifies("HZ-50"), arguments: 1...3)
  func cutShort(visits: Int) {
    let chip = FakeEEPROM()
    var bench = Bench(.eeprom24LC256, at: 0x57, chip)
    bench.visit(5)
    _ = bench.driver.write(Self.record(1))
    bench.visit(10)
    _ = bench.driver.write(Self.record(2))
    bench.visit(visits == 3 ? 2 : visits)
    if visits < 3 { chip.busy = 0 }
    var second = Bench(.eeprom24LC256, at: 0x57, chip)
    second.visit(6)
    #expect(second.driver.record != nil)
    if visits < 3 { #expect(second.driver.record?.payload[0] == 1) }
  }
}
