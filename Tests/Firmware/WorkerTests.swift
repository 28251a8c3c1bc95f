import ChipDrivers
import PerfusionCore
import TestSupport
import Testing

@testable import Firmware

@Suite("Bus workers") struct WorkerTests {
  static func thermometer(_ celsius: Double) -> FakeChip {
    let counts = UInt16(bitPattern: Int16(celsius / 0.0078125))
    return FakeChip([
      0: [UInt8(counts >> 8), UInt8(counts & 0xFF)], 1: [0x20, 0xA0], 0x0F: [0x01, 0x17],
    ])
  }
  /// Writing the settings clears the flag in this simple fake, so it is set again.
  static func refresh(_ chip: FakeChip?) { chip?.registers[1] = [0x20, 0xA0] }

  static func rig(count: Int = 4) -> Rig {
    var board = RigWiring()
    let sites: [TemperatureSite] = [
      .arterialBloodTemperature, .venousBloodTemperature, .patientBathTemperature,
      .nasopharyngealTemperature,
    ]
    for index in 0..<count {
      let chip = board.chip(.tmp117, 0x48 + UInt8(index), every: 5)
      board.sensor(.temperature(sites[index]), .channel(chip: chip, channel: 0)) {
        $0.maximumAge = 100_000
      }
    }
    let rig = Rig(board)
    for index in 0..<count {
      rig.world.chips[FakeWorld.place(0x48 + UInt8(index))] = thermometer(30 + Double(index))
    }
    return rig
  }

  static func run(_ rig: inout Rig, _ ticks: Int) {
    for _ in 0..<ticks {
      rig.tick()
      for chip in rig.world.chips.values { refresh(chip) }
    }
  }

  @Test("Chips are initialised by their visits and deliver")
  func delivers() {
    var rig = Self.rig()
    Self.run(&rig, 20)
    #expect(rig.sensors[.arterialBloodTemperature].usable?.degreesCelsius == 30)
    #expect(rig.sensors[.nasopharyngealTemperature].usable?.degreesCelsius == 33)
    #expect(rig.firmware.workers[0].health.successes > 10)
    for chip in 0..<4 {
      #expect(rig.firmware.workers[0].chipHealth(chip)?.state == .running)
    }
  }

  @Test("Every visit comes at its place in its ticks and no other")
  func keepsSchedule() {
    var board = RigWiring()
    board.chip(.tmp117, 0x48, every: 1)
    board.chip(.tmp117, 0x49, every: 5)
    board.chip(.tmp117, 0x4A, every: 50)
    var rig = Rig(board)
    for address: UInt8 in 0x48...0x4A {
      rig.world.chips[FakeWorld.place(address)] = Self.thermometer(1)
    }
    Self.run(&rig, 100)
    for chip in rig.world.chips.values { chip.transfers = 0 }
    Self.run(&rig, 1000)
    let transfers = (0x48...0x4A).map { rig.world.chips[FakeWorld.place(UInt8($0))]?.transfers }
    #expect(transfers == [2000, 400, 40])
    #expect(rig.firmware.workers[0].skippedTicks == 0)
  }

  @Test("One chip that is lost is faulted alone and comes back", .verifies("HZ-47"))
  func oneChipLost() {
    var rig = Self.rig()
    Self.run(&rig, 20)
    let place = FakeWorld.place(0x49)
    let chip = rig.world.chips[place]
    rig.world.chips[place] = nil
    Self.run(&rig, 20)
    #expect(rig.sensors[.venousBloodTemperature].quality == .faulted)
    #expect(rig.sensors[.arterialBloodTemperature].quality == .valid)
    #expect(!rig.firmware.workers[0].health.isStuck && rig.world.recoveries.isEmpty)
    rig.world.chips[place] = chip
    Self.run(&rig, 300)
    #expect(rig.sensors[.venousBloodTemperature].quality == .valid)
    #expect(rig.firmware.workers[0].chipHealth(1)?.losses == 1)
  }

