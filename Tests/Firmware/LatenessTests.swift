import ChipDrivers
import PerfusionCore
import TestSupport
import Testing

@testable import Firmware

@Suite("What stands still") struct LatenessTests {
  @Test(
    "Ticks that were missed are counted and not caught up",
    .verifies("HZ-53"), arguments: [(3, 0), (9, 0), (12, 0), (16, 2), (101, 19), (990, 197)])
  func missed(milliseconds: Int64, leftOut: UInt64) {
    var machine = FakeMachine(ThreadTests.wiring())
    var began: [Int64] = []
    let shared = machine.shared
    machine.world.onRead = { world in
      began.append(world.now.microseconds)
      if began.count == 10 {
        world.now = world.now.advanced(microseconds: milliseconds * 1000)
      }
      if began.count == 30 { shared.exchange { $0.stopTick() } }
    }
    machine.tick.run()
    let gaps = zip(began.dropFirst(), began).map { $0 - $1 }
    #expect(gaps.filter { $0 < 5000 }.count <= 3, "at most the tick that was not left out")
    #expect(machine.tick.quality.overruns(in: .wakeUp) >= leftOut)
    let late = UInt64(milliseconds * 2 > 15 ? 1 : 0)
    #expect(machine.tick.firmware.statistics.overruns == leftOut + late)
    #expect(machine.tick.firmware.statistics.longestOverrun == UInt32(leftOut + late))
    #expect(began.count == 30)
  }

  @Test("A loop that stood still for several ticks says so", .verifies("AL-57", "HZ-53"))
  func told() {
    var machine = FakeMachine(ThreadTests.wiring())
    var reads = 0
    var isTold = false
    var missed: [UInt32] = []
    let shared = machine.shared
    machine.world.onRead = { world in
      reads += 1
      if reads == 10 { world.now = world.now.advanced(microseconds: 60_000) }
      if reads == 13 { shared.exchange { $0.stopTick() } }
    }
    machine.tick.run()
    while shared.exchange({
      $0.linkRecords.take {
        isTold = isTold || $0.sensors.platform.contains(.loopOverrun)
        missed.append($0.sensors.platform.missedTicks)
      }
    }) {}
    #expect(isTold)
    #expect(missed.filter { $0 > 0 } == [11], "the controller hears of it once")
  }

  @Test(
    "A bus whose worker is held by a transfer fails, and is well again when that ends",
    .verifies("AL-56", "HZ-47"))
  func held() {
    var machine = FakeMachine(ThreadTests.wiring())
    machine.world.chips[FakeWorld.place(0x60)] = FakeChip([:])
    machine.run(milliseconds: 300)
    let before = machine.findings
    #expect(!before.contains(.busFault))
    machine.isBusHeld = true
    machine.run(milliseconds: 240)
    let slow = machine.findings
    #expect(!slow.contains(.busFault), "a slow transfer is no fault")
    machine.run(milliseconds: 70)
    let silent = machine.findings
    #expect(silent.contains(.busFault))
    machine.isBusHeld = false
    machine.run(milliseconds: 60)
    let after = machine.findings
    #expect(!after.contains(.busFault))
  }

  @Test(
    "A machine that runs without lines, link or recorder says so",
    .verifies("AL-55", "AL-56", "AL-67", "HZ-51"))
  func incomplete() {
    var machine = FakeMachine(ThreadTests.wiring())
    machine.world.chips[FakeWorld.place(0x60)] = FakeChip([:])
    machine.run(milliseconds: 1100)
    let whole = machine.findings
    #expect(!whole.contains(.busFault) && !whole.contains(.logStorage))
    #expect(!whole.contains(.displayLost))
    machine.shared.exchange { $0.miss(link: true, recorder: true) }
    machine.world.missing = 1
    machine.run(milliseconds: 60)
    let lacking = machine.findings
    #expect(lacking.contains(.busFault) && lacking.contains(.logStorage))
    #expect(lacking.contains(.displayLost))
  }

