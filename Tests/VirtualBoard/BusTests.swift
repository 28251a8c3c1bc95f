import ChipDrivers
import Firmware
import PerfusionCore
import TestSupport
import Testing

@testable import VirtualBoard

/// Addressing, multiplexers, time and faults of a bus.
@Suite("Bus")
struct BusTests {
  private let hardware: BoardHardware

  init() {
    var random = SplitMix64(seed: 5)
    hardware = BoardHardware(board: TinyBoard.make(), random: &random)
  }

  private func bus(_ index: Int) -> VirtualBus { VirtualBus(core: hardware.buses[index]) }

  /// The error of reading `count` bytes, nothing when it works.
  private func error(_ index: Int, _ address: UInt8) -> BusError? {
    var bus = bus(index)
    do throws(BusError) {
      let _: InlineArray<2, UInt8> = try bus.read(I2CAddress(address), register: 0)
      return nil
    } catch {
      return error
    }
  }

  private func microseconds(_ act: () -> Void) -> Int64 {
    let before = hardware.clock.now
    act()
    return hardware.clock.now.microseconds - before.microseconds
  }

  @Test("A register read of two bytes takes 48 clocks and the call's overhead")
  func timing() {
    #expect(microseconds { _ = error(0, 0x48) } == 120 + 60)
    #expect(microseconds { _ = error(1, 0x4A) } == 480 + 60)
  }

  @Test(
    "The clock counts of docs/domain.md 10.3 hold",
    arguments: [(1, 2, 48), (3, 0, 38), (0, 2, 29), (0, 4, 47), (0, 9, 92)])
  func clocks(written: Int, read: Int, clocks: Int64) {
    let timing = BusTiming(clockHertz: 1_000_000)
    #expect(timing.microseconds(written: written, read: read) == clocks)
  }

  @Test("Nobody answers at an empty address")
  func empty() {
    #expect(error(0, 0x33) == .noAcknowledge)
    #expect(microseconds { _ = error(0, 0x33) } < 120)
  }

  @Test("A chip behind a multiplexer answers only while its channel is open")
  func multiplexer() throws {
    #expect(error(1, 0x36) == .noAcknowledge)
    var bus = bus(1)
    try bus.write(I2CAddress(0x71), [0b0000_0010])
    #expect(error(1, 0x36) == .noAcknowledge)
    try bus.write(I2CAddress(0x71), [0b0000_1000])
    #expect(error(1, 0x36) == nil)
    try bus.write(I2CAddress(0x71), [0])
    #expect(error(1, 0x36) == .noAcknowledge)
  }

  @Test(
    "Each bus word gives its own error", .verifies("HZ-47"),
    arguments: [
      (FaultWord.nack, BusError.noAcknowledge), (.timeout, .timeout), (.hang, .busFault),
      (.arbitrationLost, .arbitrationLost), (.off, .busFault),
    ])
  func words(word: FaultWord, expected: BusError) {
    hardware.setFault(.bus(0), word, random: SplitMix64(seed: 1))
    #expect(error(0, 0x48) == expected)
    #expect(error(1, 0x4A) == nil)
    hardware.setFault(.bus(0), nil, random: SplitMix64(seed: 1))
    _ = error(0, 0x48)
    #expect(error(0, 0x48) == nil)
  }

  @Test("A flipped bit changes exactly one bit of what is read")
  func bitFlip() throws {
    var bus = bus(0)
    let before = try bus.readWord(I2CAddress(0x48), register: 1)
    hardware.setFault(.bus(0), .bitFlip, random: SplitMix64(seed: 1))
    for _ in 0..<50 {
      let after = try bus.readWord(I2CAddress(0x48), register: 1)
      #expect((before ^ after).nonzeroBitCount == 1)
    }
  }

  @Test("A chip that hangs holds its bus until nine clocks free it", .verifies("HZ-47"))
  func hang() {
    hardware.setFault(.chip(TinyBoard.Chip.adc.rawValue), .hang, random: SplitMix64(seed: 1))
    for _ in 0..<5 { #expect(error(0, 0x60) == .busFault) }
    hardware.buses[0].recover()
    #expect(error(0, 0x60) == nil)
    #expect(error(0, 0x48) == nil)
  }

  @Test(
    "A latched chip holds the bus while its channel is joined; a pulse on the reset line parts it",
    .verifies("HZ-47"))
  func latched() throws {
    let encoder = TinyBoard.Chip.secondEncoder.rawValue
    hardware.setFault(.chip(encoder), .latched, random: SplitMix64(seed: 1))
    #expect(error(1, 0x4A) == nil)
    var bus = bus(1)
    try bus.write(I2CAddress(0x71), [0b0000_1000])
    #expect(error(1, 0x4A) == .busFault)
    hardware.buses[1].recover()
    #expect(error(1, 0x4A) == .busFault)
    var platform = VirtualPlatform(board: hardware)
    platform.recoverBus(1, by: .resetMultiplexers)
    #expect(error(1, 0x4A) == nil)
    #expect(error(1, 0x71) == nil)
  }

  @Test("A multiplexer that is held in reset does not answer")
  func heldInReset() throws {
    let line = TinyBoard.Line.multiplexerReset.rawValue
    try hardware.writeLine(line, isAsserted: true)
    #expect(error(1, 0x71) == .noAcknowledge)
    try hardware.writeLine(line, isAsserted: false)
    #expect(error(1, 0x71) == nil)
  }

  @Test("After a hang has ended the first transfer fails and frees the bus")
  func hangEnds() {
    hardware.setFault(.bus(0), .hang, random: SplitMix64(seed: 1))
    #expect(error(0, 0x48) == .busFault)
    hardware.setFault(.bus(0), nil, random: SplitMix64(seed: 1))
    #expect(error(0, 0x48) == .busFault)
    #expect(error(0, 0x48) == nil)
  }

  @Test("A slow bus takes ten times the time and an intermittent one fails at random")
  func slowAndIntermittent() {
    hardware.setFault(.bus(0), .slow, random: SplitMix64(seed: 1))
    #expect(microseconds { _ = error(0, 0x48) } == 1200 + 60)
    hardware.setFault(.bus(0), .intermittent, random: SplitMix64(seed: 1))
    let failures = (0..<200).count { _ in error(0, 0x48) == .noAcknowledge }
    #expect(failures > 60 && failures < 140)
  }

  @Test("Every chip knows the bus words, and each is an error or a wrong bit")
  func chipWords() {
    for chip in TinyBoard.Chip.allCases {
      let wiring = hardware.wiring.chips[chip.rawValue]
      for word in [FaultWord.nack, .timeout, .hang, .latched, .arbitrationLost, .bitFlip] {
        #expect(hardware.words(.chip(chip.rawValue)).contains(word))
        guard wiring.multiplexer < 0, word != .bitFlip else { continue }
        hardware.setFault(.chip(chip.rawValue), word, random: SplitMix64(seed: 1))
        #expect(error(Int(wiring.bus), wiring.address.bits) != nil, "\(chip) \(word)")
        hardware.setFault(.chip(chip.rawValue), nil, random: SplitMix64(seed: 1))
        hardware.buses[Int(wiring.bus)].recover()
      }
    }
  }
}
