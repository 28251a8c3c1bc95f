import ChipDrivers
import PerfusionCore
import Testing
import TestSupport

@testable import VirtualBoard

/// Every part with what it takes to get a measurement or a register out of it.
struct FaultCase: Sendable, CustomTestStringConvertible {
  var part: ChipPart
  var inputs: [Double]
  var moved: [Double] = []
  var setUp: [[UInt8]] = []
  var trigger: [UInt8]?
  var pointer: UInt8?
  var count = 2
  var wait: Int64 = 20_000
  /// A bus write that moves an output, for parts that drive.
  var drive: [UInt8] = []
  var testDescription: String { "\(part)" }

  var drives: Bool { !drive.isEmpty }

  static let sensors: [FaultCase] = [
    FaultCase(
      part: .ads1115(channels: 1, fullScale: 4.096), inputs: [1, 0, 0, 0],
      moved: [2, 0, 0, 0], trigger: [1, 0xC3, 0xE3], pointer: 0),
    FaultCase(
      part: .honeywellSSC(lowest: 0, highest: 300), inputs: [100, 20], moved: [200, 20]),
    FaultCase(
      part: .honeywellABP2(lowest: 0, highest: 300), inputs: [100, 20], moved: [200, 20],
      trigger: [0xAA, 0, 0], count: 4),
    FaultCase(
      part: .nau7802(gain: 128), inputs: [0.005, 0], moved: [0.01, 0],
      setUp: [[0, 1], [0, 2], [0, 0x86], [1, 0x27], [2, 0x70], [0, 0x96]], pointer: 0x12,
      count: 3),
    FaultCase(
      part: .tmp117, inputs: [20], moved: [30], setUp: [[1, 0, 0]], pointer: 0, wait: 50_000),
    FaultCase(part: .mcp9808, inputs: [20], moved: [30], pointer: 5, wait: 300_000),
    FaultCase(
      part: .mcp9600, inputs: [20, 20], moved: [30, 20], setUp: [[6, 0x60]], pointer: 0,
      wait: 300_000),
    FaultCase(
      part: .slf3s(scale: 500), inputs: [10, 20, 0], moved: [20, 20, 0],
      setUp: [[0x36, 0x08]], count: 9),
    FaultCase(part: .as5600, inputs: [0.2, 1], moved: [0.4, 1], pointer: 0x0C),
    FaultCase(
      part: .ina226(shunt: 0.002, maximumCurrent: 15), inputs: [2, 12], moved: [8, 12],
      pointer: 1),
    FaultCase(
      part: .ina228(shunt: 0.002, maximumCurrent: 15), inputs: [2, 12, 25],
      moved: [8, 12, 25], pointer: 4, count: 3),
    FaultCase(
      part: .fdc1004, inputs: [3, 0, 0, 0], moved: [6, 0, 0, 0], setUp: [[8, 0x1C, 0]],
      trigger: [0x0C, 0x04, 0x80], pointer: 0),
  ]

  static let drivers: [FaultCase] = [
    FaultCase(
      part: .pca9685(frequency: 200), inputs: [0], setUp: [[0, 0x20]], pointer: 6, count: 4,
      drive: [6, 0, 0, 0, 8]),
    FaultCase(part: .mcp4725(reference: 5), inputs: [], count: 5, drive: [0x08, 0x00]),
    FaultCase(
      part: .mcp4728(reference: 5), inputs: [0], count: 24, drive: [0x08, 0x00]),
    FaultCase(
      part: .mcp23017, inputs: Array(repeating: 0, count: 16), setUp: [[0, 0xFE]],
      pointer: 0x14, count: 1, drive: [0x14, 1]),
    FaultCase(part: .tca9548a, inputs: [], count: 1, drive: [0x01]),
  ]

  static let others: [FaultCase] = [
    FaultCase(part: .ds3231, inputs: [20], pointer: 0, count: 7),
    FaultCase(part: .eeprom24LC256, inputs: [0], setUp: [[0, 0, 1, 2, 3]], count: 8),
  ]

