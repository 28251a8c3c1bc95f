import Testing
import TestSupport

@testable import VirtualBoard

@Suite("Honeywell SSC model")
struct HoneywellSSCModelTests {
  let bench = ChipBench(nets: 2) {
    HoneywellSSCModel(nets: $0, firstNet: 0, lowest: -100, highest: 500)
  }

  @Test(
    "10 % counts at the lowest and 90 % at the highest pressure",
    arguments: [
      (-100.0, 1_638), (500, 14_745), (200, 8_192), (-1_000, 0), (9_000, 16_383),
    ])
  func transfer(pressure: Double, counts: Int) throws {
    bench.nets.values = [pressure, 25]
    let bytes = try #require(bench.read(2, at: 10_000))
    #expect(Int(bytes[0]) << 8 | Int(bytes[1]) == counts)
  }

  @Test("Four bytes add the 11-bit temperature")
  func temperature() throws {
    bench.nets.values = [200, 25]
    let bytes = try #require(bench.read(4, at: 10_000))
    #expect(Int(bytes[2]) << 3 | Int(bytes[3]) >> 5 == 768)
  }

  @Test("A second read inside 0.46 ms is stale, one after it is not")
  func stale() throws {
    #expect(try #require(bench.read(2, at: 10_000))[0] >> 6 == 0)
    #expect(try #require(bench.read(2, at: 10_010))[0] >> 6 == 2)
    #expect(try #require(bench.read(2, at: 10_470))[0] >> 6 == 0)
  }

  @Test("A stale read shows the old pressure")
  func staleValue() throws {
    let first = try #require(bench.read(2, at: 10_000))
    bench.nets.values[0] = 400
    let second = try #require(bench.read(2, at: 10_010))
    #expect(first[0] & 0x3F == second[0] & 0x3F && first[1] == second[1])
  }

  @Test("A broken bridge shows as diagnostic status", .verifies("HZ-48"))
  func diagnostic() throws {
    bench.nets.values[0] = .nan
    #expect(try #require(bench.read(2, at: 10_000))[0] >> 6 == 3)
  }

  @Test("It answers only 3 ms after power-on")
  func startUp() {
    bench.powerCycle(at: 20_000)
    #expect(bench.read(2, at: 22_900) == nil)
    #expect(bench.read(2, at: 23_100) != nil)
  }

  @Test("The command mode opens only right after power-on and shows as status 1")
  func commandMode() throws {
    #expect(bench.write([0xA0, 0, 0], at: 100_000))
    #expect(try #require(bench.read(2, at: 100_010))[0] >> 6 == 0)
    bench.powerCycle(at: 200_000)
    #expect(bench.write([0xA0, 0, 0], at: 204_000))
    #expect(try #require(bench.read(2, at: 205_000))[0] >> 6 == 1)
    #expect(bench.write([0x80, 0, 0], at: 206_000))
    #expect(try #require(bench.read(2, at: 207_000))[0] >> 6 == 0)
  }
}

@Suite("Honeywell ABP2 model")
struct HoneywellABP2ModelTests {
  let bench = ChipBench(nets: 2) {
    HoneywellABP2Model(nets: $0, firstNet: 0, lowest: 0, highest: 300)
  }

  @Test("Busy bit 5 is set for 5 ms after AA 00 00, then the result is there")
  func busy() throws {
    bench.nets.values = [150, 25]
    #expect(bench.write([0xAA, 0, 0], at: 0))
    #expect(bench.read(1, at: 4_900) == [0x60])
    let bytes = try #require(bench.read(7, at: 5_000))
    #expect(bytes[0] == 0x40)
    let pressure = Int(bytes[1]) << 16 | Int(bytes[2]) << 8 | Int(bytes[3])
    let temperature = Int(bytes[4]) << 16 | Int(bytes[5]) << 8 | Int(bytes[6])
    #expect(pressure == 8_388_608)
    #expect(abs(Double(temperature) * 200 / 16_777_215 - 50 - 25) < 0.001)
  }

