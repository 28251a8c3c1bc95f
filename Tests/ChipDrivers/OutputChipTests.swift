import ChipDrivers
import PerfusionCore
import TestSupport
import Testing

@Suite("Chips that drive") struct OutputChipTests {
  @Test(
    "A PCA9685 is full-off before it is woken, then drives what is commanded",
    .verifies("HZ-54"))
  func pca() {
    let chip = FakeParts.pca9685()
    var bench = Bench(.pca9685(frequency: 200), at: 0x40, chip)
    bench.visit(6)
    let writes = bench.wire.log.map(\.write).filter { $0.count > 1 }
    let off = writes.firstIndex(of: [0xFD, 0x10])
    let wake = writes.firstIndex(of: [0x00, 0x20])
    #expect(off != nil && wake != nil && (off ?? 9) < (wake ?? 0))
    #expect(chip.memory[0xFE] == 30, "200 Hz")
    bench.outputs.set(0, 0.5)
    bench.outputs.set(5, 1)
    bench.outputs.set(15, 0)
    bench.visit(3)
    #expect(Array(chip.memory[6...9]) == [0, 0, 0x00, 0x08])
    #expect(Array(chip.memory[26...29]) == [0, 0x10, 0x00, 0x00])
    #expect(chip.memory[69] & 0x10 != 0)
    #expect(bench.errors.isEmpty)
  }

  @Test("Only what changed is written")
  func pcaChanges() {
    var bench = Bench(.pca9685(frequency: 200), at: 0x40, FakeParts.pca9685())
    for channel in 0..<16 { bench.outputs.set(channel, Double(channel) / 16) }
    bench.visit(30)
    bench.wire.log = []
    bench.visit(10)
    #expect(bench.wire.log.allSatisfy { $0.write.count == 1 })
    bench.outputs.set(7, 0.9)
    bench.visit(1)
    #expect(bench.wire.log.filter { $0.write.count > 1 }.map { $0.write[0] } == [6 + 28])
  }

  @Test("A PCA9685 that was reset is driven again as commanded", .verifies("HZ-48"))
  func pcaReset() {
    let chip = FakeParts.pca9685()
    var bench = Bench(.pca9685(frequency: 200), at: 0x40, chip)
    bench.outputs.set(3, 0.25)
    bench.visit(8)
    let fresh = FakeParts.pca9685()
    chip.memory = fresh.memory
    bench.visit(8)
    #expect(bench.errors == [.verifyFailed])
    #expect(Array(chip.memory[18...21]) == [0, 0, 0x00, 0x04])
  }

  @Test(
    "An MCP4725 that would power up with an output is set to 0 V and programmed",
    .verifies("HZ-54"))
  func dacMemory() {
    let chip = FakeMCP4725(memory: 2048)
    var bench = Bench(.mcp4725(reference: 5), at: 0x60, chip)
    bench.outputs.set(0, 1)
    bench.visit(3)
    #expect(chip.output == 0, "0 V before anything else")
    bench.visit(5)
    #expect(chip.memory == 0 && chip.output == 819 && bench.errors.isEmpty)
  }

  @Test("A DAC that was driven before a restart keeps its output until it is commanded")
  func dacAdopted() {
    let chip = FakeMCP4725(memory: 0, output: 1500)
    var bench = Bench(.mcp4725(reference: 5), at: 0x60, chip)
    bench.visit(10)
    #expect(chip.output == 1500 && chip.history.isEmpty)
    bench.outputs.set(0, 2.5)
    bench.visit()
    #expect(chip.history == [2048])
  }

  @Test("A DAC that does not take its value fails verification")
  func dacVerify() {
    let chip = FakeMCP4725(memory: 0)
    var bench = Bench(.mcp4725(reference: 5), at: 0x60, chip)
    bench.outputs.set(0, 1)
    bench.visit(5)
    chip.sticksAt = 100
    bench.outputs.set(0, 2)
    bench.visit()
    #expect(bench.errors == [.verifyFailed] && bench.driver.health.state == .needsInitialisation)
    chip.sticksAt = nil
    bench.visit(3)
    #expect(chip.output == 1638 && bench.driver.health.state == .running)
  }

  @Test("Values beyond the range are held at its ends", arguments: [-1.0, 9.0, .infinity])
  func dacClamps(volts: Double) {
    let chip = FakeMCP4725(memory: 0)
    var bench = Bench(.mcp4725(reference: 5), at: 0x60, chip)
    bench.outputs.set(0, volts)
    bench.visit(5)
    #expect(chip.output == (volts < 0 ? 0 : 4095))
  }

  @Test("A value that is not a number changes nothing")
  func notANumber() {
    var outputs = ChannelOutputs()
    outputs.set(0, 2)
    outputs.set(0, .nan)
    #expect(outputs[0] == 2)
  }

  @Test("An MCP4728 is set to 0 V with our reference before use", .verifies("HZ-54"))
  func quadMemory() {
    let chip = FakeMCP4728(memory: [0x8800, 0x8000, 0x0000, 0x8123])
    var bench = Bench(.mcp4728(reference: 4.096), at: 0x60, chip)
    bench.visit(8)
    #expect(chip.memory == [0x9000, 0x9000, 0x9000, 0x9000])
    bench.outputs.set(1, 1.0)
    bench.outputs.set(3, 4.0)
    bench.visit(2)
    #expect(chip.outputs == [0x9000, 0x9000 | 1000, 0x9000, 0x9000 | 4000])
    #expect(bench.errors.isEmpty)
  }

