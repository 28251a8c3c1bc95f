import BoardFiles
import ChipDrivers
import PerfusionCore
import TestSupport
import Testing

@testable import VirtualBoard

/// What works without the firmware: drives hold, the watchdog sounds, the clamp hangs on its drive
/// (docs/domain.md 7.3, 8.4).
@Suite("Independent means")
struct IndependentMeansTests {
  private func running() throws -> VirtualMachine {
    let machine = VirtualMachine(board: TinyBoard.make(), seed: 9)
    for _ in 0..<4000 where machine.status.phase == .post { machine.runTick() }
    try drive(machine, rpm: 100)
    return machine
  }

  private func drive(_ machine: VirtualMachine, rpm: Double) throws {
    let code = UInt16(rpm / 300 * 4095 + 0.5)
    var bus = VirtualBus(core: machine.hardware.buses[0])
    try bus.write(I2CAddress(0x60), [UInt8(code >> 8), UInt8(truncatingIfNeeded: code)])
    try machine.hardware.writeLine(TinyBoard.Line.torque.rawValue, isAsserted: true)
    try machine.hardware.writeLine(TinyBoard.Line.enable.rawValue, isAsserted: true)
  }

  @Test(
    "Firmware killed or hung: the buzzer sounds within 200 ms", .verifies("HZ-15", "AL-54"),
    arguments: [true, false], 0..<10 as Range<Int>)
  func buzzer(isKilled: Bool, delay: Int) {
    let machine = VirtualMachine(board: TinyBoard.make(), seed: 9)
    for _ in 0..<4000 where machine.status.phase == .post { machine.runTick() }
    for _ in 0..<(400 + delay * 3) { machine.runTick() }
    #expect(machine.truth.watchdogIsGood)
    #expect(!machine.truth.buzzerSounds)
    let died = machine.now
    if isKilled { machine.killFirmware() } else { machine.stopTicking() }
    for _ in 0..<60 { machine.runTick() }
    #expect(machine.truth.buzzerSounds)
    #expect((machine.truth.buzzerSince - died).seconds <= 0.2)
  }

  @Test("Firmware killed: the pump holds its speed within 1 % for 100 s", .verifies("HZ-15"))
  func pumpHolds() throws {
    let machine = try running()
    machine.killFirmware()
    try drive(machine, rpm: 100)
    for _ in 0..<400 { machine.runTick() }
    let before = machine.truth.rotorSpeeds[0].revolutionsPerMinute
    for _ in 0..<20_000 { machine.runTick() }
    let after = machine.truth.rotorSpeeds[0].revolutionsPerMinute
    #expect(before > 90)
    #expect((after - before).magnitude < before * 0.01)
  }
}