  @Test("Without a command there is no new result")
  func oldResult() throws {
    bench.nets.values[0] = 150
    #expect(bench.write([0xAA, 0, 0], at: 0))
    let first = try #require(bench.read(7, at: 5_000))
    bench.nets.values[0] = 200
    #expect(bench.read(7, at: 50_000) == first)
  }

  @Test("A command while busy does not restart the conversion")
  func commandWhileBusy() {
    #expect(bench.write([0xAA, 0, 0], at: 0))
    #expect(bench.write([0xAA, 0, 0], at: 3_000))
    #expect(bench.read(1, at: 5_001) == [0x40])
  }
}

@Suite("NAU7802 model")
struct NAU7802ModelTests {
  let bench = ChipBench(nets: 2) { NAU7802Model(nets: $0, firstNet: 0) }

  /// Reset, power up, 3.3 V regulator, gain 128, 320 SPS, start.
  func start() {
    _ = bench.write([0x00, 0x01], at: 0)
    _ = bench.write([0x00, 0x02], at: 100)
    _ = bench.write([0x00, 0x86], at: 400)
    _ = bench.write([0x01, 0x27], at: 500)
    _ = bench.write([0x02, 0x70], at: 600)
    _ = bench.write([0x00, 0x96], at: 1_000)
  }

  @Test("Revision register and reset values", .verifies("HZ-48"))
  func identity() {
    #expect(bench.read(0x1F, 1, at: 0) == [0x0F])
    #expect(bench.read(0x00, 3, at: 0) == [0, 0, 0])
    #expect(bench.read(0x06, 4, at: 0) == [0x00, 0x80, 0x00, 0x00])
  }

  @Test("Power-up ready rises 200 us after PUD and the bit cannot be written")
  func powerUp() {
    #expect(bench.write([0x00, 0x01], at: 0))
    #expect(bench.write([0x00, 0x2A], at: 100))
    #expect(bench.read(0x00, 1, at: 250) == [0x02])
    #expect(bench.read(0x00, 1, at: 300) == [0x0A])
  }

  @Test("CR rises after one period at 320 SPS and falls when the result is read")
  func cycleReady() {
    start()
    #expect(bench.read(0x00, 1, at: 4_000).map { $0[0] & 0x20 } == 0)
    #expect(bench.read(0x00, 1, at: 4_200).map { $0[0] & 0x20 } == 0x20)
    #expect(bench.chip.output(0) == 1)
    #expect(bench.read(0x12, 3, at: 4_300) != nil)
    #expect(bench.read(0x00, 1, at: 4_400).map { $0[0] & 0x20 } == 0)
  }

  @Test(
    "Half of +-0.5 VREF/gain gives half of the 24-bit range, with its sign",
    arguments: [
      (0.5, [0x40, 0x00, 0x00]), (-0.5, [0xC0, 0x00, 0x00]), (2, [0x7F, 0xFF, 0xFF]),
      (-2, [0x80, 0x00, 0x00]),
    ] as [(Double, [UInt8])])
  func scale(fraction: Double, bytes: [UInt8]) {
    bench.nets.values[0] = fraction * 0.5 * 3.3 / 128
    start()
    #expect(bench.read(0x12, 3, at: 10_000) == bytes)
  }

  @Test("Nothing converts before the cycle is started")
  func idle() {
    _ = bench.write([0x00, 0x06], at: 0)
    #expect(bench.read(0x00, 1, at: 900_000).map { $0[0] & 0x20 } == 0)
  }

  @Test("A calibration keeps its bit set until it is done")
  func calibration() {
    start()
    #expect(bench.write([0x02, 0x74], at: 5_000))
    #expect(bench.read(0x02, 1, at: 300_000) == [0x74])
    #expect(bench.read(0x00, 1, at: 300_000).map { $0[0] & 0x20 } == 0)
    #expect(bench.read(0x02, 1, at: 350_000) == [0x70])
  }
}
