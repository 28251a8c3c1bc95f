import ChipDrivers
import PerfusionCore
import TestSupport
import Testing

@testable import Firmware

/// The board's clock is compared while the firmware runs, not only when it starts (HZ-49).
@Suite("The board's own clock is set against the one that does not jump", .verifies("HZ-49"))
struct BoardClockTests {
  private struct Bench: ~Copyable {
    let world = FakeWorld()
    var firmware: Firmware<FakeBoard>
    /// By how much the board's clock is ahead, seconds; nothing: it does not know the time.
    var ahead: Double? = 800_000_000

    init() {
      var machine = MachineConfiguration()
      machine.pumps.append(PumpConfiguration())
      var wiring = RigWiring()
      wiring.chip(.mcp9808, 0x18)
      wiring.chip(.ds3231, 0x68)
      firmware = Firmware(
        platform: FakeBoard(world: world), machine: machine, wiring: wiring.wiring)
      firmware.start()
      run(seconds: 30)
    }

    /// The clock is read once a second, as its worker does.
    mutating func run(seconds: Int) {
      for _ in 0..<seconds {
        let now = world.now
        if let ahead {
          let shown = (Double(now.microseconds) / 1_000_000 + ahead).rounded(.down)
          firmware.exchange.samples[1].set(2, shown, at: now)
        } else {
          firmware.exchange.samples[1].mark(2, .faulted, at: now)
        }
        for _ in 0..<200 {
          world.now = world.now.advanced(microseconds: 5000)
          firmware.tick(CommandQueue())
        }
      }
    }

    var isFound: Bool { firmware.sensors.platform.contains(.clockDisagrees) }
    var isTold: Bool { firmware.controller.status.alarms.contains(AlarmID(57)) }
  }

  @Test(
    "A jump is told as AL-57 for a minute", .verifies("AL-57"), arguments: [3, -3, 3600, -3600.0])
  func jump(by seconds: Double) {
    var bench = Bench()
    #expect(bench.isFound == false)
    bench.ahead = 800_000_000 + seconds
    bench.run(seconds: 12)
    #expect(bench.isFound == true && bench.isTold == true)
    bench.run(seconds: 70)
    #expect(bench.isFound == false)
  }

  @Test(
    "A drift of 0.8 % is told within ten minutes, 0.05 % never",
    arguments: [0.008, -0.008, 0.0005, 0])
  func drift(share: Double) {
    var bench = Bench()
    var isFound = false
    for second in 0..<650 {
      bench.ahead = 800_000_000 + share * Double(second)
      bench.run(seconds: 1)
      isFound = isFound || bench.isFound
    }
    #expect(isFound == (share.magnitude > 0.005))
  }

  @Test("A clock that loses the time and gets it again is no jump")
  func lost() {
    var bench = Bench()
    bench.ahead = nil
    bench.run(seconds: 20)
    bench.ahead = 900_000_000
    bench.run(seconds: 30)
    #expect(bench.isFound == false)
  }
}
