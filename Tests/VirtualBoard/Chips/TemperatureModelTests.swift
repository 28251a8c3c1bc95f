import PerfusionCore
import Testing
import TestSupport

@testable import VirtualBoard

@Suite("TMP117 model")
struct TMP117ModelTests {
  let bench = ChipBench(nets: 1) { TMP117Model(nets: $0, firstNet: 0, seed: 7) }

  @Test("Identity and reset values", .verifies("HZ-48"))
  func resetValues() {
    bench.powerCycle(at: 0)
    #expect(bench.word(0x0F, at: 2_000) == 0x0117)
    #expect(bench.word(0x00, at: 2_000) == 0x8000)
    #expect(bench.word(0x01, at: 2_000) == 0x0220)
    #expect(bench.word(0x02, at: 2_000) == 0x6000)
    #expect(bench.word(0x03, at: 2_000) == 0x8000)
  }

  @Test(
    "Codes of the data sheet's table",
    arguments: [
      (-256.0, 0x8000), (-25, 0xF380), (-0.0078125, 0xFFFF), (0, 0), (0.0078125, 1),
      (25, 0x0C80), (100, 0x3200), (255.9921875, 0x7FFF),
    ])
  func codes(temperature: Double, code: Int) {
    bench.powerCycle(at: 0)
    bench.nets.values[0] = temperature
    #expect(bench.word(0, at: 500_000) == code)
  }

  @Test("Eight averages are ready after 124 ms, the next a second later; reading clears ready")
  func cycle() {
    bench.powerCycle(at: 0)
    #expect(bench.word(1, at: 120_000).map { $0 & 0x2000 } == 0)
    #expect(bench.word(1, at: 126_000).map { $0 & 0x2000 } == 0x2000)
    #expect(bench.word(1, at: 127_000).map { $0 & 0x2000 } == 0)
    #expect(bench.word(1, at: 1_120_000).map { $0 & 0x2000 } == 0)
    #expect(bench.word(0, at: 1_127_000) != nil)
    #expect(bench.word(1, at: 1_127_000).map { $0 & 0x2000 } == 0)
  }

  @Test(
    "Conversion cycle times of the data sheet's table",
    arguments: [
      (0, 0, 15_500), (0, 1, 125_000), (0, 2, 500_000), (0, 3, 1_000_000), (1, 1, 125_000),
      (3, 1, 500_000), (4, 3, 1_000_000), (5, 2, 4_000_000), (7, 0, 16_000_000),
    ] as [(Int, Int, Int64)])
  func cycles(conversion: Int, average: Int, period: Int64) {
    let averages: Int64 = [1, 8, 32, 64][average]
    #expect(bench.write(1, word: conversion << 7 | average << 5, at: 0))
    let first = averages * 15_500
    #expect(bench.word(1, at: first).map { $0 & 0x2000 } == 0x2000)
    #expect(bench.word(1, at: first + period - 1).map { $0 & 0x2000 } == 0)
    #expect(bench.word(1, at: first + period).map { $0 & 0x2000 } == 0x2000)
  }

  @Test("One shot converts once and falls asleep")
  func oneShot() {
    bench.powerCycle(at: -2_000)
    bench.nets.values[0] = 10
    #expect(bench.write(1, word: 0x0C00, at: 0))
    #expect(bench.word(0, at: 15_000) == 0x8000)
    #expect(bench.word(0, at: 16_000) == 0x0500)
    bench.nets.values[0] = 20
    #expect(bench.word(0, at: 900_000) == 0x0500)
    #expect(bench.word(1, at: 900_000) == 0x0400)
  }

  @Test(
    "Only unlocked writes survive a power cycle, after 7 ms of programming")
  func memory() {
    #expect(bench.write(2, word: 0x1500, at: 0))
    bench.powerCycle(at: 1_000)
    #expect(bench.word(2, at: 10_000) == 0x6000)
    #expect(bench.write(4, word: 0x8000, at: 10_000))
    #expect(bench.write(2, word: 0x1500, at: 10_000))
    #expect(bench.word(4, at: 16_000) == 0xC000)
    #expect(bench.word(4, at: 17_100) == 0x8000)
    bench.powerCycle(at: 20_000)
    #expect(bench.word(2, at: 30_000) == 0x1500)
    #expect(bench.word(4, at: 30_000) == 0)
  }

  @Test("The soft reset loads the memory again")
  func softReset() {
    #expect(bench.write(1, word: 0x0C00, at: 0))
    #expect(bench.write(1, word: 0x0002, at: 1_000))
    #expect(bench.word(1, at: 4_000) == 0x0220)
  }

  @Test("The alert flag of the high limit is cleared by reading the configuration")
  func alert() {
    #expect(bench.write(2, word: 0x0C80, at: 0))
    bench.nets.values[0] = 30
    #expect(bench.write(1, word: 0x0000, at: 0))
    bench.nets.now.microseconds = 15_600
    #expect(bench.chip.output(0) == 0)
    #expect(bench.word(1, at: 15_700).map { $0 & 0x8000 } == 0x8000)
    #expect(bench.chip.output(0) == 1)
  }
}

@Suite("MCP9808 model")
struct MCP9808ModelTests {
  let bench = ChipBench(nets: 1) { MCP9808Model(nets: $0, firstNet: 0) }

  @Test("Identities and reset values", .verifies("HZ-48"))
  func resetValues() {
    #expect(bench.word(6, at: 0) == 0x0054)
    #expect(bench.word(7, at: 0) == 0x0400)
    #expect(bench.word(1, at: 0) == 0)
    #expect(bench.read(8, 1, at: 0) == [3])
  }

