import PerfusionCore
import TestSupport
import Testing

@testable import ChipDrivers

/// A board of chips for schedule tests.
struct Board {
  var wiring = BoardWiring()
  init(clocks: [UInt32] = [400_000]) {
    for clock in clocks {
      var bus = BusWiring()
      bus.clockHertz = clock
      wiring.buses.append(bus)
    }
  }
  mutating func add(
    _ part: ChipPart, _ address: UInt8, bus: UInt8 = 0, every: UInt16 = 1, mux: Int8 = -1,
    channel: UInt8 = 0
  ) {
    var chip = ChipWiring()
    chip.part = part
    chip.address = I2CAddress(address)
    chip.bus = bus
    chip.everyTicks = every
    chip.multiplexer = mux
    chip.multiplexerChannel = channel
    wiring.chips.append(chip)
  }
  func schedule(bus: Int = 0, tick: Int32 = 5000) -> BusSchedule {
    BusSchedule(wiring, bus: bus, tickMicroseconds: tick)
  }
  var issues: [ScheduleIssue] {
    let issues = wiring.chipIssues()
    return issues.indices.map { issues[$0] }
  }
}

@Suite("Bus time") struct BusTimeTests {
  @Test(
    "Transfers cost the clocks of docs/domain.md 10.3",
    arguments: [
      (0, 2, 29), (1, 2, 48), (3, 0, 38), (0, 4, 47), (0, 9, 92), (1, 6, 84), (5, 0, 56),
      (65, 0, 596), (2, 0, 29), (8, 0, 83), (1, 3, 57), (2, 32, 327), (66, 0, 605),
    ] as [(Int32, Int32, Int32)])
  func clocks(write: Int32, read: Int32, clocks: Int32) {
    #expect(TransferCost(write: write, read: read).clocks == clocks)
  }

  @Test("Microseconds are clocks at the bus clock and 60 for each transaction")
  func microseconds() {
    let cost = TransferCost(write: 1, read: 2)
    #expect(cost.microseconds(clockHertz: 400_000) == 120 + 60)
    #expect(cost.microseconds(clockHertz: 100_000) == 480 + 60)
    #expect(ChipPart.honeywellABP2(lowest: 0, highest: 1).visitCost.clocks == 112)
  }
}

@Suite("The bus schedule") struct ScheduleTests {
  /// Two encoders behind a multiplexer, two ADCs, two DACs, an expander and two current monitors.
  static var safetyBoard: Board {
    var board = Board()
    board.add(.tca9548a, 0x71)
    board.add(.as5600, 0x36, mux: 0, channel: 0)
    board.add(.as5600, 0x36, mux: 0, channel: 1)
    board.add(.mcp4725(reference: 5), 0x60)
    board.add(.mcp4725(reference: 5), 0x61)
    board.add(.mcp23017, 0x20)
    board.add(.ina226(shunt: 0.01, maximumCurrent: 8), 0x40, every: 2)
    board.add(.ina226(shunt: 0.01, maximumCurrent: 8), 0x41, every: 2)
    return board
  }

  static func check(_ schedule: BusSchedule) {
    for tick in 0..<BusSchedule.cycle {
      var busyUntil: Int32 = 0
      for index in schedule.visits.indices {
        let visit = schedule.visits[index]
        guard tick % Int(visit.everyTicks) == Int(visit.phase) else { continue }
        #expect(visit.offset >= busyUntil, "tick \(tick): visits overlap")
        busyUntil = visit.offset + visit.cost
      }
      #expect(busyUntil <= schedule.tickMicroseconds)
    }
  }

  @Test("Visits of a tick never overlap and end with the tick")
  func noOverlap() {
    let schedule = Self.safetyBoard.schedule()
    #expect(schedule.fits)
    Self.check(schedule)
    #expect(schedule.worstUtilisation > 0.3 && schedule.worstUtilisation <= 0.6)
    #expect(schedule.meanUtilisation <= schedule.worstUtilisation)
  }

  @Test("Chips that drive come before chips that measure")
  func outputsFirst() {
    let board = Self.safetyBoard
    let schedule = board.schedule()
    let drives = schedule.visits.indices.map { board.wiring.chips[Int(schedule.visits[$0].chip)] }
      .map(\.part.isActuator)
    #expect(drives.prefix(3).allSatisfy { $0 } && !drives.dropFirst(3).contains(true))
  }

  @Test("Slow chips fall on different ticks")
  func slowChipsSpread() {
    var board = Board()
    for address: UInt8 in 0x48...0x4B { board.add(.tmp117, address, every: 50) }
    for address: UInt8 in 0x18...0x1B { board.add(.mcp9808, address, every: 50) }
    let schedule = board.schedule()
    let phases = schedule.visits.indices.map { schedule.visits[$0].phase }
    #expect(Set(phases).count == 8)
    #expect(schedule.worstUtilisation < 0.1)
    Self.check(schedule)
  }

