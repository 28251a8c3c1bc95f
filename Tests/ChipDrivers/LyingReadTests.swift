import ChipDrivers
import PerfusionCore
import TestSupport
import Testing

/// What a read makes of the bytes on the wire.
enum Lie: CustomTestStringConvertible, Sendable {
  case allOnes, allZeros, flipped(UInt8)

  static let all: [Lie] = [.allOnes, .allZeros] + (0..<8).map { .flipped(1 << $0) }

  func told(_ bytes: [UInt8]) -> [UInt8] {
    switch self {
    case .allOnes: bytes.map { _ in 0xFF }
    case .allZeros: bytes.map { _ in 0 }
    case .flipped(let bit): bytes.map { $0 ^ bit }
    }
  }
  var testDescription: String { "\(self)" }
}

/// Chips that drive, found by a firmware that starts while they run.
enum Driven: CaseIterable, Sendable {
  case mcp4725, mcp4728, mcp23017, pca9685

  func bench() -> Bench {
    switch self {
    case .mcp4725:
      return Bench(.mcp4725(reference: 5), at: 0x60, FakeMCP4725(memory: 0, output: 1500))
    case .mcp4728:
      let chip = FakeMCP4728(
        memory: [0x9000, 0x9000, 0x9000, 0x9000], outputs: [0x9100, 0x9200, 0x9300, 0x9400])
      return Bench(.mcp4728(reference: 4.096), at: 0x60, chip)
    case .mcp23017:
      let chip = FakeParts.mcp23017()
      (chip.memory[0], chip.memory[1], chip.memory[0x14]) = (0xF0, 0xFF, 0x0A)
      var pins = ExpanderPins()
      pins.outputs = 0x000F
      pins.inputs = 0xFFF0
      return Bench(.mcp23017, at: 0x20, chip, pins: pins)
    case .pca9685:
      let chip = FakeParts.pca9685()
      (chip.memory[0], chip.memory[0x12], chip.memory[0x15]) = (0x20, 0x00, 0x04)
      return Bench(.pca9685(frequency: 200), at: 0x40, chip)
    }
  }

  /// What the chip puts out, and would put out after its next power-up.
  func outputs(_ bench: Bench) -> [UInt16] {
    switch bench.wire.chips.values.first {
    case let chip as FakeMCP4725: [chip.output, chip.memory]
    case let chip as FakeMCP4728: chip.outputs + chip.memory
    case let chip as ByteChip:
      (self == .mcp23017 ? [0, 1, 0x14, 0x15] : [0x00, 0x12, 0x13, 0x14, 0x15, 0xFD])
        .map { UInt16(chip.memory[$0]) }
    default: []
    }
  }
}

@Suite("Reads that lie") struct LyingReadTests {
  @Test(
    "A chip that runs keeps its outputs whatever is read, and is trusted again when it reads right",
    .verifies("HZ-47", "R2", "R3"), arguments: Driven.allCases, Lie.all)
  func running(driven: Driven, lie: Lie) {
    // Three reads that say "asleep" are what a PCA9685 without power says.
    if driven == .pca9685, case .flipped(0x10) = lie { return }
    var bench = driven.bench()
    bench.visit(10)
    let before = driven.outputs(bench)
    bench.wire.corrupt = lie.told
    for _ in 0..<400 {
      bench.visit()
      #expect(driven.outputs(bench) == before)
    }
    #expect(bench.errors.allSatisfy { $0 == .verifyFailed })
    bench.wire.corrupt = nil
    bench.errors = []
    bench.visit(400)
    #expect(driven.outputs(bench) == before && bench.errors.isEmpty)
    #expect(bench.driver.health.state == .running)
  }

  @Test(
    "One read that lies while a running chip is taken over moves no output",
    .verifies("HZ-55", "R2"), arguments: Driven.allCases, Lie.all)
  func adoption(driven: Driven, lie: Lie) {
    for lied in 0..<10 {
      var bench = driven.bench()
      let before = driven.outputs(bench)
      var read = 0
      bench.wire.corrupt = { bytes in
        if bytes.isEmpty { return bytes }
        defer { read += 1 }
        return read == lied ? lie.told(bytes) : bytes
      }
      for _ in 0..<60 {
        bench.visit()
        #expect(driven.outputs(bench) == before, "read \(lied)")
      }
      #expect(bench.driver.health.state == .running)
    }
  }

  @Test(
    "A released bus that answers with ones is never taken for a chip in its reset state",
    .verifies("HZ-55", "R2"), arguments: Driven.allCases)
  func released(driven: Driven) {
    var bench = driven.bench()
    let before = driven.outputs(bench)
    bench.wire.corrupt = Lie.allOnes.told
    bench.visit(400)
    #expect(driven.outputs(bench) == before)
    #expect(bench.driver.health.state == .needsInitialisation && !bench.errors.isEmpty)
  }

  @Test("Driven outputs under settings that are not ours are mended without a move to 0 V")
  func quadSettings() {
    var bench = Driven.mcp4728.bench()
    let chip = bench.wire.chips[0x60] as? FakeMCP4728
    chip?.outputs = [0x8100, 0x9200, 0x1300, 0xF400]
    bench.visit(10)
    #expect(chip?.outputs == [0x9100, 0x9200, 0x9300, 0x9000], "powered down is 0 V")
    #expect(!bench.wire.log.contains { $0.write.first == 0x50 }, "the memory is left alone")
    #expect(bench.driver.health.state == .running)
  }

  @Test(
    "A DAC that lost its power while commands stand shows them again",
    .verifies("HZ-48"), arguments: [UInt16(0), 0x0800])
  func dacReset(memory: UInt16) {
    var bench = Driven.mcp4728.bench()
    let chip = bench.wire.chips[0x60] as? FakeMCP4728
    bench.outputs.set(0, 1)
    bench.visit(10)
    chip?.outputs = [UInt16](repeating: 0x9000 | memory, count: 4)
    bench.visit(6)
    #expect(chip?.outputs == [0x9000 | 1000, 0x9200, 0x9300, 0x9400])
  }
}
