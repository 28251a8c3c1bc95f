import ChipDrivers
import PerfusionCore
import TestSupport
import Testing

@testable import Firmware

@Suite("The guard of a dead firmware stays until outputs have fallen back", .verifies("HZ-53"))
struct GuardStaysTests {
  /// A heater behind a chip, another one on a line, a buzzer on a line.
  static func machine() -> FakeMachine {
    var board = RigWiring()
    let chip = board.chip(.pca9685(frequency: 200), 0x40)
    board.actuator(.heater(0), .channel(chip: chip, channel: 0), .off)
    board.actuator(.heater(1), .line(board.line(.output)), .off)
    board.actuator(.buzzer, .line(board.line(.output)), .on)
    let world = FakeWorld()
    world.chips[FakeWorld.place(0x40)] = FakeChip([0: [0x11], 1: [0x04], 0xFE: [0x1E]])
    var machine = FakeMachine(board.wiring, in: world)
    machine.run(milliseconds: 200)
    machine.isAlive = false
    return machine
  }
  static let on: [UInt8] = [0, 0x10, 0, 0]
  static let off: [UInt8] = [0, 0, 0, 0x10]

  static func heater(_ machine: borrowing FakeMachine) -> [UInt8]? {
    machine.world.chips[FakeWorld.place(0x40)]?.registers[6]
  }

  @Test("a stuck bus is freed by the ladder, and the heater behind it goes off when it is free")
  func stuckBus() {
    var machine = Self.machine()
    machine.world.chips[FakeWorld.place(0x40)]?.registers[6] = Self.on
    machine.world.busFault = .timeout
    machine.run(milliseconds: 4000)
    #expect(machine.world.recoveries.prefix(2) == [.reopen, .resetMultiplexers])
    #expect(Self.heater(machine) == Self.on)
    let isEarly = machine.isGuardDone
    #expect(!isEarly)
    let mustLeave = machine.leaseGuard.isDone(firmwareIsDead: true, canBeAsked: false)
    #expect(mustLeave, "where no firmware that starts can ask it to")
    machine.world.busFault = nil
    machine.run(milliseconds: 2000)
    #expect(Self.heater(machine) == Self.off)
    let isDone = machine.isGuardDone
    #expect(isDone)
  }

  @Test("lines that cannot be written are tried again for as long as it takes")
  func lines() {
    var machine = Self.machine()
    machine.world.writeFails = true
    machine.run(milliseconds: 4000)
    let isEarly = machine.isGuardDone
    #expect(!isEarly)
    machine.world.writeFails = false
    machine.run(milliseconds: 20)
    #expect(machine.world.outputs == 2)
    let isDone = machine.isGuardDone
    #expect(isDone)
  }
}
