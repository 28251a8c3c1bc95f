import ChipDrivers
import PerfusionCore
import TestSupport
import Testing

/// A setting of a chip that runs, struck by something, and within how many visits that must be found.
struct StruckSetting: CustomTestStringConvertible, Sendable {
  var chip: String
  var register: UInt8
  var bytes: [UInt8]
  var visits: Int
  var testDescription: String { "\(chip) \(register)" }

  static let all = [
    StruckSetting(chip: "NAU7802", register: 0x01, bytes: [0x2E], visits: 1),
    StruckSetting(chip: "NAU7802", register: 0x02, bytes: [0xF0], visits: 1),
    StruckSetting(chip: "INA226", register: 0, bytes: [0x41, 0x27], visits: 16),
    StruckSetting(chip: "INA226", register: 5, bytes: [0x00, 0x01], visits: 16),
    StruckSetting(chip: "INA228", register: 0, bytes: [0x00, 0x10], visits: 16),
    StruckSetting(chip: "INA228", register: 1, bytes: [0xFB, 0x68], visits: 16),
    StruckSetting(chip: "INA228", register: 2, bytes: [0x10, 0x00], visits: 16),
    StruckSetting(chip: "MCP9600", register: 5, bytes: [0x10], visits: 4),
    StruckSetting(chip: "MCP9600", register: 6, bytes: [0x60], visits: 4),
    StruckSetting(chip: "AS5600", register: 7, bytes: [0x03, 0x03], visits: 256),
  ]

  /// Puts the setting into a fake.
  func strike(_ chip: (any FakeChip)?) {
    switch chip {
    case let chip as WordChip: chip.registers[register] = bytes
    case let chip as ByteChip:
      for (place, byte) in bytes.enumerated() { chip.memory[Int(register) + place] = byte }
    default: break
    }
  }
  /// What stands there now.
  func shown(_ chip: (any FakeChip)?) -> [UInt8] {
    switch chip {
    case let chip as WordChip: chip.registers[register] ?? []
    case let chip as ByteChip: (0..<bytes.count).map { chip.memory[Int(register) + $0] }
    default: []
    }
  }
}

@Suite("Settings that something strikes", .verifies("HZ-48")) struct SettingsTests {
  @Test("are found within their visits and set anew", arguments: StruckSetting.all)
  func found(setting: StruckSetting) throws {
    for phase in 0..<16 {
      let sample = try #require(Sample.all.first { $0.name == setting.chip })
      let chip = sample.make()
      var bench = Bench(sample.part, at: sample.address, chip, every: sample.interval)
      bench.visit(40 + phase)
      #expect(bench.errors.isEmpty)
      let before = setting.shown(chip)
      setting.strike(chip)
      bench.visit(setting.visits)
      #expect(bench.errors == [.verifyFailed], "phase \(phase)")
      bench.visit(40)
      #expect(setting.shown(chip) == before && bench.quality(0) == .valid)
      #expect(bench.errors.count == 1)
    }
  }

  @Test(
    "are looked at as soon as the bus works again after a transfer failed",
    arguments: [("INA226", 1), ("INA228", 1), ("MCP9600", 1), ("AS5600", 2)])
  func afterFailure(name: String, visits: Int) throws {
    let setting = try #require(StruckSetting.all.first { $0.chip == name })
    let sample = try #require(Sample.all.first { $0.name == name })
    for phase in 0..<16 {
      let chip = sample.make()
      var bench = Bench(sample.part, at: sample.address, chip, every: sample.interval)
      bench.visit(40 + phase)
      setting.strike(chip)
      bench.wire.script = [.timeout]
      bench.visit(1 + visits)
      #expect(bench.errors == [.timeout, .verifyFailed], "phase \(phase)")
    }
  }

  @Test("A chip that says it is damaged is never ready, and says so", arguments: [false, true])
  func damaged(isSSC: Bool) {
    let chip = FakeParts.ina228(amperes: 1, volts: 24, amperehours: 1)
    chip.onWrite = { register, bytes in if register == 0x0B { chip.registers[0x0B] = bytes } }
    chip.registers[0x0B] = [0, 0]
    var bench =
      isSSC
      ? Bench(.honeywellSSC(lowest: 0, highest: 300), at: 0x28, FrameChip { [0xE0, 0, 0, 0] })
      : Bench(.ina228(shunt: 0.002, maximumCurrent: 40), at: 0x45, chip)
    for _ in 0..<400 {
      bench.visit()
      #expect(bench.driver.health.state == .needsInitialisation)
    }
    #expect(bench.driver.health.lastFailure == .chipFault)
    #expect(bench.driver.health.consecutiveFailures >= 4)
  }
}

@Suite("A PCA9685 that is struck while it runs", .verifies("HZ-48", "HZ-53"))
struct StruckOutputsTests {
  /// Channel 0 holds a clamp open; `changes` lets another one change in every visit.
  static func visit(_ bench: inout Bench, _ count: Int, changes: Bool) {
    for step in 0..<count {
      if changes { bench.outputs.set(3, Double(1 + step % 50) / 100) }
      bench.visit()
    }
  }
  static func bench(_ chip: ByteChip) -> Bench {
    var bench = Bench(.pca9685(frequency: 200), at: 0x40, chip)
    for channel in 0..<5 { bench.outputs.set(channel, 0.5) }
    bench.visit(40)
    bench.wire.log = []
    return bench
  }

  @Test(
    "an output that changed by itself is written again, the clamp's first channel too",
    arguments: [0, 1, 4], [false, true])
  func output(channel: Int, changes: Bool) {
    let chip = FakeParts.pca9685()
    var bench = Self.bench(chip)
    let before = Array(chip.memory[(6 + channel * 4)...(9 + channel * 4)])
    chip.memory[9 + channel * 4] = 0x10
    Self.visit(&bench, changes ? 40 : 5, changes: changes)
    #expect(Array(chip.memory[(6 + channel * 4)...(9 + channel * 4)]) == before)
    #expect(bench.errors.isEmpty && bench.driver.health.state == .running)
  }

  @Test(
    "inverted outputs, or sleep, are found within eight visits, and mended without a gap",
    arguments: [(1, 0x14), (1, 0x00), (0, 0x60)] as [(Int, UInt8)], [false, true])
  func mode(setting: (Int, UInt8), changes: Bool) {
    let chip = FakeParts.pca9685()
    var bench = Self.bench(chip)
    let before = Array(chip.memory[0...1])
    chip.memory[setting.0] = setting.1
    Self.visit(&bench, 8, changes: changes)
    #expect(bench.errors.first == .verifyFailed)
    bench.errors = []
    Self.visit(&bench, 60, changes: changes)
    #expect(Array(chip.memory[0...1]) == before && bench.driver.health.state == .running)
    #expect(!bench.wire.log.contains { $0.write.first == 0xFD || $0.write == [0, 0x30] })
    #expect(bench.errors.count <= 1)
  }

  @Test("found running with inverted outputs it is set right, and nothing is switched off")
  func adopted() {
    let chip = FakeParts.pca9685()
    (chip.memory[0], chip.memory[1], chip.memory[9]) = (0x20, 0x14, 0x08)
    var bench = Bench(.pca9685(frequency: 200), at: 0x40, chip)
    bench.visit(10)
    #expect(chip.memory[1] == 0x04 && chip.memory[9] == 0x08 && chip.memory[0] == 0x20)
    #expect(!bench.wire.log.contains { $0.write.first == 0xFD })
  }
}