  @Test("Four DACs driven before a restart keep their outputs until commanded")
  func quadAdopted() {
    let chip = FakeMCP4728(
      memory: [0x9000, 0x9000, 0x9000, 0x9000], outputs: [0x9100, 0x9200, 0x9000, 0x9000])
    var bench = Bench(.mcp4728(reference: 4.096), at: 0x60, chip)
    bench.visit(6)
    bench.outputs.set(0, 2)
    bench.visit(2)
    #expect(chip.outputs == [0x9000 | 2000, 0x9200, 0x9000, 0x9000])
  }

  @Test("A corrupted output is found within four visits although values keep changing")
  func quadVerify() {
    let chip = FakeMCP4728(memory: [0x9000, 0x9000, 0x9000, 0x9000])
    var bench = Bench(.mcp4728(reference: 4.096), at: 0x60, chip)
    bench.visit(4)
    for step in 0..<40 {
      bench.outputs.set(0, 1 + Double(step) / 100)
      bench.visit()
      if step > 20 { chip.outputs[2] = 0x9777 }
      if !bench.errors.isEmpty {
        #expect(step <= 26)
        break
      }
    }
    #expect(bench.errors == [.verifyFailed])
  }

  @Test("Expander outputs have their rest level before they become outputs", .verifies("HZ-54"))
  func expanderStart() {
    let chip = FakeParts.mcp23017()
    var pins = ExpanderPins()
    pins.outputs = 0x0F0F
    pins.restHigh = 0x0004
    pins.pullUps = 0x00F0
    var bench = Bench(.mcp23017, at: 0x20, chip, pins: pins)
    bench.visit(6)
    let writes = bench.wire.log.map(\.write).filter { $0.count > 1 }.map { $0[0] }
    #expect(writes == [0x05, 0x0A, 0x14, 0x02, 0x0C, 0x00])
    #expect(chip.memory[0x14] == 0x04 && chip.memory[0] == 0xF0 && chip.memory[1] == 0xF0)
    #expect(chip.memory[0x0C] == 0xF0)
  }

  @Test("Expander inputs arrive as a word, outputs go out at once and are read back")
  func expanderPins() {
    let chip = FakeParts.mcp23017()
    var pins = ExpanderPins()
    pins.outputs = 0x0001
    var bench = Bench(.mcp23017, at: 0x20, chip, pins: pins)
    bench.visit(6)
    chip.memory[0x12] = 0xA0
    chip.memory[0x13] = 0x81
    bench.outputs.setPin(0, isHigh: true)
    bench.visit()
    #expect(bench.samples.pins == 0x81A1 && bench.value(1) == 0)
    chip.onWrite = { _, _ in }
    chip.memory[0x12] = 0xA0
    bench.visit()
    #expect(bench.value(1) == 1, "the driven pin does not follow")
    #expect(bench.quality(0) == .valid, "the inputs still count")
  }

  @Test("An expander that was reset is set up again", .verifies("HZ-48"))
  func expanderReset() {
    let chip = FakeParts.mcp23017()
    var pins = ExpanderPins()
    pins.outputs = 0x0003
    var bench = Bench(.mcp23017, at: 0x20, chip, pins: pins)
    bench.outputs.setPin(1, isHigh: true)
    bench.visit(5)
    chip.memory = FakeParts.mcp23017().memory
    bench.visit(6)
    #expect(bench.errors.first == .verifyFailed)
    #expect(chip.memory[0] == 0xFC && chip.memory[0x14] == 0x02)
  }

  @Test(
    "An expander whose polarity was upset is set right before an input is believed",
    .verifies("HZ-48"))
  func expanderPolarity() {
    let chip = FakeParts.mcp23017()
    var bench = Bench(.mcp23017, at: 0x20, chip)
    bench.visit(6)
    #expect(bench.samples.pins == 0)
    chip.memory[0x03] = 0x10
    chip.memory[0x13] = 0x10
    bench.visit()
    #expect(bench.errors == [.verifyFailed] && bench.quality(0) == .faulted)
    chip.memory[0x13] = 0
    bench.visit(6)
    #expect(chip.memory[0x03] == 0 && bench.quality(0) == .valid && bench.samples.pins == 0)
  }

  @Test(
    "Wired inputs that turn over as one are not believed until they are as before",
    .verifies("HZ-48", "R3"),
    arguments: [(0x0FFF, 0x0FFF, true), (0x0FFF, 0x07FF, true)]
      + [(0x0FFF, 0x03FF, false), (0x00FF, 0x00FF, true), (0x007F, 0x007F, false)])
  func expanderTurnedOver(inputs: Int, changed: Int, isRefused: Bool) {
    let chip = FakeParts.mcp23017()
    var pins = ExpanderPins()
    pins.inputs = UInt16(inputs)
    var bench = Bench(.mcp23017, at: 0x20, chip, pins: pins)
    bench.visit(6)
    func show(_ levels: Int) {
      chip.memory[0x12] = UInt8(levels & 0xFF)
      chip.memory[0x13] = UInt8(levels >> 8)
    }
    show(changed)
    bench.visit(20)
    #expect((bench.quality(0) == .faulted) == isRefused)
    #expect(bench.samples.pins == (isRefused ? 0 : UInt16(changed)))
    show(1)
    bench.now = bench.now.advanced(microseconds: 1_000_000)
    bench.visit(10)
    #expect(bench.quality(0) == .valid && bench.samples.pins == 1)
  }
}
