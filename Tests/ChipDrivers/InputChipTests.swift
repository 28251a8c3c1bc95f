import ChipDrivers
import PerfusionCore
import TestSupport
import Testing

@Suite("Chips that measure") struct InputChipTests {
  @Test("An ADS1115 delivers each input in turn, stamped with the end of its conversion")
  func adsInTurn() {
    let chip = FakeParts.ads1115 { [0.5, 1.25, -0.1, 3.0][$0] }
    var bench = Bench(.ads1115(channels: 0b1011, fullScale: 4.096), at: 0x48, chip, every: 1400)
    bench.visit(4)
    for (channel, volts) in [(0, 0.5), (1, 1.25), (3, 3.0)] {
      #expect(abs(bench.value(channel) - volts) <= 4.096 / 65536, "AIN\(channel)")
      #expect(bench.quality(channel) == .valid)
    }
    #expect(bench.quality(2) == .absent)
    let started = bench.now.microseconds - 2 * 1400
    #expect(bench.samples[3].takenAt.microseconds == started + 1310)
    #expect(bench.errors.isEmpty)
  }

  @Test("A busy ADS1115 keeps its old sample, which only grows older")
  func adsBusy() {
    let chip = FakeParts.ads1115(busyReads: 3) { _ in 1 }
    var bench = Bench(.ads1115(channels: 1, fullScale: 4.096), at: 0x48, chip)
    bench.visit(4)
    #expect(bench.quality(0) == .absent)
    bench.visit(1)
    #expect(bench.quality(0) == .valid && bench.errors.isEmpty)
  }

  @Test("An ADS1115 that never finishes is reported", .verifies("HZ-47"))
  func adsHangs() {
    let chip = FakeParts.ads1115(busyReads: .max) { _ in 1 }
    var bench = Bench(.ads1115(channels: 1, fullScale: 4.096), at: 0x48, chip)
    bench.visit(12)
    #expect(bench.errors.contains(.notReady))
    #expect(bench.quality(0) == .faulted)
  }

  @Test("An ADS1115 whose settings were lost is not believed", .verifies("HZ-48"))
  func adsReset() {
    let chip = FakeParts.ads1115 { _ in 1 }
    var bench = Bench(.ads1115(channels: 3, fullScale: 4.096), at: 0x48, chip)
    bench.visit(3)
    chip.registers[1] = [0x85, 0x83]
    bench.visit(1)
    #expect(bench.errors == [.verifyFailed] && bench.quality(0) == .faulted)
    bench.visit(4)
    #expect(bench.quality(0) == .valid && bench.quality(1) == .valid)
  }

  @Test("A clipped input is out of range", arguments: [9.0, -9.0])
  func adsClips(volts: Double) {
    let chip = FakeParts.ads1115 { _ in volts }
    var bench = Bench(.ads1115(channels: 1, fullScale: 0.256), at: 0x48, chip)
    bench.visit(2)
    #expect(bench.quality(0) == .outOfRange)
  }

  @Test("An SSC maps 10 to 90 % of its counts to its range")
  func sscRange() {
    var frame: [UInt8] = [0x06, 0x66, 0, 0]  // 1638
    let chip = FrameChip { frame }
    var bench = Bench(.honeywellSSC(lowest: -50, highest: 450), at: 0x28, chip)
    bench.visit()
    #expect(abs(bench.value(0) + 50) < 1e-9)
    frame = [0x39, 0x99, 0x5F, 0xE0]  // 14745; (767 * 200 / 2047) - 50
    bench.visit()
    #expect(abs(bench.value(0) - 450) < 1e-9)
    #expect(abs(bench.value(1) - (767.0 * 200 / 2047 - 50)) < 1e-9)
  }

  @Test("A stale SSC frame keeps the sample for 20 ms and is a fault after that")
  func sscStale() {
    var frame: [UInt8] = [0x20, 0, 0, 0]
    var bench = Bench(.honeywellSSC(lowest: 0, highest: 300), at: 0x28, FrameChip { frame })
    bench.visit()
    let taken = bench.samples[0].takenAt
    frame[0] |= 0x80
    bench.visit(4)
    #expect(bench.samples[0].takenAt == taken && bench.quality(0) == .valid)
    #expect(bench.errors.isEmpty)
    bench.visit(2)
    #expect(bench.errors == [.notReady, .notReady] && bench.quality(0) == .faulted)
  }

  @Test("An SSC that reports a diagnostic fault is faulted at once")
  func sscDiagnostic() {
    var frame: [UInt8] = [0x20, 0, 0, 0]
    var bench = Bench(.honeywellSSC(lowest: 0, highest: 300), at: 0x28, FrameChip { frame })
    bench.visit()
    frame[0] = 0xE0
    bench.visit()
    #expect(bench.quality(0) == .faulted && bench.errors == [.chipFault])
    frame[0] = 0x20
    bench.visit()
    #expect(bench.quality(0) == .valid, "a single frame costs no more than itself")
  }

