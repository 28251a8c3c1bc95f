import ChipDrivers
import Firmware
import PerfusionCore
import TestSupport
import Testing

@Suite("The firmware tells the controller of a late loop and of a log that is not written")
struct PlatformReportTests {
  private struct Bench: ~Copyable {
    let world = FakeWorld()
    var firmware: Firmware<FakeBoard>

    init() {
      var machine = MachineConfiguration()
      machine.pumps.append(PumpConfiguration())
      firmware = Firmware(
        platform: FakeBoard(world: world), machine: machine,
        wiring: RigWiring().wiring)
      firmware.start()
      tick(200)
    }

    mutating func tick(_ count: Int = 1, lasting microseconds: Int64 = 5000) {
      for _ in 0..<count {
        world.now = world.now.advanced(microseconds: microseconds)
        firmware.tick(CommandQueue())
      }
    }

    func found(_ finding: PlatformFinding) -> Bool { firmware.sensors.platform.contains(finding) }
    func isTold(_ alarm: UInt8) -> Bool {
      firmware.controller.status.alarms.contains(AlarmID(alarm))
    }
  }

  @Test(
    "A write that fails is told as AL-67 for a minute after the last one",
    .verifies("AL-67", "HZ-51"))
  func storage() {
    var bench = Bench()
    bench.tick(10)
    #expect(bench.found(.logStorage) == false)
    bench.world.failedWrites = 1
    bench.tick(2)
    #expect(bench.found(.logStorage) == true)
    #expect(bench.isTold(67) == true)
    bench.tick(11_990)
    #expect(bench.found(.logStorage) == true)
    bench.tick(20)
    #expect(bench.found(.logStorage) == false)
    bench.tick(400)
    #expect(bench.isTold(67) == false)
  }

  @Test(
    "The computer's clock jumps by three seconds or an hour: told as AL-57 for a minute, nothing else",
    .verifies("HZ-49"), arguments: [3, -3, 3600, -3600.0])
  func clockJumps(by seconds: Double) {
    var bench = Bench()
    bench.world.civilOffset = 1_700_000_000
    bench.tick(20_000)
    #expect(bench.found(.clockDisagrees) == false)
    bench.world.civilOffset = 1_700_000_000 + seconds
    bench.tick(2200)
    #expect(bench.found(.clockDisagrees) == true)
    #expect(bench.isTold(57) == true)
    bench.tick(14_000)
    #expect(bench.found(.clockDisagrees) == false)
  }

  @Test(
    "A clock that drifts by 0.8 % is told within ten minutes; 0.05 % and no clock never are",
    .verifies("HZ-49"), arguments: [0.008, -0.008, 0.0005, 0])
  func clockDrifts(share: Double) {
    var bench = Bench()
    let begin = Double(bench.world.now.microseconds) / 1_000_000
    var isTold = false
    for _ in 0..<1300 {
      let passed = Double(bench.world.now.microseconds) / 1_000_000 - begin
      bench.world.civilOffset = share == 0 ? nil : 1_700_000_000 + share * passed
      bench.tick(100)
      isTold = isTold || bench.found(.clockDisagrees)
    }
    #expect(isTold == (share.magnitude > 0.005))
  }

  @Test("Three late ticks in a row are told as AL-57, two are not", .verifies("AL-57", "HZ-53"))
  func overrun() {
    var bench = Bench()
    bench.tick(10)
    bench.tick(2, lasting: 8000)
    #expect(bench.found(.loopOverrun) == false)
    bench.tick(1)
    bench.tick(3, lasting: 8000)
    #expect(bench.found(.loopOverrun) == true)
    #expect(bench.isTold(57) == true)
    bench.tick(1)
    #expect(bench.found(.loopOverrun) == false)
  }

  @Test("More than ten late ticks in a second raise AL-57 to medium", .verifies("AL-57"))
  func often() {
    for (late, isOften) in [(10, false), (11, true)] {
      var bench = Bench()
      bench.tick(1)
      for _ in 0..<late {
        bench.tick(1, lasting: 8000)
        bench.tick(1)
      }
      bench.tick(200)
      #expect(bench.found(.loopOverrunMany) == isOften)
    }
  }
}
