import ChipDrivers
import PerfusionCore
import TestSupport
import Testing

@testable import Firmware

@Suite("Threads of the firmware, stepped in virtual time", .verifies("HZ-53"))
struct ThreadTests {
  /// A heater on a line, a buzzer on a line, a clamp that holds, and a chip.
  static func wiring() -> BoardWiring {
    var board = RigWiring()
    board.chip(.mcp4725(reference: 5), 0x60)
    board.actuator(.pumpSpeed(0), .channel(chip: 0, channel: 0), .hold, lease: 300_000)
    board.actuator(.heater(0), .line(board.line(.output)), .off, lease: 500_000)
    board.actuator(.buzzer, .line(board.line(.output)), .on, lease: 500_000)
    board.actuator(.arterialClampOpen, .line(board.line(.output)), .hold, lease: 500_000)
    return board.wiring
  }

  @Test("before the first tick heat and sound are off, a clamp that may be in use is not touched")
  func safeStart() {
    var machine = FakeMachine(Self.wiring())
    machine.keeper.step()
    #expect(machine.world.written.map(\.line) == [0, 1])
    #expect(machine.world.outputs == 0)
  }

  @Test("a dead tick ends in the fallbacks, and one that lives again takes over")
  func deadTick() {
    var machine = FakeMachine(Self.wiring())
    machine.run(milliseconds: 100)
    let before = machine.world.outputs
    machine.run(milliseconds: 490, isTickDead: true)
    #expect(machine.world.outputs == before, "leases last")
    machine.run(milliseconds: 20, isTickDead: true)
    #expect(machine.world.outputs == before & ~1 | 2, "heater off, buzzer on, clamp as it was")
    machine.run(milliseconds: 10)
    #expect(machine.world.outputs == before)
  }

  @Test(
    "a firmware that is killed at any instant ends in the fallbacks in time",
    arguments: [0, 1, 2, 3, 4] as [UInt64])
  func killed(seed: UInt64) {
    var noise = Noise(seed: seed)
    for _ in 0..<200 {
      var machine = FakeMachine(Self.wiring())
      machine.run(milliseconds: 20 + Int(noise.next() % 100))
      let before = machine.world.outputs
      let last = machine.shared.exchange { $0.lastTickDone } / 1000
      machine.isAlive = false
      machine.world.written = []
      machine.run(milliseconds: 700)
      #expect(machine.world.outputs == before & ~1 | 2)
      for write in machine.world.written where write.line == 1 && write.isAsserted {
        let late = write.at.microseconds - last - 500_000
        #expect((0...15_000).contains(late), "\(late) us")
      }
      let isEarly = machine.isGuardDone
      #expect(!isEarly)
      machine.run(milliseconds: 1000)
      let isDone = machine.isGuardDone
      #expect(isDone)
    }
  }

  @Test("a firmware that stands still again and again ends in the fallbacks each time")
  func frozen() {
    var machine = FakeMachine(Self.wiring())
    // What a firmware's keeper drove since, the guard cannot know when it begins to act.
    for _ in 0..<3 {
      machine.run(milliseconds: 100)
      let alive = machine.world.outputs
      // Leases are over before the guard looks at all.
      machine.world.now = machine.world.now.advanced(microseconds: 600_000)
      for _ in 0..<3 {
        _ = machine.leaseGuard.step(firmwareIsDead: false)
        machine.world.now = machine.world.now.advanced(microseconds: 10_000)
      }
      #expect(machine.world.outputs == alive & ~1 | 2)
    }
  }

  @Test("a firmware that goes on after it stood still drives what it is asked, not what it drove")
  func goesOn() {
    var machine = FakeMachine(Self.wiring())
    machine.run(milliseconds: 100)
    let alive = machine.world.outputs
    machine.world.now = machine.world.now.advanced(microseconds: 600_000)
    for _ in 0..<3 {
      _ = machine.leaseGuard.step(firmwareIsDead: false)
      machine.world.now = machine.world.now.advanced(microseconds: 10_000)
    }
    #expect(machine.world.outputs != alive, "the guard let leases end")
    machine.run(milliseconds: 20)
    #expect(machine.world.outputs == alive)
  }

