import BoardFiles
import ChipDrivers
import PerfusionCore
import TestSupport
import Testing

@testable import VirtualBoard

/// The power-on self test on the virtual board: each step, sound and with the fault it is there for.
@Suite("Power-on self test")
struct SelfTestTests {
  private func tested(
    _ prepare: (VirtualMachine) throws -> Void = { _ in }
  ) throws -> VirtualMachine {
    let machine = VirtualMachine(board: TinyBoard.make(), seed: 5)
    for _ in 0..<40 { machine.runTick() }
    try prepare(machine)
    for _ in 0..<4000 where machine.status.phase == .post { machine.runTick() }
    for _ in 0..<40 { machine.runTick() }
    return machine
  }

  private func failures(_ machine: VirtualMachine) -> [SelfTestItem] {
    (0..<SelfTestItem.count).compactMap { SelfTestItem(rawValue: UInt8($0)) }
      .filter { machine.status.selfTest[$0] == .failed }
  }

  @Test("A sound machine passes every item, and no rotor moves", .verifies("C1"))
  func sound() throws {
    let machine = try tested()
    #expect(failures(machine).isEmpty)
    #expect(machine.status.selfTest.hasPassed)
    #expect(machine.status.phase == .standby)
    #expect(machine.status.selfTest[.watchdog] == .passed)
    #expect(machine.status.selfTest[.safeTorqueOff] == .passed)
    #expect(machine.status.selfTest[.identities] == .passed)
    for speed in machine.truth.rotorSpeeds { #expect(speed == .zero) }
  }

  @Test(
    "Each fault fails its item, READY stays refused", .verifies("C1", "C11", "HZ-50", "AL-59"),
    arguments: [
      ("line-torque", FaultWord.stuck, SelfTestItem.safeTorqueOff),
      ("arterialClamp", .stuck, .clampOpening), ("arterialClamp", .off, .clampOpening),
      ("arterialClamp", .slow, .clampOpening), ("arterialClamp", .wrong, .clampOpening),
      ("watchdog", .stuck, .watchdog), ("watchdog", .off, .watchdog),
      ("arterialBubble", .stuck, .airDetectors),
      ("arterialLinePressure", .off, .sensors),
    ])
  func faulty(target: String, word: FaultWord, item: SelfTestItem) throws {
    let machine = try tested {
      try $0.inject(FaultSpecification(target: target, word: word))
    }
    #expect(failures(machine).contains(item))
    #expect(!machine.status.selfTest.hasPassed)
    #expect(machine.status.phase == .standby)
    #expect(!machine.status.checklist.contains(.selfTest))
    _ = machine.submit(
      OperatorCommand(
        decision: 1, source: .scenario, isConfirmed: true, action: .requestPhase(.setup))
    )
    for _ in 0..<10 { machine.runTick() }
    #expect(machine.status.phase == .standby)
  }

  @Test("A chip that does not answer fails the identities and is named")
  func wrongChip() throws {
    let machine = VirtualMachine(board: TinyBoard.make(), seed: 5)
    let chips = machine.board.wiring.chips
    let words = machine.faultTargets
    for chip in chips.indices {
      let name = chips[chip].id.description
      // A multiplexer that stays on its channel is not spoken to.
      guard words[name]?.contains(.nack) == true, chips[chip].part.isVisited else { continue }
      let faulty = try tested {
        try $0.inject(FaultSpecification(target: name, word: .nack))
      }
      #expect(failures(faulty).contains(.identities), "\(name)")
      #expect(faulty.status.selfTest.lostChips >> UInt64(chip) & 1 == 1, "\(name)")
    }
  }
}