  @Test(
    "An ADC with several inputs is visited a conversion apart",
    arguments: [(0b1111, 3), (0b0011, 2), (0b0001, 1)] as [(UInt8, Int)])
  func adcVisits(channels: UInt8, visits: Int) {
    var board = Board()
    board.add(.ads1115(channels: channels, fullScale: 4.096), 0x48)
    board.add(.mcp4728(reference: 4.096), 0x60)
    let schedule = board.schedule()
    let offsets = schedule.visits.indices.filter { schedule.visits[$0].chip == 0 }
      .map { schedule.visits[$0].offset }
    #expect(offsets.count == visits && schedule.fits)
    for (one, next) in zip(offsets, offsets.dropFirst() + [(offsets.first ?? 0) + 5000]) {
      #expect(next - one >= 1300)
    }
    Self.check(schedule)
  }

  @Test("An ADC gets fewer visits when more would not fit")
  func adcReduced() {
    var board = Board()
    for address: UInt8 in 0x48...0x4A {
      board.add(.ads1115(channels: 15, fullScale: 4.096), address)
    }
    let schedule = board.schedule()
    #expect(schedule.fits && schedule.visits.count == 6)
  }

  @Test("Switching a multiplexer is part of the cost")
  func switchCost() {
    var alone = Board()
    alone.add(.as5600, 0x36)
    var behind = Board()
    behind.add(.tca9548a, 0x71)
    behind.add(.as5600, 0x36, mux: 0, channel: 0)
    behind.add(.as5600, 0x36, mux: 0, channel: 1)
    let difference = behind.schedule().visits[0].cost - alone.schedule().visits[0].cost
    #expect((97 + 60...98 + 60).contains(difference), "39 clocks and a transaction")
  }

  @Test("More than 60 % of a tick does not fit")
  func overBudget() {
    var board = Board(clocks: [100_000])
    for address: UInt8 in 0x48...0x4B { board.add(.tmp117, address) }
    let schedule = board.schedule()
    #expect(!schedule.fits)
    let issues = schedule.issues.indices.map { schedule.issues[$0] }
    #expect(
      issues.contains { if case .overBudget(0, let share) = $0 { share > 600 } else { false } })
  }

  @Test(
    "Visit intervals are rounded down to divisors of the cycle",
    arguments: [(1, 1), (3, 2), (6, 5), (50, 50), (60, 50), (999, 500), (9000, 1000)]
      as [(UInt16, Int)])
  func intervals(wanted: UInt16, interval: Int) {
    #expect(BusSchedule.interval(wanted) == interval)
  }

  @Test("Random boards get schedules without overlap, or say why not", arguments: 0..<40)
  func random(seed: Int) {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func draw(_ bound: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % bound
    }
    var board = Board(clocks: [[100_000, 400_000, 1_000_000][Int(draw(3))]])
    for _ in 0..<(2 + draw(20)) {
      let sample = Sample.all[Int(draw(UInt64(Sample.all.count)))]
      board.add(sample.part, sample.address, every: UInt16(1 + draw(60)))
    }
    let schedule = board.schedule(tick: [1000, 2000, 5000, 20_000][Int(draw(4))])
    Self.check(schedule)
    let chips = Set(schedule.visits.indices.map { schedule.visits[$0].chip })
    if schedule.fits { #expect(chips.count == board.wiring.chips.count) }
  }
}

@Suite("Mistakes of a board", .verifies("HZ-48")) struct BoardIssueTests {
  @Test("Two chips at one address clash")
  func clash() {
    var board = Board()
    board.add(.ads1115(channels: 1, fullScale: 4.096), 0x48)
    board.add(.tmp117, 0x48)
    #expect(board.issues == [.addressClash(chip: 1, other: 0)])
  }

  @Test("The same address behind different channels is no clash, beside the multiplexer it is")
  func clashBehindMultiplexer() {
    var board = ScheduleTests.safetyBoard
    #expect(board.issues.isEmpty)
    board.add(.as5600, 0x36)
    #expect(
      board.issues == [.addressClash(chip: 8, other: 1), .addressClash(chip: 8, other: 2)])
  }

  @Test("An MCP9600 refuses a bus above 100 kHz")
  func tooFast() {
    var board = Board(clocks: [400_000, 100_000])
    board.add(.mcp9600, 0x60)
    board.add(.mcp9600, 0x60, bus: 1)
    #expect(board.issues == [.busTooFast(chip: 0)])
  }

  @Test("A multiplexer at 0x70 clashes with the all-call address of a PCA9685")
  func allCall() {
    var board = Board()
    board.add(.pca9685(frequency: 200), 0x40)
    board.add(.tca9548a, 0x70)
    #expect(board.issues == [.allCallClash(chip: 1, other: 0)])
  }

  @Test("Wrong multiplexers, addresses, buses and intervals are named")
  func others() {
    var board = Board(clocks: [400_000, 400_000])
    board.add(.tca9548a, 0x71, bus: 1)
    board.add(.as5600, 0x36, mux: 0)
    board.add(.tmp117, 0x55)
    board.add(.tmp117, 0x48, bus: 3)
    board.add(.tmp117, 0x49, every: 0)
    board.add(.tmp117, 0x4A, mux: 2)
    board.add(.tca9548a, 0x72, bus: 1, mux: 0, channel: 9)
    #expect(
      board.issues == [
        .multiplexerOnOtherBus(chip: 1), .impossibleAddress(chip: 2), .noSuchBus(chip: 3),
        .noVisitInterval(chip: 4), .notAMultiplexer(chip: 5), .noSuchMultiplexerChannel(chip: 6),
        .nestedMultiplexer(chip: 6),
      ])
  }
}