  @Test(
    "25.25 degC reads as in the data sheet's example, the sign is bit 12",
    arguments: [
      (25.25, 0x0194), (0, 0x0000), (-0.0625, 0x1FFF), (-25.25, 0x1E6C), (125, 0x07D0),
    ])
  func codes(temperature: Double, code: Int) {
    bench.powerCycle(at: 0)
    bench.nets.values[0] = temperature
    #expect(bench.word(5, at: 300_000).map { $0 & 0x1FFF } == code)
  }

  @Test("The limit flags stand above the temperature")
  func flags() {
    bench.powerCycle(at: 0)
    bench.nets.values[0] = 25
    #expect(bench.word(5, at: 300_000) == 0xC190)
    _ = bench.write(2, word: 0x01E0, at: 300_000)
    _ = bench.write(4, word: 0x0280, at: 300_000)
    #expect(bench.word(5, at: 300_000) == 0x0190)
    _ = bench.write(3, word: 0x01A0, at: 300_000)
    #expect(bench.word(5, at: 300_000) == 0x2190)
  }

  @Test(
    "Resolution sets step and conversion time",
    arguments: [
      (0, 30_000, 0.5), (1, 65_000, 0.25), (2, 130_000, 0.125), (3, 250_000, 0.0625),
    ] as [(UInt8, Int64, Double)])
  func resolutions(field: UInt8, time: Int64, step: Double) {
    bench.powerCycle(at: 0)
    bench.nets.values[0] = 20.4375
    #expect(bench.write([8, field], at: 0))
    #expect(bench.word(5, at: time - 1).map { $0 & 0x1FFF } == 0)
    let expected = Int(20.4375 / step) * Int(step * 16)
    #expect(bench.word(5, at: time).map { $0 & 0x1FFF } == expected)
  }

  @Test("Shutdown freezes the temperature and a locked window cannot be changed")
  func shutdownAndLock() {
    bench.nets.values[0] = 20
    _ = bench.word(5, at: 0)
    #expect(bench.write(1, word: 0x0100, at: 0))
    bench.nets.values[0] = 30
    #expect(bench.word(5, at: 900_000).map { $0 & 0x1FFF } == 320)
    #expect(bench.write(1, word: 0x0040, at: 900_000))
    #expect(bench.write(2, word: 0x0190, at: 900_000))
    #expect(bench.word(2, at: 900_000) == 0)
    #expect(bench.write(1, word: 0x0100, at: 900_000))
    #expect(bench.word(1, at: 900_000) == 0x0040)
  }
}

@Suite("MCP9600 model")
struct MCP9600ModelTests {
  let bench = ChipBench(nets: 2) { MCP9600Model(nets: $0, firstNet: 0) }

  @Test("Identity, reset values and clock stretching", .verifies("HZ-48"))
  func resetValues() {
    #expect(bench.read(0x20, 1, at: 0) == [0x40])
    #expect(bench.chip.stretch > 0)
    #expect(bench.read(0x06, 1, at: 0) == [0x00])
  }

  @Test(
    "Hot, difference and cold junction in sixteenths",
    arguments: [
      (37.0, 22.5, 0x0250, 0x00E8, 0x0168), (-1, 20, 0xFFF0, 0xFEB0, 0x0140),
    ])
  func codes(hot: Double, cold: Double, first: Int, second: Int, third: Int) {
    bench.powerCycle(at: 0)
    bench.nets.values = [hot, cold]
    #expect(bench.word(0, at: 330_000) == first)
    #expect(bench.word(1, at: 330_000) == second)
    #expect(bench.word(2, at: 330_000) == third)
  }

  @Test(
    "The update flag rises with the conversion and is cleared by writing",
    arguments: [
      (0x00, 320_000), (0x20, 80_000), (0x40, 20_000), (0x60, 5_000),
    ] as [(UInt8, Int64)])
  func update(config: UInt8, time: Int64) {
    #expect(bench.write([0x06, config], at: 0))
    #expect(bench.write([0x04, 0x00], at: 0))
    #expect(bench.read(0x04, 1, at: time - 1).map { $0[0] & 0x40 } == 0)
    #expect(bench.read(0x04, 1, at: time).map { $0[0] & 0x40 } == 0x40)
    #expect(bench.write([0x04, 0x00], at: time))
    #expect(bench.read(0x04, 1, at: time).map { $0[0] & 0x40 } == 0)
  }

  @Test("The strongest filter follows a step slowly")
  func filter() throws {
    bench.powerCycle(at: 0)
    bench.nets.values = [20, 20]
    _ = bench.write([0x05, 0x07], at: 0)
    _ = bench.word(0, at: 330_000)
    bench.nets.values[0] = 40
    let code = try #require(bench.word(0, at: 650_000))
    #expect(code > 320 && code < 330)
  }

  @Test("An alert compares with its limit and hysteresis")
  func alert() {
    bench.powerCycle(at: 0)
    _ = bench.write([0x10, 0x02, 0x90], at: 0)
    _ = bench.write([0x0C, 2], at: 0)
    _ = bench.write([0x08, 0x0D], at: 0)
    bench.nets.values = [42, 20]
    #expect(bench.read(0x04, 1, at: 330_000).map { $0[0] & 1 } == 1)
    #expect(bench.chip.output(0) == 1)
    bench.nets.values = [40, 20]
    #expect(bench.read(0x04, 1, at: 650_000).map { $0[0] & 1 } == 1)
    bench.nets.values = [38, 20]
    #expect(bench.read(0x04, 1, at: 970_000).map { $0[0] & 1 } == 0)
  }
}
