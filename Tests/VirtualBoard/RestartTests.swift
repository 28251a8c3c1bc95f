import ChipDrivers
import Firmware
import PerfusionCore
import TestSupport
import Testing

@testable import VirtualBoard

/// What a firmware that starts finds of the one before, on the board's own storage.
@Suite("Restart")
struct RestartTests {
  private func machine(seconds: Double) -> VirtualMachine {
    let machine = VirtualMachine(board: TinyBoard.make(), seed: 3)
    for _ in 0..<Int(seconds * 200) { machine.runTick() }
    return machine
  }

  private func restart(_ machine: VirtualMachine) -> [EventKind] {
    machine.killFirmware()
    machine.restartFirmware(after: .seconds(1))
    var seen: [EventKind] = []
    for _ in 0..<600 {
      machine.runTick()
      let events = machine.events
      if machine.firmwareIsRunning {
        for index in events.indices { seen.append(events[index].kind) }
      }
    }
    return seen
  }

  private func drive(_ machine: VirtualMachine, rpm: Double) throws {
    let code = UInt16(rpm / 300 * 4095 + 0.5)
    var bus = VirtualBus(core: machine.hardware.buses[0])
    try bus.write(I2CAddress(0x60), [UInt8(code >> 8), UInt8(truncatingIfNeeded: code)])
    try machine.hardware.writeLine(TinyBoard.Line.torque.rawValue, isAsserted: true)
    try machine.hardware.writeLine(TinyBoard.Line.enable.rawValue, isAsserted: true)
  }

  @Test("Records are written in turns, the newer one counts")
  func turns() {
    let machine = machine(seconds: 30)
    #expect(!machine.kept(in: .retainedFirst).isEmpty)
    #expect(!machine.kept(in: .retainedSecond).isEmpty)
    #expect(machine.kept(in: .retainedFirst) != machine.kept(in: .retainedSecond))
  }

  @Test(
    "With both records damaged and rotors turning, what is measured is kept", .verifies("HZ-55"))
  func blind() throws {
    let machine = machine(seconds: 20)
    machine.killFirmware()
    try drive(machine, rpm: 100)
    for _ in 0..<600 { machine.runTick() }
    for place in [KeptPlace.retainedFirst, .retainedSecond] { machine.flipKept(place, bit: 900) }
    machine.restartFirmware(after: .zero)
    var slowest = 1000.0
    var refused: [RecordFault] = []
    for _ in 0..<2000 {
      machine.runTick()
      slowest = min(slowest, machine.truth.rotorSpeeds[0].revolutionsPerMinute)
      let events = machine.events
      for index in events.indices {
        if case .recordRefused(_, let fault) = events[index].kind { refused.append(fault) }
      }
    }
    #expect(refused == [.checksum, .checksum])
    #expect(machine.status.start == .adoptedBlind)
    #expect(machine.status.phase.isSupporting)
    #expect(slowest > 95)
    #expect((machine.status.pumps[0].setSpeed.revolutionsPerMinute - 100).magnitude < 5)
  }

  @Test("With both records damaged and nothing turning, it is a power-on like any other")
  func blindAtRest() {
    let machine = machine(seconds: 20)
    for place in [KeptPlace.retainedFirst, .retainedSecond] { machine.flipKept(place, bit: 900) }
    let seen = restart(machine)
    #expect(machine.status.start == .powerOn)
    #expect(machine.status.phase == .post)
    #expect(!seen.contains { if case .adopted = $0 { true } else { false } })
  }

  @Test("A write torn at any byte leaves a sound record", .verifies("HZ-55"))
  func torn() {
    let machine = machine(seconds: 20)
    let length = machine.kept(in: .retainedFirst).count
    for byte in stride(from: 1, to: length, by: 97) {
      machine.tearKept(.retainedFirst, at: byte)
      let seen = restart(machine)
      let refusals = seen.filter { if case .recordRefused = $0 { true } else { false } }
      #expect(refusals.count <= 1)
    }
  }

  @Test("A crash loop while adopting changes nothing", .verifies("HZ-55"))
  func crashLoop() throws {
    let machine = machine(seconds: 20)
    machine.killFirmware()
    try drive(machine, rpm: 100)
    for _ in 0..<600 { machine.runTick() }
    machine.flipKept(.retainedFirst, bit: 900)
    machine.flipKept(.retainedSecond, bit: 900)
    for _ in 0..<20 {
      machine.restartFirmware(after: .zero)
      for _ in 0..<100 { machine.runTick() }
      machine.killFirmware()
    }
    #expect((machine.truth.rotorSpeeds[0].revolutionsPerMinute - 100).magnitude < 4)
    machine.restartFirmware(after: .zero)
    for _ in 0..<600 { machine.runTick() }
    #expect(machine.status.start == .adoptedBlind)
    #expect((machine.truth.rotorSpeeds[0].revolutionsPerMinute - 100).magnitude < 4)
  }
}
