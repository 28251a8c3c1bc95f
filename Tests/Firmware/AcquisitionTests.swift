import ChipDrivers
import PerfusionCore
import TestSupport
import Testing

@testable import Firmware

@Suite("Acquisition") struct AcquisitionTests {
  /// An acquisition with one chip whose samples the test sets.
  struct Desk {
    var acquisition: Acquisition
    var exchange = ChipExchange()
    var snapshot = SensorSnapshot()
    var now = Instant(microseconds: 1_000_000)

    init(_ site: SensorSite, _ adjust: (inout SensorWiring) -> Void = { _ in }) {
      var board = RigWiring()
      board.chip(.tmp117, 0x48)
      board.sensor(site, .channel(chip: 0, channel: 0), adjust)
      var curve = Curve()
      curve.count = 3
      for (index, point) in [(1.0, 40.0), (2.0, 20.0), (4.0, 0.0)].enumerated() {
        curve.inputs[index] = point.0
        curve.outputs[index] = point.1
      }
      board.wiring.curves.append(curve)
      acquisition = Acquisition(board.wiring)
    }
    mutating func put(_ value: Double, _ quality: Quality = .valid) {
      exchange.samples[0].set(0, value, at: now, quality: quality)
      acquire()
    }
    mutating func acquire(after microseconds: Int64 = 0) {
      now = now.advanced(microseconds: microseconds)
      acquisition.acquire(now: now, levels: 0, exchange: &exchange, into: &snapshot)
    }
    var pressure: Reading<Pressure> { snapshot[.arterialLinePressure] }
  }

  static func pressureDesk() -> Desk {
    Desk(.pressure(.arterialLinePressure)) {
      $0.scale = 100
      $0.offset = -50
      $0.lowest = -50
      $0.highest = 500
      $0.maximumAge = 20_000
    }
  }

  @Test("A channel that was never read is absent")
  func neverRead() {
    var desk = Self.pressureDesk()
    desk.acquire()
    #expect(desk.pressure.quality == .absent && desk.pressure.usable == nil)
  }

  @Test("A value is scaled and stamped with the time it was taken")
  func scaled() {
    var desk = Self.pressureDesk()
    desk.put(2.5)
    let taken = desk.now
    desk.acquire(after: 5000)
    #expect(desk.pressure.usable?.millimetersOfMercury == 200)
    #expect(desk.pressure.takenAt == taken)
  }

  @Test("A value beyond the sensor's range is out of range and the last good one stays")
  func outOfRange() {
    var desk = Self.pressureDesk()
    desk.put(1)
    for value in [6.0, -1, .nan, .infinity] {
      desk.now = desk.now.advanced(microseconds: 5000)
      desk.put(value)
      #expect(desk.pressure.quality == .outOfRange)
      #expect(desk.pressure.value.millimetersOfMercury == 50)
    }
  }

  @Test("A value grows stale at its age and not before")
  func stale() {
    var desk = Self.pressureDesk()
    desk.put(1)
    desk.acquire(after: 20_000)
    #expect(desk.pressure.quality == .valid)
    desk.acquire(after: 1)
    #expect(desk.pressure.quality == .stale && desk.pressure.usable == nil)
    #expect(desk.pressure.value.millimetersOfMercury == 50)
    desk.put(2)
    #expect(desk.pressure.quality == .valid)
  }

  @Test("A chip's own verdict is passed on", arguments: [Quality.faulted, .outOfRange])
  func chipVerdict(quality: Quality) {
    var desk = Self.pressureDesk()
    desk.put(1)
    desk.now = desk.now.advanced(microseconds: 5000)
    desk.put(3, quality)
    #expect(desk.pressure.quality == quality && desk.pressure.value.millimetersOfMercury == 50)
  }

  @Test("A chip that is lost before it was ever read is faulted, not absent")
  func lostAtOnce() {
    var desk = Self.pressureDesk()
    desk.exchange.samples[0].fail()
    desk.acquire()
    #expect(desk.pressure.quality == .faulted)
  }

  @Test(
    "A curve is straight between its points and ends with them",
    arguments: [(1.0, 40.0), (1.25, 35.0), (2.0, 20.0), (3.0, 10.0), (4.0, 0.0)])
  func curve(input: Double, output: Double) {
    var desk = Desk(.temperature(.venousBloodTemperature)) { $0.curve = 0 }
    desk.put(input)
    #expect(desk.snapshot[.venousBloodTemperature].usable?.degreesCelsius == output)
  }

  @Test("Beyond the ends of its curve a sensor is out of range", arguments: [0.99, 4.01, .nan])
  func beyondCurve(input: Double) {
    var desk = Desk(.temperature(.venousBloodTemperature)) { $0.curve = 0 }
    desk.put(input)
    #expect(desk.snapshot[.venousBloodTemperature].quality == .outOfRange)
  }

