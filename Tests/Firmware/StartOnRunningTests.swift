import ChipDrivers
import PerfusionCore
import TestSupport
import Testing

@testable import Firmware

/// A start on a machine that runs: what carries the flow is not asked for yet, and shares its group of
/// lines with what falls back.
@Suite("A firmware that dies soon after it found a machine running", .verifies("HZ-53", "HZ-55"))
struct StartOnRunningTests {
  static let (heater, buzzer, torque, clamp): (LineLevels, LineLevels, LineLevels, LineLevels) =
    (1, 2, 4, 8)

  static func wiring() -> BoardWiring {
    var board = RigWiring()
    board.actuator(.heater(0), .line(board.line(.output)), .off)
    board.actuator(.buzzer, .line(board.line(.output)), .on)
    board.actuator(.pumpTorqueAllowed(0), .line(board.line(.output)), .hold)
    board.actuator(.arterialClampOpen, .line(board.line(.output)), .hold)
    return board.wiring
  }

  /// One pump; the rotor turns, as far as anybody knows.
  static func start(_ world: FakeWorld = FakeWorld()) -> FakeMachine {
    var machine = MachineConfiguration()
    machine.pumps.append(PumpConfiguration())
    world.outputs = heater | torque | clamp
    return FakeMachine(wiring(), in: world, knowsLines: true, machine: machine)
  }

  /// Torque and clamp were never written otherwise than they were found.
  static func flowIsUntouched(_ world: FakeWorld) -> Bool {
    world.outputs & (torque | clamp) == torque | clamp
      && world.written.allSatisfy { $0.line < 2 || $0.isAsserted }
  }

  @Test("killed while it measures the rotors: only what must fall back falls back")
  func killedDuringAdoption() {
    for after in stride(from: 5, through: 780, by: 25) {
      var machine = Self.start()
      machine.run(milliseconds: after)
      machine.isAlive = false
      machine.run(milliseconds: 1600)
      #expect(Self.flowIsUntouched(machine.world), "killed after \(after) ms")
      #expect(machine.world.outputs & 3 == Self.buzzer, "killed after \(after) ms")
      let isDone = machine.isGuardDone
      #expect(isDone)
    }
  }

  @Test("killed before its first tick: the same", arguments: [false, true])
  func killedBeforeFirstTick(keeperStepped: Bool) {
    var machine = Self.start()
    if keeperStepped { machine.keeper.step() }
    machine.isAlive = false
    machine.run(milliseconds: 100)
    #expect(Self.flowIsUntouched(machine.world))
    #expect(machine.world.outputs & 3 == Self.buzzer)
  }

  @Test("standing still while it measures: the guard ends leases, the keeper takes over again")
  func standsStill() {
    var machine = Self.start()
    machine.run(milliseconds: 100)
    machine.world.now = machine.world.now.advanced(microseconds: 600_000)
    for _ in 0..<3 {
      _ = machine.leaseGuard.step(firmwareIsDead: false)
      machine.world.now = machine.world.now.advanced(microseconds: 10_000)
    }
    #expect(Self.flowIsUntouched(machine.world))
    #expect(machine.world.outputs & 3 == Self.buzzer)
    machine.run(milliseconds: 20)
    #expect(Self.flowIsUntouched(machine.world))
    #expect(machine.world.outputs & 3 == 0, "the tick asks again")
  }

  @Test("a cold start that switched everything off and died leaves it off", .verifies("HZ-54"))
  func coldStart() {
    let world = FakeWorld()
    var before = Self.start(world)
    world.outputs = 0
    while world.stored[0, default: []].isEmpty {
      before.run(milliseconds: 5)
      before.storage.step()
    }
    var machine = Self.start(world)
    machine.keeper.step()
    #expect(world.outputs == 0)
    machine.isAlive = false
    machine.run(milliseconds: 100)
    #expect(world.outputs == Self.buzzer)
  }
}
