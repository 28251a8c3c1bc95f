import ChipDrivers
import PerfusionCore
import TestSupport
import Testing

@testable import Firmware

@Suite("Leases", .verifies("HZ-53")) struct LeaseTests {
  static func rig() -> Rig {
    var board = RigWiring()
    board.chip(.mcp4725(reference: 5), 0x60)
    board.actuator(
      .pumpSpeed(0), .channel(chip: 0, channel: 0), .hold, lease: 300_000, scale: 0.02, offset: 0.1)
    board.actuator(.heater(0), .line(board.line(.output)), .off, lease: 200_000)
    board.actuator(.buzzer, .line(board.line(.output)), .on, lease: 250_000)
    board.actuator(.arterialClampOpen, .line(board.line(.output)), .hold, lease: 300_000)
    var rig = Rig(board)
    rig.commands.drives[0].speed = .rpm(100)
    rig.commands.patientWater.heater = true
    rig.commands.openArterialClamp = true
    rig.tick(20)
    return rig
  }

  @Test("A dead tick ends in each actuator's own fallback, in time")
  func deadTick() {
    var rig = Self.rig()
    #expect(rig.world.isAsserted(0) && !rig.world.isAsserted(1) && rig.world.isAsserted(2))
    let last = rig.world.now.microseconds - 5000
    rig.world.written = []
    rig.tick(80, isDead: true)
    #expect(!rig.world.isAsserted(0), "heater off")
    #expect(rig.world.isAsserted(1), "buzzer on")
    #expect(rig.world.isAsserted(2), "the clamp stays open")
    #expect(rig.firmware.exchange.outputs(chip: 0)[0] == 2.1, "the pump holds its speed")
    #expect(rig.firmware.expiredLeases == 4)
    for write in rig.world.written {
      let lease: Int64 = write.line == 0 ? 200_000 : 250_000
      let late = write.at.microseconds - last - lease
      #expect((0...5000).contains(late), "line \(write.line)")
    }
  }

  @Test("A tick that lives again takes over from the fallback")
  func revival() {
    var rig = Self.rig()
    rig.tick(80, isDead: true)
    rig.tick()
    #expect(rig.world.isAsserted(0) && !rig.world.isAsserted(1) && rig.world.isAsserted(2))
  }

  @Test("A channel whose fallback is off goes to 0, not to its offset")
  func channelOff() {
    var board = RigWiring()
    board.chip(.mcp4725(reference: 5), 0x60)
    board.actuator(
      .occlusionGap(0), .channel(chip: 0, channel: 0), .off, lease: 50_000, scale: 2, offset: 1)
    var rig = Rig(board)
    rig.commands.occlusionGaps[0] = .of(0.5)
    rig.tick(3)
    #expect(rig.firmware.exchange.outputs(chip: 0)[0] == 2)
    var command = rig.firmware.exchange.commands[0]
    var leases = ChipLeases(board.wiring, chip: 0)
    let isLapsingEarly = leases.judge(&command, now: rig.world.now)
    rig.tick(20, isDead: true)
    let isLapsing = leases.judge(&command, now: rig.world.now)
    #expect(isLapsing && !isLapsingEarly)
    leases.fallBack(&command)
    #expect(command.outputs[0] == 0 && rig.firmware.expiredLeases == 1)
  }

  @Test("A command that is not a number renews nothing")
  func notANumber() {
    var rig = Self.rig()
    rig.commands.drives[0].speed = .rpm(.nan)
    rig.tick(100)
    #expect(rig.firmware.expiredLeases == 1)
    #expect(rig.firmware.exchange.outputs(chip: 0)[0] == 2.1)
  }
}

@Suite("Lines that are driven") struct LineOutputTests {
  /// A heater, and everything of a pump and the arterial clamp that sits on a line.
  static func flowBoard() -> RigWiring {
    var board = RigWiring()
    let sites: [ActuatorSite] = [
      .heater(0), .pumpTorqueAllowed(0), .pumpEnable(0), .pumpReverse(0), .arterialClampOpen,
    ]
    for site in sites { board.actuator(site, .line(board.line(.output))) }
    return board
  }

