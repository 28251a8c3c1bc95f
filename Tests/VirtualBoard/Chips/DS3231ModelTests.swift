import Testing
import TestSupport

@testable import VirtualBoard

@Suite("DS3231 model", .verifies("HZ-49"))
struct DS3231ModelTests {
  let bench = ChipBench(nets: 1) { DS3231Model(nets: $0, firstNet: 0) }

  @Test("A new part shows 2000-01-01, day 1, and a stopped oscillator")
  func resetValues() {
    #expect(bench.read(0x00, 7, at: 0) == [0, 0, 0, 1, 1, 1, 0])
    #expect(bench.read(0x0E, 2, at: 0) == [0x1C, 0x88])
  }

  @Test(
    "Time runs with virtual time over minute, month, leap day and year",
    arguments: [
      ([0x58, 0x59, 0x23, 0x07, 0x28, 0x02, 0x24], [0x00, 0x00, 0x00, 0x01, 0x29, 0x02, 0x24]),
      ([0x58, 0x59, 0x23, 0x03, 0x28, 0x02, 0x25], [0x00, 0x00, 0x00, 0x04, 0x01, 0x03, 0x25]),
      ([0x58, 0x59, 0x23, 0x04, 0x31, 0x12, 0x26], [0x00, 0x00, 0x00, 0x05, 0x01, 0x01, 0x27]),
      ([0x58, 0x09, 0x05, 0x02, 0x09, 0x09, 0x99], [0x00, 0x10, 0x05, 0x02, 0x09, 0x09, 0x99]),
    ] as [([UInt8], [UInt8])])
  func advance(before: [UInt8], after: [UInt8]) {
    #expect(bench.write([0x00] + before, at: 500_000))
    #expect(bench.read(0x00, 7, at: 500_000) == before)
    #expect(bench.read(0x00, 7, at: 2_499_999) != after)
    #expect(bench.read(0x00, 7, at: 2_500_000) == after)
  }

  @Test("Every second of four years reads back in order", arguments: [0, 1, 2, 3])
  func calendar(year: Int) {
    var last: Int64 = -1
    for step in stride(from: Int64(0), to: 366 * 86_400, by: 86_399) {
      let total = CivilTime(year: year).seconds + step
      let back = CivilTime(seconds: total).seconds
      #expect(back == total && back > last)
      last = back
    }
  }

  @Test(
    "The 12-hour mode shows noon and midnight as 12",
    arguments: [
      (0x00, 0x52), (0x12, 0x72), (0x13, 0x61), (0x23, 0x71),
    ] as [(UInt8, UInt8)])
  func twelveHours(hour: UInt8, shown: UInt8) {
    #expect(bench.write([0x02, shown], at: 0))
    #expect(bench.read(0x02, 1, at: 0) == [shown])
    #expect(bench.write([0x02, hour], at: 0))
    #expect(bench.read(0x02, 1, at: 0) == [hour])
  }

  @Test("The stop flag can be cleared, not set; the battery carries it over power")
  func stopFlag() {
    #expect(bench.write([0x0F, 0x08], at: 0))
    #expect(bench.read(0x0F, 1, at: 0) == [0x08])
    #expect(bench.write([0x0F, 0x88], at: 0))
    bench.powerCycle(at: 1_000_000)
    #expect(bench.read(0x0F, 1, at: 2_000_000) == [0x08])
    #expect(bench.read(0x00, 1, at: 2_000_000) == [0x02])
  }

  @Test(
    "Temperature in quarters, every 64 s or on demand",
    arguments: [
      (25.25, [0x19, 0x40]), (-0.25, [0xFF, 0xC0]), (37, [0x25, 0x00]),
    ] as [(Double, [UInt8])])
  func temperature(value: Double, bytes: [UInt8]) {
    _ = bench.read(0x11, 2, at: 0)
    bench.nets.values[0] = value
    #expect(bench.read(0x11, 2, at: 1_000_000) == [0, 0])
    #expect(bench.write([0x0E, 0x3C], at: 1_000_000))
    #expect(bench.read(0x0F, 1, at: 1_100_000).map { $0[0] & 4 } == 4)
    #expect(bench.read(0x11, 2, at: 1_200_000) == bytes)
    #expect(bench.read(0x0E, 2, at: 1_200_000).map { [$0[0] & 0x20, $0[1] & 4] } == [0, 0])
  }

  @Test("An outage of supply and battery loses the time and says so")
  func lost() {
    #expect(bench.write([0x0F, 0x08], at: 0))
    bench.chip.setFault(.off, seed: 1)
    #expect(bench.read(0x00, 1, at: 1_000) == nil)
    bench.chip.setFault(nil, seed: 1)
    #expect(bench.read(0x0F, 1, at: 2_000).map { $0[0] & 0x80 } == 0x80)
  }
}