  @Test("An ABP2 is started in one visit and collected in a later one")
  func abp2() {
    var frame: [UInt8] = [0x60, 0, 0, 0, 0, 0, 0]
    let chip = FrameChip { frame }
    var bench = Bench(.honeywellABP2(lowest: 0, highest: 100), at: 0x28, chip)
    bench.visit()
    #expect(chip.commands == [[0xAA, 0, 0]] && bench.quality(0) == .absent)
    bench.visit()
    #expect(chip.commands.count == 1, "busy: nothing is started twice")
    frame = [0x40, 0x80, 0, 0, 0x80, 0, 0]
    bench.visit()
    #expect(abs(bench.value(0) - 50) < 1e-6 && abs(bench.value(1) - 50) < 1e-6)
    frame[0] = 0x44
    bench.visit()
    #expect(bench.quality(0) == .faulted && bench.errors == [.chipFault])
  }

  @Test("A NAU7802 goes through reset, power, calibration and then delivers volts")
  func nau7802() {
    let chip = FakeParts.nau7802(counts: -0x40_0000)
    var bench = Bench(.nau7802(gain: 128), at: 0x2A, chip)
    bench.visit(12)
    #expect(bench.errors.isEmpty)
    // Half of full scale: 0.5 * 3.0 V / 128 / 2.
    #expect(abs(bench.value(0) + 0.5 * 3.0 / 128 / 2) < 1e-9)
    chip.memory[0] = 0
    bench.visit()
    #expect(bench.errors == [.verifyFailed])
  }

  @Test("A TMP117 gives degrees and only when a conversion is new", arguments: [-5.5, 0.0, 36.625])
  func tmp117(celsius: Double) {
    let chip = FakeParts.tmp117(celsius)
    var bench = Bench(.tmp117, at: 0x48, chip, every: 250_000)
    bench.visit(2)
    #expect(abs(bench.value(0) - celsius) < 0.004)
    let taken = bench.samples[0].takenAt
    chip.registers[1]?[0] &= ~0x20
    bench.visit()
    #expect(bench.samples[0].takenAt == taken && bench.errors.isEmpty)
  }

  @Test(
    "An MCP9808 gives signed degrees, not read before a conversion is over",
    arguments: [-20.0, 25.0625])
  func mcp9808(celsius: Double) {
    var bench = Bench(.mcp9808, at: 0x18, FakeParts.mcp9808(celsius), every: 50_000)
    bench.visit(5)
    #expect(bench.quality(0) == .absent)
    bench.visit(2)
    #expect(bench.value(0) == celsius)
  }

  @Test("An MCP9600 gives both junctions and clears its flag")
  func mcp9600() {
    let chip = FakeParts.mcp9600(hot: 38.5, cold: 22.25)
    var bench = Bench(.mcp9600, at: 0x60, chip, every: 100_000)
    bench.visit(2)
    #expect(bench.value(0) == 38.5 && bench.value(1) == 22.25)
    #expect(chip.registers[4] == [0])
    chip.registers[4] = [0x50]
    bench.visit()
    #expect(bench.quality(0) == .outOfRange)
  }

  @Test("An SLF3S is stopped, identified, started, warmed up and then read")
  func slf3s() {
    let chip = FakeSLF3S()
    chip.words = [UInt16(bitPattern: -6400), 5000, 1]
    var bench = Bench(.slf3s(scale: 32), at: 0x08, chip)
    bench.visit(13)
    #expect(bench.quality(0) == .absent)
    bench.visit(3)
    #expect(bench.value(0) == -200 && bench.value(1) == 25 && bench.value(2) == 1)
    chip.words[2] = 2
    bench.visit()
    #expect(bench.quality(0) == .outOfRange && bench.value(2) == 0)
  }

  @Test("A frame with a wrong check sum is thrown away", .verifies("HZ-48"))
  func slf3sChecksum() {
    let chip = FakeSLF3S()
    chip.words = [320, 5000, 0]
    var bench = Bench(.slf3s(scale: 32), at: 0x08, chip)
    bench.visit(20)
    chip.breaksChecksum = true
    chip.words[0] = 9999
    bench.visit()
    #expect(bench.errors == [.checksum] && bench.value(0) == 10 && bench.quality(0) == .valid)
    bench.visit()
    #expect(bench.quality(0) == .faulted)
  }

  @Test("An INA226 gives amperes and volts with the calibration that was rounded")
  func ina226() {
    var bench = Bench(
      .ina226(shunt: 0.01, maximumCurrent: 8), at: 0x40,
      FakeParts.ina226(amperes: -3.2, volts: 24))
    bench.visit(6)
    #expect(abs(bench.value(0) + 3.2) < 0.001 && abs(bench.value(1) - 24) < 0.002)
    #expect(bench.errors.isEmpty)
  }

