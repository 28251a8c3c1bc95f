import PerfusionCore
import Testing
import TestSupport

@testable import VirtualBoard

@Suite("ADS1115 model")
struct ADS1115ModelTests {
  let bench = ChipBench(nets: 4) { ADS1115Model(nets: $0, firstNet: 0) }

  @Test("Registers come up with the values of the data sheet")
  func resetValues() {
    #expect(bench.word(0, at: 0) == 0)
    #expect(bench.word(1, at: 0) == 0x8583)
    #expect(bench.word(2, at: 0) == 0x8000)
    #expect(bench.word(3, at: 0) == 0x7FFF)
  }

  @Test("A single shot at 860 SPS is busy before 1.16 ms and ready after 1.2 ms")
  func singleShot() {
    bench.nets.values[0] = 1
    #expect(bench.write(1, word: 0xC3E3, at: 0))
    #expect(bench.word(1, at: 1_160) == 0x43E3)
    #expect(bench.word(0, at: 1_160) == 0)
    #expect(bench.word(1, at: 1_200) == 0xC3E3)
    #expect(bench.word(0, at: 1_200) == 8_000)
  }

  @Test(
    "Code = volts x 32768 / full scale",
    arguments: [
      (0, 6.144), (1, 4.096), (2, 2.048), (3, 1.024), (4, 0.512), (5, 0.256), (7, 0.256),
    ])
  func gains(gain: Int, fullScale: Double) {
    bench.nets.values[2] = fullScale / 4
    #expect(bench.write(1, word: 0xE1E3 | gain << 9, at: 0))
    #expect(bench.word(0, at: 2_000) == 8_192)
    bench.nets.values[2] = fullScale * 2
    #expect(bench.write(1, word: 0xE1E3 | gain << 9, at: 2_000))
    #expect(bench.word(0, at: 4_000) == 0x7FFF)
  }

  @Test(
    "The multiplexer measures pairs and single inputs",
    arguments: [
      (0, 1.0), (1, -2.0), (2, -3.0), (3, -1.0), (4, 2.0), (5, 1.0), (6, 3.0), (7, 4.0),
    ])
  func multiplexer(selection: Int, volts: Double) {
    bench.nets.values = [2, 1, 3, 4]
    #expect(bench.write(1, word: 0x81E3 | selection << 12, at: 0))
    #expect(
      bench.word(0, at: 2_000).map { Int16(truncatingIfNeeded: $0) }
        == Int16((volts / 6.144 * 32_768).rounded()))
  }

  @Test(
    "Each data rate takes its own conversion time",
    arguments: [
      (0, 8), (1, 16), (2, 32), (3, 64), (4, 128), (5, 250), (6, 475), (7, 860),
    ])
  func dataRates(field: Int, rate: Int64) {
    let period = 1_000_000 / rate
    #expect(bench.write(1, word: 0xC103 | field << 5, at: 0))
    #expect(bench.word(1, at: period - 1).map { $0 & 0x8000 } == 0)
    #expect(bench.word(1, at: period + 30).map { $0 & 0x8000 } == 0x8000)
  }

  @Test("A start during a conversion is ignored")
  func startWhileBusy() {
    #expect(bench.write(1, word: 0xC3E3, at: 0))
    bench.nets.values[0] = 2
    #expect(bench.write(1, word: 0xC3E3, at: 600))
    #expect(bench.word(0, at: 1_200) == 0)
    #expect(bench.word(1, at: 1_200).map { $0 & 0x8000 } == 0x8000)
  }

  @Test("Continuous mode follows the input and never shows ready")
  func continuous() {
    bench.nets.values[0] = 1
    #expect(bench.write(1, word: 0x42E3, at: 0))
    #expect(bench.word(0, at: 1_250) == 8_000)
    bench.nets.values[0] = 0.5
    #expect(bench.word(0, at: 2_400) == 4_000)
    #expect(bench.word(1, at: 2_400) == 0x42E3)
  }

  @Test("The conversion register cannot be written")
  func readOnly() {
    #expect(bench.write(0, word: 0x1234, at: 0))
    #expect(bench.word(0, at: 0) == 0)
  }

  @Test(
    "ALERT goes low above the high threshold and stays latched until the result is read",
    .verifies("HZ-08"))
  func latchedComparator() {
    #expect(bench.write(3, word: 8_000, at: 0))
    #expect(bench.write(2, word: 7_500, at: 0))
    bench.nets.values[0] = 0.5
    #expect(bench.write(1, word: 0x42E4, at: 0))
    bench.nets.now.microseconds = 1_300
    #expect(bench.chip.output(0) == 1)
    bench.nets.values[0] = 1.1
    bench.nets.now.microseconds = 2_500
    #expect(bench.chip.output(0) == 0)
    bench.nets.values[0] = 0.1
    bench.nets.now.microseconds = 10_000
    #expect(bench.chip.output(0) == 0)
    #expect(bench.word(0, at: 10_000) != nil)
    #expect(bench.chip.output(0) == 1)
  }

  @Test("With thresholds 1xxx and 0xxx the ALERT pin signals a complete conversion")
  func conversionReady() {
    #expect(bench.write(3, word: 0x8000, at: 0))
    #expect(bench.write(2, word: 0x0000, at: 0))
    #expect(bench.write(1, word: 0xC3E0, at: 0))
    #expect(bench.chip.output(0) == 1)
    bench.nets.now.microseconds = 1_200
    #expect(bench.chip.output(0) == 0)
  }

  @Test("A general call 0x06 resets it")
  func generalCall() {
    #expect(bench.write(1, word: 0x42E4, at: 0))
    #expect(bench.generalCall([0x06], at: 10))
    #expect(bench.word(1, at: 10) == 0x8583)
  }
}
