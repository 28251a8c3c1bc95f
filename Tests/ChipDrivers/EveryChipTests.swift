import PerfusionCore
import TestSupport
import Testing

@testable import ChipDrivers

/// A part with a fake that behaves.
struct Sample: CustomTestStringConvertible, Sendable {
  var name: String
  var part: ChipPart
  var address: UInt8
  var channel: Int?
  var interval: Int64
  var make: @Sendable () -> any FakeChip
  var testDescription: String { name }

  init(
    _ name: String, _ part: ChipPart, _ address: UInt8, _ channel: Int?, _ interval: Int64,
    _ make: @escaping @Sendable () -> any FakeChip
  ) {
    self.name = name
    self.part = part
    self.address = address
    self.channel = channel
    self.interval = interval
    self.make = make
  }

  static let all: [Sample] = [
    Sample("ADS1115", .ads1115(channels: 15, fullScale: 4.096), 0x48, 0, 1400) {
      FakeParts.ads1115 { _ in 1 }
    },
    Sample("SSC", .honeywellSSC(lowest: 0, highest: 300), 0x28, 0, 5000) {
      FrameChip { [0x20, 0, 0x60, 0] }
    },
    Sample("ABP2", .honeywellABP2(lowest: 0, highest: 300), 0x28, 0, 5000) {
      FrameChip { [0x40, 0x40, 0, 0, 0x60, 0, 0] }
    },
    Sample("NAU7802", .nau7802(gain: 128), 0x2A, 0, 5000) { FakeParts.nau7802(counts: 5) },
    Sample("TMP117", .tmp117, 0x49, 0, 250_000) { FakeParts.tmp117(20) },
    Sample("MCP9808", .mcp9808, 0x18, 0, 250_000) { FakeParts.mcp9808(20) },
    Sample("MCP9600", .mcp9600, 0x60, 0, 350_000) {
      let chip = FakeParts.mcp9600(hot: 1, cold: 2)
      chip.onWrite = { register, _ in if register == 4 { chip.registers[4] = [0x40] } }
      return chip
    },
    Sample("SLF3S", .slf3s(scale: 32), 0x08, 0, 5000) { FakeSLF3S() },
    Sample("AS5600", .as5600, 0x36, 0, 5000) { FakeParts.as5600(7) },
    Sample("PCA9685", .pca9685(frequency: 200), 0x40, nil, 5000) { FakeParts.pca9685() },
    Sample("MCP4725", .mcp4725(reference: 5), 0x60, nil, 5000) { FakeMCP4725(memory: 0) },
    Sample("MCP4728", .mcp4728(reference: 4.096), 0x60, nil, 5000) {
      FakeMCP4728(memory: [0x9000, 0x9000, 0x9000, 0x9000])
    },
    Sample("MCP23017", .mcp23017, 0x20, 0, 5000) { FakeParts.mcp23017() },
    Sample("INA226", .ina226(shunt: 0.01, maximumCurrent: 8), 0x40, 0, 5000) {
      FakeParts.ina226(amperes: 1, volts: 24)
    },
    Sample("INA228", .ina228(shunt: 0.002, maximumCurrent: 40), 0x45, 0, 50_000) {
      FakeParts.ina228(amperes: 1, volts: 24, amperehours: 1)
    },
    Sample("FDC1004", .fdc1004, 0x50, 0, 10_000) { FakeParts.fdc1004([1, 2, 3, 4]) },
    Sample("DS3231", .ds3231, 0x68, 0, 500_000) { FakeParts.ds3231() },
    Sample("24LC256", .eeprom24LC256, 0x57, nil, 100_000) { FakeEEPROM() },
  ]
}