  @Test("An INA226 that lost its calibration is noticed, not read as zero")
  func ina226BrownOut() {
    let chip = FakeParts.ina226(amperes: 3, volts: 24)
    var bench = Bench(.ina226(shunt: 0.01, maximumCurrent: 8), at: 0x40, chip)
    bench.visit(6)
    chip.registers[6] = [0, 8]
    chip.set(4, 0)
    bench.visit()
    #expect(bench.errors == [.verifyFailed] && bench.quality(0) == .faulted)
    bench.visit(4)
    #expect(abs(bench.value(0) - 3) < 0.001 && bench.quality(0) == .valid)
  }

  @Test("An INA228 gives current, voltage, charge and temperature")
  func ina228() {
    let chip = FakeParts.ina228(amperes: 12.5, volts: 26.4, amperehours: -1.75)
    var bench = Bench(.ina228(shunt: 0.002, maximumCurrent: 40), at: 0x45, chip, every: 100_000)
    bench.visit(8)
    #expect(abs(bench.value(0) - 12.5) < 0.001 && abs(bench.value(1) - 26.4) < 0.001)
    #expect(abs(bench.value(2) + 1.75) < 0.001 && bench.value(3) == 25)
    chip.registers[0x0B] = [0x40, 0x02]
    bench.visit()
    #expect(bench.quality(0) == .faulted, "trim memory with a wrong check sum")
    #expect(bench.errors == [.chipFault])
  }

  @Test("Reading an INA228's settings back lets none of its values wait", .verifies("HZ-30"))
  func ina228NeverWaits() {
    let chip = FakeParts.ina228(amperes: 12.5, volts: 26.4, amperehours: -1.75)
    var bench = Bench(.ina228(shunt: 0.002, maximumCurrent: 40), at: 0x45, chip, every: 100_000)
    bench.visit(8)
    for _ in 0..<64 {
      bench.visit()
      for channel in 0..<3 {
        let age = bench.now.microseconds - bench.samples[channel].takenAt.microseconds
        #expect(age <= 300_000, "channel \(channel)")
      }
    }
    #expect(bench.errors.isEmpty)
  }

  @Test("An FDC1004 follows each input beyond its 15 pF with the offset capacitor")
  func fdc1004() {
    let truth = [3.0, 25.0, 80.0, -12.0]
    var bench = Bench(.fdc1004, at: 0x50, FakeParts.fdc1004(truth), every: 10_000)
    bench.visit(60)
    for input in 0..<4 {
      #expect(abs(bench.value(input) - truth[input]) < 0.001, "CIN\(input + 1)")
      #expect(bench.quality(input) == .valid)
    }
    #expect(bench.errors.isEmpty)
  }

  @Test("A DS3231 says whether its time can be trusted", .verifies("HZ-49"))
  func ds3231() {
    let chip = FakeParts.ds3231()
    var bench = Bench(.ds3231, at: 0x68, chip, every: 1_000_000)
    bench.visit(2)
    #expect(bench.value(0) == 25.25 && bench.value(1) == 0)
    bench.visit()
    #expect(bench.quality(2) == .faulted)
    chip.memory[0x0F] = 0x08
    bench.visit(2)
    #expect(bench.value(1) == 1)
    #expect(bench.quality(2) == .faulted, "00-00-00 is no day")
  }

  /// Seconds since 2000 by an independent calendar: Python's datetime.
  @Test(
    "A DS3231 tells the time of every century's corner that it knows", .verifies("HZ-49"),
    arguments: [
      ([0x00, 0x00, 0x00, 7, 0x01, 0x01, 0x00], 0),
      ([0x59, 0x59, 0x23, 2, 0x29, 0x02, 0x00], 5_183_999),
      ([0x00, 0x00, 0x00, 3, 0x01, 0x03, 0x00], 5_184_000),
      ([0x56, 0x34, 0x12, 5, 0x26, 0x11, 0x26], 849_011_696),
      ([0x59, 0x59, 0x23, 5, 0x31, 0x12, 0x99], 3_155_759_999),
    ] as [([UInt8], Double)])
  func ds3231Time(registers: [UInt8], seconds: Double) {
    let chip = FakeParts.ds3231()
    chip.memory[0x0F] = 0x08
    for (place, byte) in registers.enumerated() { chip.memory[place] = byte }
    var bench = Bench(.ds3231, at: 0x68, chip, every: 1_000_000)
    bench.visit(3)
    #expect(bench.value(2) == seconds && bench.quality(2) == .valid)
  }

  @Test(
    "Registers that are no time are no time", .verifies("HZ-49"),
    arguments: [
      (0, 0x60), (0, 0x0A), (1, 0x7F), (2, 0x24), (2, 0x52), (4, 0x00), (4, 0x32), (5, 0x13),
    ] as [(UInt8, UInt8)])
  func ds3231NoTime(register: UInt8, byte: UInt8) {
    let chip = FakeParts.ds3231()
    chip.memory[0x0F] = 0x08
    for place in [4, 5] { chip.memory[place] = 1 }
    chip.memory[Int(register)] = byte
    var bench = Bench(.ds3231, at: 0x68, chip, every: 1_000_000)
    bench.visit(3)
    #expect(bench.quality(2) == .faulted)
  }
}