  @Test(
    "Without a record the lines of the blood flow are not touched until the rotors are measured",
    .verifies("HZ-54", "HZ-55"))
  func unknownStart() {
    var rig = Rig(Self.flowBoard(), pumps: 1)
    #expect(rig.world.written.map(\.line) == [0])
    for _ in 0..<159 { rig.whole() }
    #expect(rig.world.written.map(\.line) == [0])
    rig.whole()
    rig.whole()
    #expect(rig.world.written.allSatisfy { !$0.isAsserted }, "nothing turned: nothing is let go")
  }

  @Test(
    "Where the record says that nobody hung on the flow, everything is off before the first tick",
    .verifies("HZ-54"))
  func knownStart() {
    var before = Rig(Self.flowBoard(), pumps: 1)
    while before.world.kept[.retainedFirst, default: []].isEmpty { before.whole() }
    before.world.written = []
    var again = Rig(Self.flowBoard(), pumps: 1, in: before.world)
    let isAdopting = again.firmware.controller.isAdopting
    #expect(!isAdopting)
    #expect(again.world.written.map(\.line) == [0, 1, 2, 3, 4])
    #expect(again.world.written.allSatisfy { !$0.isAsserted })
  }

  @Test("A line is written only when it changes")
  func onlyChanges() {
    var board = RigWiring()
    board.actuator(.redLamp, .line(board.line(.output)))
    var rig = Rig(board)
    for step in 0..<50 {
      rig.commands.alarm.red = step / 10 % 2 == 1
      rig.tick()
    }
    #expect(rig.world.written.count == 1 + 4)
  }

  @Test("A write that failed is tried again")
  func retry() {
    var board = RigWiring()
    board.actuator(.redLamp, .line(board.line(.output)))
    var rig = Rig(board)
    rig.world.writeFails = true
    rig.commands.alarm.red = true
    rig.tick(3)
    #expect(!rig.world.isAsserted(0) && rig.firmware.keeper.failures == 3)
    rig.world.writeFails = false
    rig.tick()
    #expect(rig.world.isAsserted(0))
  }

  @Test("A pin of an expander is driven with its active level", arguments: [false, true])
  func pin(isActiveLow: Bool) {
    var board = RigWiring()
    let chip = board.chip(.mcp23017, 0x20)
    let line = board.line(.output, expander: Int8(chip), pin: 9, isActiveLow: isActiveLow)
    board.actuator(.cyanLamp, .line(line))
    var rig = Rig(board)
    rig.commands.alarm.cyan = true
    rig.tick()
    #expect(rig.firmware.exchange.outputs(chip: 0).pins == (isActiveLow ? 0 : 1 << 9))
    #expect(rig.firmware.exchange.outputs(chip: 0).commandedPins == 1 << 9)
    #expect(rig.world.written.isEmpty)
  }
}

@Suite("The window watchdog") struct WatchdogTests {
  @Test("Strokes come 50 to 150 ms apart after verified cycles", arguments: [1000, 5000, 20_000])
  func window(tick: Int64) {
    var board = RigWiring()
    board.actuator(.watchdogStroke, .line(board.line(.output)), .hold)
    var rig = Rig(board)
    rig.tickLength = tick
    rig.commands.strokeWatchdog = true
    rig.tick(Int(3_000_000 / tick))
    let times = rig.world.written.dropFirst().map(\.at.microseconds)
    #expect(times.count > 20)
    for (one, next) in zip(times, times.dropFirst()) {
      #expect((50_000...150_000).contains(next - one))
    }
  }

  @Test("Without verified cycles the line stands still")
  func stands() {
    var board = RigWiring()
    board.actuator(.watchdogStroke, .line(board.line(.output)), .hold)
    var rig = Rig(board)
    rig.commands.strokeWatchdog = true
    rig.tick(50)
    rig.commands.strokeWatchdog = false
    rig.world.written = []
    rig.tick(200)
    #expect(rig.world.written.isEmpty)
  }

  @Test(
    "A cycle that leaves out a stage does not stroke",
    arguments: [CycleStage.decide, .drive, .temper, .signal])
  func skippedStage(stage: CycleStage) {
    var board = RigWiring()
    board.actuator(.watchdogStroke, .line(board.line(.output)), .hold)
    var rig = Rig(board)
    rig.commands.strokeWatchdog = true
    rig.tick(50)
    rig.world.written = []
    rig.skipped = stage
    rig.tick(200)
    #expect(rig.world.written.isEmpty)
    #expect(rig.firmware.controller.flow.faults == 200)
  }
}