  @Test("the guard keeps quiet while the firmware lives, and when it ended in order")
  func quiet() {
    var machine = FakeMachine(Self.wiring())
    machine.run(milliseconds: 300)
    let writes = machine.world.written.count
    machine.run(milliseconds: 300)
    #expect(machine.world.written.count == writes)
    machine.shared.exchange { $0.handOver() }
    let isDone = machine.isGuardDone
    #expect(isDone)
  }

  @Test("an overrun is counted in the part in which the next tick became due")
  func phases() {
    var machine = FakeMachine(Self.wiring())
    machine.run(milliseconds: 20)
    machine.world.onRead = { $0.now = $0.now.advanced(microseconds: 6000) }
    var now = machine.world.now.microseconds * 1000
    machine.tick.tick(due: now, woke: now)
    machine.world.onRead = { _ in }
    now = machine.world.now.microseconds * 1000
    machine.tick.tick(due: now - 3_000_000, woke: now)
    let quality = machine.tick.quality
    #expect(quality.overruns(in: .acquire) == 1)
    #expect(quality.overruns(in: .wakeUp) == 1)
    #expect(quality.overrunCount == 2)
    #expect(quality.wakeUp.longest == 3_000_000)
    #expect(quality.execution.longest == 6_000_000)
  }

  @Test("every tick leaves its record for the link and the black box")
  func records() {
    var machine = FakeMachine(Self.wiring())
    machine.run(milliseconds: 50)
    var seen: [UInt64] = []
    while machine.shared.exchange({ $0.recorderRecords.take { seen.append($0.tick.count) } }) {}
    #expect(seen == Array(1...10))
    var count = 0
    while machine.shared.exchange({ $0.linkRecords.take { _ in count += 1 } }) {}
    #expect(count == 10)
  }

  @Test("retained records reach the medium in their order", .verifies("HZ-55"))
  func storage() {
    var machine = FakeMachine(Self.wiring())
    let (old, new): ([UInt8], [UInt8]) = ([1, 2], [3])
    machine.tick.firmware.platform.keep(old.span, in: .retainedSecond)
    machine.tick.firmware.platform.keep(new.span, in: .retainedFirst)
    machine.storage.step()
    #expect(machine.world.storeOrder.suffix(2) == [.retainedSecond, .retainedFirst])
    #expect(machine.world.stored[0] == [3] && machine.world.stored[1] == [1, 2])
    machine.world.storeFails = true
    machine.tick.firmware.platform.keep(old.span, in: .retainedFirst)
    machine.storage.step()
    let failed = machine.shared.exchange { $0.failedWrites }
    #expect(failed == 1)
  }
}

@Suite("Histogram of latencies")
struct LatencyHistogramTests {
  @Test("percentiles are right to 6.3 %", arguments: 0..<20 as Range<UInt64>)
  func percentiles(seed: UInt64) {
    var noise = Noise(seed: seed)
    var histogram = LatencyHistogram()
    var lengths: [Int64] = []
    for _ in 0..<5000 {
      let length = Int64(noise.next() % 1_000) << Int64(noise.next() % 14)
      lengths.append(length)
      histogram.add(length)
    }
    lengths.sort()
    for share in [0.5, 0.99, 0.999] {
      let exact = lengths[max(0, Int(share * 5000) - 1)]
      let told = histogram.percentile(share)
      #expect(told >= exact && Double(told) <= Double(exact) * 1.063 + 64, "\(share)")
    }
    #expect(histogram.percentile(1) == lengths.last && histogram.longest == lengths.last)
  }

  @Test("nothing counted has no percentile, and what is beyond the scale counts as the longest")
  func borders() {
    var histogram = LatencyHistogram()
    #expect(histogram.percentile(0.99) == 0)
    histogram.add(-5)
    histogram.add(.max)
    #expect(histogram.count == 2 && histogram.longest == .max)
    #expect(histogram.percentile(1) <= .max)
  }
}

/// Seeded numbers (SplitMix64).
struct Noise {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