  @Test("Rotor counts have no end", arguments: [1.0, -1.0])
  func rotor(sign: Double) {
    var desk = Desk(.rotor(2)) { $0.scale = sign }
    desk.put(123_456_789_012)
    #expect(desk.snapshot.pumps[2].rotor.usable == Int64(sign) * 123_456_789_012)
    desk.now = desk.now.advanced(microseconds: 5000)
    desk.put(.nan)
    #expect(desk.snapshot.pumps[2].rotor.quality == .outOfRange)
  }

  @Test("Switches come from GPIO lines and expander pins, in their asserted sense")
  func switches() {
    var board = RigWiring()
    let chip = board.chip(.mcp23017, 0x20)
    let gpio = board.line()
    let high = board.line(expander: Int8(chip), pin: 3)
    let low = board.line(expander: Int8(chip), pin: 12, isActiveLow: true)
    board.sensor(.switchInput(.mainsGood), .line(gpio))
    board.sensor(.switchInput(.arterialClampIsOpen), .line(high))
    board.sensor(.driveFault(1), .line(low))
    var acquisition = Acquisition(board.wiring)
    var exchange = ChipExchange()
    var snapshot = SensorSnapshot()
    let now = Instant(microseconds: 10_000)
    acquisition.acquire(now: now, levels: 1, exchange: &exchange, into: &snapshot)
    #expect(snapshot[.mainsGood].usable == true)
    #expect(snapshot[.arterialClampIsOpen].quality == .absent)
    exchange.samples[0].set(0, Double(1 << 3), at: now)
    acquisition.acquire(now: now, levels: nil, exchange: &exchange, into: &snapshot)
    #expect(snapshot[.mainsGood].quality == .faulted)
    #expect(snapshot[.arterialClampIsOpen].usable == true)
    #expect(snapshot.pumps[1].driveFault.usable == true)
    acquisition.acquire(
      now: now.advanced(microseconds: 30_000), levels: 0, exchange: &exchange, into: &snapshot)
    #expect(snapshot[.arterialClampIsOpen].quality == .stale)
  }

  @Test("What is wired to a line that the machine runs without is faulted", .verifies("HZ-47"))
  func missingLines() {
    var board = RigWiring()
    board.sensor(.switchInput(.mainsGood), .line(board.line()))
    board.sensor(.switchInput(.arterialClampIsOpen), .line(board.line()))
    board.sensor(.rotor(0), .line(board.line(edge: .both)))
    var acquisition = Acquisition(board.wiring)
    var exchange = ChipExchange()
    var snapshot = SensorSnapshot()
    acquisition.acquire(
      now: .start, levels: 0b11, missing: 0b110, exchange: &exchange, into: &snapshot)
    #expect(snapshot[.mainsGood].usable == true)
    #expect(snapshot[.arterialClampIsOpen].quality == .faulted)
    #expect(snapshot.pumps[0].rotor.quality == .faulted)
  }

  @Test("A sensor wired to nowhere, or beyond the board, is absent")
  func nowhere() {
    var board = RigWiring()
    board.sensor(.pressure(.ventPressure), .none)
    board.sensor(.pressure(.pumpInletPressure), .channel(chip: 39, channel: 0))
    board.sensor(.switchInput(.mainsGood), .line(63))
    var acquisition = Acquisition(board.wiring)
    var snapshot = SensorSnapshot()
    var exchange = ChipExchange()
    acquisition.acquire(now: .start, levels: .max, exchange: &exchange, into: &snapshot)
    #expect(snapshot[.ventPressure].quality == .absent)
    #expect(snapshot[.pumpInletPressure].quality == .absent)
    #expect(snapshot[.mainsGood].quality == .absent)
  }
}

@Suite("Tachometers") struct TachometerTests {
  @Test("Both edges of every pulse are counted", arguments: [(6.0, 3058.0), (20.0, 101.0)])
  func counts(pulses: Double, rpm: Double) {
    var board = RigWiring()
    board.sensor(.rotor(0), .line(board.line(edge: .both)))
    var rig = Rig(board)
    let interval = 60_000_000 / rpm / pulses / 2
    var edge = 0
    var first: Reading<Int64>?
    for tick in 1...400 {
      let end = Double(tick) * 5000
      rig.tick()
      while Double(edge + 1) * interval <= end {
        edge += 1
        rig.world.set(0, edge % 2 == 1, at: Int64(Double(edge) * interval))
      }
      if tick == 200 { first = rig.sensors.pumps[0].rotor }
    }
    rig.tick()
    let last = rig.sensors.pumps[0].rotor
    #expect(last.usable == Int64(edge))
    guard let first else { return }
    let turns = Double(last.value - first.value) / pulses / 2
    let speed = turns / (last.takenAt - first.takenAt).seconds * 60
    #expect(abs(speed - rpm) / rpm < 0.02)
  }

  @Test("A rotor that stands stays valid")
  func stands() {
    var board = RigWiring()
    board.sensor(.rotor(0), .line(board.line(edge: .both)))
    var rig = Rig(board)
    rig.tick(200)
    #expect(rig.sensors.pumps[0].rotor.usable == 0)
  }
}