@Suite("Every chip") struct EveryChipTests {
  @Test(
    "A chip that vanishes is faulted within two visits and comes back without a restart",
    .verifies("HZ-47", "HZ-48"), arguments: Sample.all)
  func vanishes(sample: Sample) {
    var bench = Bench(sample.part, at: sample.address, sample.make(), every: sample.interval)
    bench.visit(40)
    #expect(bench.errors.isEmpty && bench.driver.health.state == .running)
    if let channel = sample.channel { #expect(bench.quality(channel) == .valid) }

    // Long enough apart that a chip without data to fetch is visited too.
    bench.wire.chips = [:]
    bench.interval = max(sample.interval, 300_000)
    bench.visit(3)
    #expect(bench.driver.health.state == .needsInitialisation)
    #expect(bench.errors.allSatisfy { $0 == .noAcknowledge })
    if let channel = sample.channel { #expect(bench.quality(channel) == .faulted) }
    let before = bench.errors.count
    bench.interval = 5000
    bench.visit(200)
    #expect(bench.errors.count - before <= 9, "a lost chip is tried ever less often")

    bench.wire.chips = [sample.address: sample.make()]
    bench.interval = sample.interval
    bench.now = bench.now.advanced(microseconds: 1_000_000)
    bench.visit(40)
    #expect(bench.driver.health.state == .running)
    if let channel = sample.channel { #expect(bench.quality(channel) == .valid) }
  }

  @Test("One failed transfer is forgiven", arguments: Sample.all)
  func forgives(sample: Sample) {
    var bench = Bench(sample.part, at: sample.address, sample.make(), every: sample.interval)
    bench.visit(40)
    bench.wire.script = [.timeout]
    bench.visit(6)
    #expect(bench.errors == [.timeout])
    #expect(bench.driver.health.state == .running && bench.driver.health.losses == 0)
    #expect(bench.driver.health.count(of: .timeout) == 1)
  }

  @Test(
    "No visit of an initialised chip costs more of the bus than its schedule says",
    arguments: Sample.all)
  func cost(sample: Sample) {
    var bench = Bench(sample.part, at: sample.address, sample.make(), every: sample.interval)
    bench.visit(40)
    for step in 0..<300 {
      for channel in 0..<16 { bench.outputs.set(channel, Double(step % 97) / 100) }
      bench.wire.log = []
      bench.visit()
      let clocks = bench.wire.log.reduce(0) { $0 + $1.clocks }
      #expect(clocks <= sample.part.visitCost.clocks)
      #expect(bench.wire.log.count <= Int(sample.part.visitCost.transactions))
    }
    #expect(bench.errors.isEmpty)
  }

  @Test("No visit of initialisation moves more than 64 bytes", arguments: Sample.all)
  func initialisationIsBounded(sample: Sample) {
    var bench = Bench(sample.part, at: sample.address, sample.make(), every: sample.interval)
    for _ in 0..<40 {
      bench.wire.log = []
      bench.visit()
      #expect(bench.wire.log.reduce(0) { $0 + $1.write.count + $1.read.count } <= 64)
      #expect(bench.wire.log.count <= 7)
    }
  }

  @Test("Garbage on the bus never traps", .verifies("HZ-48"), arguments: Sample.all)
  func garbage(sample: Sample) {
    var seed: UInt64 = 42
    let chip = FrameChip {
      (0..<32).map { _ in
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: seed >> 33)
      }
    }
    var bench = Bench(sample.part, at: sample.address, chip, every: sample.interval)
    for step in 0..<3000 {
      bench.outputs.set(step & 15, Double(step))
      bench.visit()
    }
    #expect(bench.now.microseconds > 0)
  }

  @Test(
    "A wrong identity is refused at once", .verifies("HZ-48"),
    arguments: ["NAU7802", "TMP117", "MCP9808", "MCP9600", "SLF3S", "INA226", "INA228", "FDC1004"])
  func identity(name: String) throws {
    let sample = try #require(Sample.all.first { $0.name == name })
    let impostor: any FakeChip =
      if name == "SLF3S" {
        { () -> FakeSLF3S in
          let chip = FakeSLF3S()
          chip.product = 0x0402
          return chip
        }()
      } else {
        WordChip([0x0F: [0x01, 0x90], 0xFE: [0x54, 0x49], 0x3E: [0x54, 0x49], 0x1F: [0x03]])
      }
    var bench = Bench(sample.part, at: sample.address, impostor)
    bench.visit(2)
    #expect(bench.errors.contains(.wrongIdentity))
    #expect(bench.driver.health.state == .needsInitialisation)
    if let channel = sample.channel { #expect(bench.quality(channel) == .faulted) }
  }

  @Test("A multiplexer channel counts as joined only when it reads back")
  func multiplexer() throws {
    let wire = FakeWire()
    wire.chips[0x71] = FakeMultiplexer()
    var bus = FakeBus(wire: wire)
    var multiplexer = TCA9548A(address: I2CAddress(0x71))
    try multiplexer.join(4, bus: &bus)
    #expect(multiplexer.isJoined(4))
    wire.chips[0x71] = FrameChip { [0] }
    #expect(throws: BusError.verifyFailed) { try multiplexer.join(2, bus: &bus) }
    #expect(!multiplexer.isJoined(2) && !multiplexer.isJoined(4))
  }
}