  static var all: [FaultCase] { sensors + drivers + others }
}

/// A chip of a case on its nets, driven along virtual time.
final class FaultBench {
  let test: FaultCase
  let bench: ChipBench
  var now: Int64 = 0

  init?(_ test: FaultCase, seed: UInt64 = 5) {
    self.test = test
    let nets = Nets(count: netCount(of: test.part))
    guard let chip = makeModel(part: test.part, nets: nets, firstNet: 0, seed: seed) else {
      return nil
    }
    bench = ChipBench(nets: nets, chip: chip)
    nets.values = test.inputs
    for bytes in test.setUp { _ = step(bytes) }
  }

  func advance(_ microseconds: Int64) {
    now += microseconds
    bench.nets.now = Instant(microseconds: now)
  }

  func step(_ bytes: [UInt8]) -> Bool {
    advance(10_000)
    return bench.write(bytes, at: now)
  }

  /// One measurement as its driver would take it; nil for no acknowledge of any part of it.
  func measure() -> [UInt8]? {
    if let trigger = test.trigger, !step(trigger) { return nil }
    advance(test.wait)
    if let pointer = test.pointer { return bench.read(pointer, test.count, at: now) }
    return bench.read(test.count, at: now)
  }

  /// The measurement as a number, without status bits that come and go.
  func value() -> Int? {
    guard var bytes = measure() else { return nil }
    if case .honeywellSSC = test.part { bytes[0] &= 0x3F }
    if case .slf3s = test.part { bytes = Array(bytes[0...1]) }
    return bytes.reduce(0) { $0 << 8 | Int($1) }
  }
}

@Suite("Fault words on every chip", .verifies("HZ-48"))
struct ChipFaultTests {
  @Test(
    "Off and nack are not acknowledged; without the fault the chip works again",
    arguments: FaultCase.all, [FaultWord.off, .nack])
  func gone(test: FaultCase, word: FaultWord) throws {
    let rig = try #require(FaultBench(test))
    #expect(rig.measure() != nil)
    #expect(rig.bench.chip.setFault(word, seed: 1))
    #expect(rig.measure() == nil)
    #expect(!rig.step([0]))
    rig.bench.chip.setFault(nil, seed: 1)
    rig.advance(50_000)
    for bytes in test.setUp { _ = rig.step(bytes) }
    #expect(rig.measure() != nil)
  }