  @Test(
    "A stuck bus is found in 10 ms of visits, climbs the ladder and recovers",
    .verifies("HZ-47"), arguments: [BusError.timeout, .busFault, .arbitrationLost])
  func stuck(fault: BusError) {
    var board = RigWiring()
    for index in 0..<3 {
      let chip = board.chip(.tmp117, 0x48 + UInt8(index))
      board.sensor(.temperature(.arterialBloodTemperature), .channel(chip: chip, channel: 0))
    }
    var rig = Rig(board)
    for index in 0..<3 {
      rig.world.chips[FakeWorld.place(0x48 + UInt8(index))] = Self.thermometer(30)
    }
    Self.run(&rig, 20)
    rig.world.busFault = fault
    rig.world.transfers = 0
    Self.run(&rig, 2)
    #expect(rig.firmware.workers[0].health.isStuck)
    Self.run(&rig, 398)
    #expect(rig.world.transfers <= 402, "a stuck bus is probed at most once a tick")
    #expect(rig.world.recoveries.prefix(2) == [.reopen, .resetMultiplexers])
    #expect(rig.sensors[.arterialBloodTemperature].usable == nil)
    #expect(rig.firmware.workers[0].health.count(of: fault) > 4)
    rig.world.busFault = nil
    Self.run(&rig, 210)
    #expect(!rig.firmware.workers[0].health.isStuck)
    #expect(rig.sensors[.arterialBloodTemperature].quality == .valid)
    #expect(rig.firmware.workers[0].health.timesStuck == 1)
  }

  @Test("A bus on which nobody answers is taken for stuck too", .verifies("HZ-47"))
  func silent() {
    var rig = Self.rig()
    Self.run(&rig, 20)
    rig.world.busFault = .noAcknowledge
    Self.run(&rig, 2000)
    #expect(rig.firmware.workers[0].health.isStuck)
    #expect(rig.world.recoveries.contains(.reopen))
    rig.world.busFault = nil
    Self.run(&rig, 400)
    #expect(rig.sensors[.arterialBloodTemperature].quality == .valid)
  }

  @Test("A worker that comes too late leaves ticks out and keeps its phase")
  func late() {
    var rig = Self.rig()
    Self.run(&rig, 20)
    rig.world.now = rig.world.now.advanced(microseconds: 1_000_000)
    rig.world.transfers = 0
    Self.run(&rig, 5)
    #expect(rig.world.transfers <= 5 * 2 * 4, "no burst of visits that were missed")
    #expect(rig.firmware.workers[0].skippedTicks >= 199)
    #expect(rig.sensors[.arterialBloodTemperature].quality == .valid)
  }

  @Test("Chips at one address behind a multiplexer are told apart", .verifies("HZ-48"))
  func multiplexed() {
    var board = RigWiring()
    board.chip(.tca9548a, 0x71)
    for channel: UInt8 in 0..<3 {
      let chip = board.chip(.as5600, 0x36, mux: 0, channel: channel)
      board.sensor(.rotor(channel), .channel(chip: chip, channel: 0))
    }
    var rig = Rig(board)
    rig.world.hasMultiplexer = true
    for channel in 0..<3 {
      rig.world.chips[FakeWorld.place(0x36, joined: 1 << UInt8(channel))] = FakeChip([
        0x0B: [0x20, UInt8(channel + 1), 0x10]
      ])
    }
    rig.tick(10)
    for pump in 0..<3 {
      #expect(rig.sensors.pumps[pump].rotor.usable == Int64((pump + 1) << 8 | 0x10))
    }
    // The multiplexer resets by itself: nobody is joined until the next switch.
    rig.world.joined = 0
    rig.tick(10)
    for pump in 0..<3 { #expect(rig.sensors.pumps[pump].rotor.quality == .valid) }
  }

  @Test("A whole tick goes from sensors through the controller to the loop's statistics")
  func wholeTick() {
    var rig = Self.rig()
    let commands = CommandQueue()
    for _ in 0..<10 {
      rig.firmware.tick(commands)
      rig.world.now = rig.world.now.advanced(microseconds: 5000)
    }
    rig.world.now = rig.world.now.advanced(microseconds: 12_000)
    rig.firmware.tick(commands)
    #expect(rig.firmware.statistics.ticks == 11)
    #expect(rig.firmware.statistics.overruns == 1)
    #expect(rig.firmware.statistics.longestPeriod == 17_000)
    #expect(rig.firmware.controller.status.tick.count == 11)
    #expect(rig.firmware.stepWorker(3).microseconds >= rig.world.now.microseconds + 1_000_000)
  }
}
