import Testing
import TestSupport

@testable import VirtualBoard

@Suite("SLF3S model")
struct SLF3SModelTests {
  let bench = ChipBench(nets: 3) { SLF3SModel(nets: $0, firstNet: 0, scale: 500, seed: 3) }

  @Test(
    "Check sums agree with the published vectors",
    arguments: [
      (0xBE, 0xEF, 0x92), (0x00, 0x00, 0x81), (0x12, 0x34, 0x37),
    ] as [(UInt8, UInt8, UInt8)])
  func vectors(high: UInt8, low: UInt8, sum: UInt8) {
    #expect(sensirionChecksum(high, low) == sum)
  }

  @Test("It does not acknowledge a read before the first result, 12 ms after the start")
  func firstResult() {
    #expect(bench.read(9, at: 0) == nil)
    #expect(bench.write([0x36, 0x08], at: 0))
    #expect(bench.read(9, at: 11_900) == nil)
    #expect(bench.read(9, at: 12_000) != nil)
  }

  @Test("Flow, temperature and flags, each with its check sum")
  func frame() throws {
    bench.nets.values = [20, 37, 1]
    #expect(bench.write([0x36, 0x08], at: 0))
    let bytes = try #require(bench.read(9, at: 20_000))
    #expect(bytes[0...1] == [0x27, 0x10])
    #expect(bytes[3...4] == [0x1C, 0xE8])
    #expect(bytes[6...7] == [0x00, 0x01])
    for word in stride(from: 0, to: 9, by: 3) {
      #expect(sensirionChecksum(bytes[word], bytes[word + 1]) == bytes[word + 2])
    }
  }

  @Test("Backward flow is negative, flow beyond the range saturates and raises its flag")
  func extremes() throws {
    #expect(bench.write([0x36, 0x15], at: 0))
    bench.nets.values[0] = -2
    #expect(try #require(bench.read(2, at: 20_000)) == [0xFC, 0x18])
    bench.nets.values[0] = 90
    let bytes = try #require(bench.read(9, at: 21_000))
    #expect(Int(bytes[0]) << 8 | Int(bytes[1]) == 32_500)
    #expect(bytes[7] == 2)
  }

  @Test("While it measures only the stop command is acknowledged")
  func stop() {
    #expect(bench.write([0x36, 0x08], at: 0))
    #expect(!bench.write([0x36, 0x7C], at: 20_000))
    #expect(!bench.write([0x36, 0x08], at: 20_000))
    #expect(bench.write([0x3F, 0xF9], at: 20_000))
    #expect(!bench.write([0x36, 0x08], at: 20_100))
    #expect(bench.read(9, at: 40_000) == nil)
    #expect(bench.write([0x36, 0x08], at: 40_000))
  }

  @Test(
    "The product number tells the type", .verifies("HZ-48"),
    arguments: [
      (10_000.0, 0x0703_0302), (500, 0x0703_0202), (32, 0x0703_0501),
    ])
  func identity(scale: Double, number: Int) throws {
    let bench = ChipBench(nets: 3) { SLF3SModel(nets: $0, firstNet: 0, scale: scale, seed: 3) }
    #expect(bench.write([0x36, 0x7C], at: 0))
    #expect(bench.write([0xE1, 0x02], at: 10))
    let bytes = try #require(bench.read(18, at: 20))
    #expect([bytes[0], bytes[1], bytes[3], bytes[4]].reduce(0) { $0 << 8 | Int($1) } == number)
    for word in stride(from: 0, to: 18, by: 3) {
      #expect(sensirionChecksum(bytes[word], bytes[word + 1]) == bytes[word + 2])
    }
  }

  @Test("A general call resets it: no answer for 25 ms, then idle")
  func softReset() {
    #expect(bench.write([0x36, 0x08], at: 0))
    #expect(bench.generalCall([0x06], at: 20_000))
    #expect(!bench.write([0x36, 0x08], at: 44_900))
    #expect(bench.read(9, at: 46_000) == nil)
    #expect(bench.write([0x36, 0x08], at: 46_000))
  }
}