  @Test("Stuck sensors repeat their last conversion", arguments: FaultCase.sensors)
  func stuckSensor(test: FaultCase) throws {
    let rig = try #require(FaultBench(test))
    let before = try #require(rig.value())
    rig.bench.chip.setFault(.stuck, seed: 1)
    rig.bench.nets.values = test.moved
    for _ in 0..<20 { #expect(rig.value() == before) }
    rig.bench.chip.setFault(nil, seed: 1)
    #expect(rig.value() != before)
  }

  @Test(
    "Garbage differs from the truth and from read to read, and repeats with its seed",
    arguments: FaultCase.all)
  func garbage(test: FaultCase) throws {
    func draws(_ seed: UInt64) throws -> [[UInt8]] {
      let rig = try #require(FaultBench(test))
      rig.bench.chip.setFault(.garbage, seed: seed)
      return (0..<8).compactMap { _ in rig.measure() }
    }
    let first = try draws(1)
    #expect(first.count == 8 && Set(first).count > 4)
    #expect(try draws(1) == first)
    #expect(try draws(2) != first)
  }

  @Test("Garbage fails the check sums of a flow sensor")
  func garbageChecksum() throws {
    let test = try #require(FaultCase.sensors.first { $0.count == 9 })
    let rig = try #require(FaultBench(test))
    rig.bench.chip.setFault(.garbage, seed: 4)
    for _ in 0..<50 {
      let bytes = try #require(rig.measure())
      let sums = (0..<3).map { sensirionChecksum(bytes[$0 * 3], bytes[$0 * 3 + 1]) }
      #expect(sums != [bytes[2], bytes[5], bytes[8]])
    }
  }

  @Test("Wrong sensors are off by a plausible amount", arguments: FaultCase.sensors)
  func wrongSensor(test: FaultCase) throws {
    let rig = try #require(FaultBench(test))
    let before = try #require(rig.value())
    rig.bench.chip.setFault(.wrong, seed: 1)
    let wrong = try #require(rig.value())
    #expect(wrong != before)
    #expect(rig.value() == wrong)
    rig.bench.chip.setFault(nil, seed: 1)
    #expect(rig.value() == before)
  }

  @Test(
    "Parts with an identity lose it under wrong",
    arguments: [
      (.tmp117, 0x0F), (.mcp9808, 0x07), (.mcp9600, 0x20), (.fdc1004, 0xFF),
      (.nau7802(gain: 1), 0x1F),
      (.ina226(shunt: 0.01, maximumCurrent: 1), 0xFF),
    ] as [(ChipPart, UInt8)])
  func wrongIdentity(part: ChipPart, register: UInt8) throws {
    let nets = Nets(count: netCount(of: part))
    let chip = try #require(makeModel(part: part, nets: nets, firstNet: 0, seed: 1))
    let bench = ChipBench(nets: nets, chip: chip)
    let right = bench.read(register, 2, at: 0)
    chip.setFault(.wrong, seed: 1)
    #expect(bench.read(register, 2, at: 0) != right)
  }

  @Test("Slow sensors get there, but not at once", arguments: FaultCase.sensors)
  func slow(test: FaultCase) throws {
    let rig = try #require(FaultBench(test))
    let before = try #require(rig.value())
    rig.bench.nets.values = test.moved
    let after = try #require(rig.value())
    rig.bench.nets.values = test.inputs
    #expect(rig.value() == before)
    rig.bench.chip.setFault(.slow, seed: 1)
    #expect(rig.value() == before)
    rig.bench.nets.values = test.moved
    let soon = try #require(rig.value())
    #expect(soon >= before && soon < after)
    for _ in 0..<2_000 { _ = rig.value() }
    let late = try #require(rig.value())
    #expect(abs(late - after) <= max(1, (after - before) / 50))
  }

  @Test("Delayed sensors show what was half a second ago", arguments: FaultCase.sensors)
  func delayed(test: FaultCase) throws {
    let rig = try #require(FaultBench(test))
    let before = try #require(rig.value())
    rig.bench.chip.setFault(.delayed, seed: 1)
    for _ in 0..<40 { _ = rig.value() }
    rig.bench.nets.values = test.moved
    let moved = rig.now
    while rig.now < moved + 400_000 - 2 * test.wait { #expect(rig.value() == before) }
    while rig.now < moved + 1_200_000 { _ = rig.value() }
    #expect(try #require(rig.value()) > before)
  }

  @Test(
    "Intermittent chips acknowledge about half of the transactions, by seed",
    arguments: FaultCase.all)
  func intermittent(test: FaultCase) throws {
    let rig = try #require(FaultBench(test))
    rig.bench.chip.setFault(.intermittent, seed: 3)
    let acknowledged = (0..<400).count { _ in
      rig.advance(2_000)
      guard let pointer = test.pointer else { return rig.bench.read(1, at: rig.now) != nil }
      return rig.bench.read(pointer, 1, at: rig.now) != nil
    }
    #expect(acknowledged > 140 && acknowledged < 260)
  }

  @Test("A bit flip changes exactly one bit of a read", arguments: FaultCase.all)
  func bitFlip(test: FaultCase) throws {
    let sound = try #require(FaultBench(test))
    let faulty = try #require(FaultBench(test))
    faulty.bench.chip.setFault(.bitFlip, seed: 2)
    for _ in 0..<20 {
      let right = try #require(sound.measure())
      let wrong = try #require(faulty.measure())
      #expect(zip(right, wrong).map { ($0 ^ $1).nonzeroBitCount }.reduce(0, +) == 1)
    }
  }

  @Test(
    "A word that the part does not know is refused and changes nothing",
    arguments: FaultCase.all)
  func refused(test: FaultCase) throws {
    let rig = try #require(FaultBench(test))
    let known = rig.bench.chip.supportedFaults
    for word in FaultWord.allCases where !known.contains(word) {
      #expect(!rig.bench.chip.setFault(word, seed: 1))
      #expect(rig.measure() != nil)
    }
    #expect(!known.contains(.hang) && !known.contains(.timeout))
    #expect(!known.contains(.arbitrationLost))
    for word in [FaultWord.off, .stuck, .garbage, .wrong, .intermittent, .nack, .bitFlip] {
      #expect(known.contains(word))
    }
  }
}

@Suite("Fault words on outputs", .verifies("HZ-48"))
struct OutputFaultTests {
  @Test("A stuck output does not follow", arguments: FaultCase.drivers)
  func stuck(test: FaultCase) throws {
    let rig = try #require(FaultBench(test))
    rig.bench.chip.setFault(.stuck, seed: 1)
    #expect(rig.step(test.drive))
    #expect(rig.bench.chip.output(0) == 0)
    rig.bench.chip.setFault(nil, seed: 1)
    #expect(rig.bench.chip.output(0) > 0)
  }

  @Test(
    "A delayed output follows half a second late, without another transaction",
    arguments: FaultCase.drivers)
  func delayed(test: FaultCase) throws {
    let rig = try #require(FaultBench(test))
    rig.bench.chip.setFault(.delayed, seed: 1)
    #expect(rig.step(test.drive))
    rig.advance(499_000)
    #expect(rig.bench.chip.output(0) == 0)
    rig.advance(1_000)
    #expect(rig.bench.chip.output(0) > 0)
  }

  @Test("A delayed output repeats a whole train of commands in order")
  func train() throws {
    let test = try #require(FaultCase.drivers.first { $0.count == 5 })
    let rig = try #require(FaultBench(test))
    rig.bench.chip.setFault(.delayed, seed: 1)
    var told: [Double] = []
    for index in 0..<2_000 {
      rig.advance(-5_000)
      #expect(rig.step([UInt8(index >> 8 & 0x0F), UInt8(index & 0xFF)]))
      told.append(5 * Double(index & 0x0FFF) / 4_096)
      if index >= 100 { #expect(rig.bench.chip.output(0) == told[index - 100]) }
    }
  }

  @Test(
    "A dead driver has no output, one that is only deaf keeps it",
    arguments: FaultCase.drivers)
  func offAndNack(test: FaultCase) throws {
    let rig = try #require(FaultBench(test))
    #expect(rig.step(test.drive))
    let level = rig.bench.chip.output(0)
    #expect(level > 0)
    rig.bench.chip.setFault(.nack, seed: 1)
    #expect(rig.bench.chip.output(0) == level)
    rig.bench.chip.setFault(.off, seed: 1)
    #expect(rig.bench.chip.output(0) == 0)
    rig.bench.chip.setFault(nil, seed: 1)
    #expect(rig.bench.chip.output(0) == 0)
  }

  @Test(
    "Garbage outputs stay inside what the part can put out, and change with writes",
    arguments: FaultCase.drivers)
  func garbage(test: FaultCase) throws {
    let rig = try #require(FaultBench(test))
    rig.bench.chip.setFault(.garbage, seed: 6)
    var levels: Set<Double> = []
    for _ in 0..<40 {
      #expect(rig.step(test.drive))
      levels.insert(rig.bench.chip.output(0))
    }
    #expect(levels.count > 1)
    #expect(levels.allSatisfy { $0 >= 0 && $0 <= 5 })
  }

  @Test("A wrong output is not what was written", arguments: FaultCase.drivers)
  func wrong(test: FaultCase) throws {
    guard case .mcp23017 = test.part else {
      let rig = try #require(FaultBench(test))
      #expect(rig.step(test.drive))
      let right = rig.bench.chip.output(0)
      rig.bench.chip.setFault(.wrong, seed: 1)
      #expect(rig.bench.chip.output(0) != right)
      return
    }
    let rig = try #require(FaultBench(test))
    rig.bench.chip.setFault(.wrong, seed: 1)
    #expect(rig.bench.read(0x13, 1, at: rig.now) == [0xFF])
  }
}

@Suite("Fault words on clock and memory", .verifies("HZ-49", "HZ-50"))
struct MemoryFaultTests {
  @Test("A wrong clock is an hour ahead, a stuck one stands")
  func clock() throws {
    let test = try #require(FaultCase.others.first)
    let rig = try #require(FaultBench(test))
    let before = try #require(rig.measure())
    rig.bench.chip.setFault(.wrong, seed: 1)
    #expect(rig.measure().map { $0[2] } == before[2] + 1)
    rig.bench.chip.setFault(.stuck, seed: 1)
    let stands = rig.measure()
    rig.advance(90_000_000)
    #expect(rig.measure() == stands)
  }

  @Test("A wrong memory reads its neighbouring page, a stuck one keeps the old data")
  func memory() throws {
    let test = try #require(FaultCase.others.last)
    let rig = try #require(FaultBench(test))
    rig.advance(10_000)
    #expect(rig.bench.read(0, 1, at: rig.now) != nil)
    #expect(rig.step([0, 0]))
    #expect(rig.bench.read(3, at: rig.now) == [1, 2, 3])
    rig.bench.chip.setFault(.wrong, seed: 1)
    #expect(rig.step([0, 0]))
    #expect(rig.bench.read(3, at: rig.now) == [0xFF, 0xFF, 0xFF])
    rig.bench.chip.setFault(.stuck, seed: 1)
    #expect(rig.step([0, 0, 9]))
    #expect(rig.step([0, 0]))
    #expect(rig.bench.read(1, at: rig.now) == [1])
    rig.bench.chip.setFault(.slow, seed: 1)
    #expect(rig.step([0, 0, 9]))
    #expect(!rig.step([0, 0]))
  }
}

@Suite("Chip factory")
struct ChipFactoryTests {
  @Test("Every part has a model whose first net is honoured", arguments: FaultCase.all)
  func models(test: FaultCase) throws {
    let count = netCount(of: test.part)
    #expect(count == test.inputs.count)
    let nets = Nets(count: count + 3)
    nets.values = [7, 7, 7] + test.inputs
    let shifted = try #require(makeModel(part: test.part, nets: nets, firstNet: 3, seed: 5))
    let shiftedBench = ChipBench(nets: nets, chip: shifted)
    let plain = try #require(FaultBench(test))
    var now: Int64 = 0
    for bytes in test.setUp {
      now += 10_000
      _ = shiftedBench.write(bytes, at: now)
    }
    if let trigger = test.trigger {
      now += 10_000
      _ = shiftedBench.write(trigger, at: now)
    }
    now += test.wait
    let bytes =
      test.pointer.map { shiftedBench.read($0, test.count, at: now) }
      ?? shiftedBench.read(test.count, at: now)
    #expect(bytes == plain.measure())
  }

  @Test("An unused place has no model and no nets")
  func none() {
    #expect(makeModel(part: .none, nets: Nets(count: 0), firstNet: 0, seed: 0) == nil)
    #expect(netCount(of: .none) == 0)
  }

  @Test("Commissioned DACs power up at 0", .verifies("HZ-54"))
  func commissioned() throws {
    for part in [ChipPart.mcp4725(reference: 5), .mcp4728(reference: 5)] {
      let nets = Nets(count: 1)
      let chip = try #require(makeModel(part: part, nets: nets, firstNet: 0, seed: 0))
      chip.powerOn(at: .start)
      #expect(chip.output(0) == 0)
    }
  }
}