  @Test("A worker without a visit for long still gives signs of life")
  func pulse() {
    var machine = FakeMachine(BoardWiring())
    var longest: Int64 = 0
    var last = machine.world.now.microseconds
    let shared = machine.shared
    machine.world.onSleep = { world in
      longest = max(longest, world.now.microseconds - last)
      last = world.now.microseconds
      if last > 1_500_000 { shared.exchange { $0.stop() } }
    }
    machine.bus.run()
    #expect(last > 1_500_000 && longest <= 100_000)
  }

  @Test("A line that could not be written is tried again after 5 ms although the tick is dead")
  func keeperRetries() {
    var machine = FakeMachine(ThreadTests.wiring())
    machine.run(milliseconds: 20)
    let calm = machine.keeper.wakeAt - machine.world.now.microseconds * 1000
    #expect(calm > 40_000_000, "\(calm) ns")
    machine.world.writeFails = true
    machine.run(milliseconds: 510, isTickDead: true)
    let now = (machine.world.now.microseconds - 1000) * 1000
    #expect(machine.keeper.wakeAt - now == 5_000_000)
  }
}

@Suite("The guard of a firmware that went down", .verifies("HZ-55")) struct LastLeaseTests {
  /// As `ThreadTests`, with a heater behind an expander too.
  static func wiring() -> BoardWiring {
    var board = RigWiring()
    board.chip(.mcp4725(reference: 5), 0x60)
    board.chip(.mcp23017, 0x20)
    board.actuator(.pumpSpeed(0), .channel(chip: 0, channel: 0), .hold, lease: 300_000)
    board.actuator(.heater(0), .line(board.line(.output)), .off, lease: 500_000)
    board.actuator(.buzzer, .line(board.line(.output)), .on, lease: 500_000)
    board.actuator(.arterialClampOpen, .line(board.line(.output)), .hold, lease: 500_000)
    board.actuator(.heater(1), .line(board.line(.output, expander: 1)), .off, lease: 500_000)
    return board.wiring
  }

  /// The firmware before it was heating, with its clamp open, and silent.
  static func machine() -> FakeMachine {
    let world = FakeWorld()
    world.outputs = 0b101
    world.chips[FakeWorld.place(0x20)] = FakeChip([0: [0xFF, 0xFF], 2: [0, 0], 0x14: [0, 0]])
    return FakeMachine(wiring(), in: world, knowsLines: true)
  }

  @Test("One that died before its first tick lets everything fall back that does not hold")
  func beforeFirstTick() {
    var machine = Self.machine()
    machine.isAlive = false
    machine.run(milliseconds: 20)
    #expect(machine.world.outputs == 0b110, "heater off, buzzer on, clamp as it was")
    let isEarly = machine.isGuardDone
    #expect(!isEarly)
    machine.run(milliseconds: 1600)
    let isDone = machine.isGuardDone
    #expect(isDone)
    let written = Set(machine.world.written.map(\.line))
    #expect(written == [0, 1])
  }

  @Test("One that starts and has not ticked yet is left alone")
  func starting() {
    var machine = Self.machine()
    for _ in 0..<100 {
      _ = machine.leaseGuard.step(firmwareIsDead: false)
      machine.world.now = machine.world.now.advanced(microseconds: 10_000)
    }
    #expect(machine.world.outputs == 0b101)
  }

  @Test("A bus that is held waits until all other leases have ended", .verifies("HZ-47"))
  func heldBus() {
    var machine = Self.machine()
    machine.run(milliseconds: 100)
    machine.isBusHeld = true
    machine.run(milliseconds: 300)
    let before = machine.world.transfers
    #expect(machine.world.transfers == before)
    machine.isAlive = false
    machine.run(milliseconds: 490)
    #expect(machine.world.transfers == before, "the guard has not touched the bus")
    machine.run(milliseconds: 30)
    #expect(machine.world.outputs & 3 == 2, "lines have fallen back")
    machine.run(milliseconds: 500)
    #expect(machine.world.transfers > before, "then it tries the bus")
    machine.run(milliseconds: 700)
    let isDone = machine.isGuardDone
    #expect(isDone)
  }
}
