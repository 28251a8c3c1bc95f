import ChipDrivers
import Firmware
import PerfusionCore
import TestSupport
import Testing

@testable import VirtualBoard

/// The whole board without firmware: a person writes its chips and lines.
@Suite("Board")
struct BoardHardwareTests {
  private func bench(
    _ primary: PumpKind = .roller, seed: UInt64 = 5
  ) throws -> BoardBench { try BoardBench(primary: primary, seed: seed) }

  @Test("A pump turns at the speed that its DAC, torque and enable lines ask for")
  func turns() throws {
    let bench = try bench()
    try bench.run(pump: 100)
    #expect(abs(bench.speed - 100) < 3.5)
    bench.write(.enable, false)
    bench.step(1000)
    #expect(bench.speed == 0)
  }

  @Test(
    "The torque line acts within the millisecond, its feedback a millisecond later",
    .verifies("HZ-10"))
  func torque() throws {
    let bench = try bench()
    try bench.run(pump: 100)
    let before = bench.speed
    bench.write(.torque, false)
    bench.step(1)
    #expect(bench.speed < before)
    bench.step(1)
    #expect(bench.level(.torqueFeedback))
    bench.step(400)
    #expect(bench.speed == 0)
  }

  @Test("The clamp of a centrifugal board closes when torque is removed", .verifies("HZ-06"))
  func clampFollowsDrive() throws {
    for (kind, isOpen) in [(PumpKind.centrifugal, false), (.roller, true)] {
      let bench = try bench(kind)
      try bench.run(pump: 100)
      try bench.expander(0b0000_0001)
      bench.step(400)
      #expect(bench.level(.clampOpen) && !bench.level(.clampClosed))
      bench.write(.torque, false)
      bench.step(350)
      #expect(bench.level(.clampOpen) == isOpen)
    }
  }

  @Test("The reverse line turns the rotor backwards and the encoder says so", .verifies("HZ-07"))
  func reverse() throws {
    let bench = try bench()
    try bench.run(pump: 30)
    bench.write(.reverse, true)
    bench.step(1000)
    #expect(bench.speed < -28)
  }

  @Test("The self-test line gives air at the detector within a millisecond", .verifies("HZ-41"))
  func selfTest() throws {
    let bench = try bench()
    bench.step(10)
    #expect(!bench.level(.bubble))
    bench.write(.bubbleTest, true)
    bench.step(1)
    #expect(bench.level(.bubble))
    bench.write(.bubbleTest, false)
    bench.step(4)
    #expect(!bench.level(.bubble))
    let edges = bench.edges().filter { $0.line == UInt8(TinyBoard.Line.bubble.rawValue) }
    #expect(edges.map(\.isAsserted) == [true, false])
  }

  @Test("A stuck detector does not answer its self test", .verifies("HZ-41"))
  func stuckDetector() throws {
    let bench = try bench()
    bench.step(10)
    bench.hardware.setFault(
      .inputLine(TinyBoard.Line.bubble.rawValue), .stuck, random: SplitMix64(seed: 1))
    bench.write(.bubbleTest, true)
    bench.step(20)
    #expect(!bench.level(.bubble))
  }

  @Test("An expander's input pin carries the electrical level of its line")
  func expanderInput() throws {
    let bench = try bench()
    bench.step(5)
    #expect(try bench.expanderInputs() & 0b001 == 0b001)
    bench.hardware.drives[0].coverIsOpen = true
    bench.step(5)
    #expect(try bench.expanderInputs() & 0b001 == 0)
  }

  @Test("A line of the GPIO chip is written only when it is an output")
  func refusedLines() throws {
    let bench = try bench()
    for line in [TinyBoard.Line.bubble, .clamp] {
      #expect(throws: BusError.unsupported) {
        try bench.hardware.writeLine(line.rawValue, isAsserted: true)
      }
    }
    #expect(throws: BusError.unsupported) {
      try bench.hardware.writeLine(63, isAsserted: true)
    }
  }

  @Test(
    "Each word of an output line keeps the actuator from following",
    arguments: OutputLineFault.words)
  func outputWords(word: FaultWord) throws {
    let bench = try bench()
    try bench.run(pump: 100)
    let target = FaultTarget.outputLine(TinyBoard.Line.reverse.rawValue)
    bench.hardware.setFault(target, word, random: SplitMix64(seed: 4))
    var isSeen = false
    for millisecond in 0..<2400 {
      let wanted = millisecond / 300 % 2 == 0
      bench.write(.reverse, wanted)
      bench.step(1)
      let hasHadTime = millisecond % 300 > 250
      isSeen = isSeen || (hasHadTime && (bench.speed > 0) == wanted)
    }
    #expect(isSeen)
  }

  @Test("Mains loss keeps the speed within 1 % and takes the heater's power", .verifies("HZ-30"))
  func mainsLoss() throws {
    let bench = try bench()
    try bench.run(pump: 101)
    try bench.expander(0b0000_0110)
    bench.step(10)
    #expect(bench.hardware.water[0].state.heaterWatts > 0)
    let before = bench.speed
    bench.hardware.supply.mainsIsLive = false
    for _ in 0..<30_000 {
      bench.step(1)
      #expect(abs(bench.speed - before) < before * 0.01)
    }
    #expect(bench.hardware.water[0].state.heaterWatts == 0)
    #expect(!bench.level(.mains))
  }

  @Test("The battery's collapse lets the drive run down and the clamp close", .verifies("HZ-31"))
  func collapse() throws {
    let bench = try bench(.centrifugal)
    try bench.run(pump: 100)
    try bench.expander(0b0000_0001)
    bench.step(400)
    bench.hardware.supply.setBatteryFault(.off)
    bench.hardware.supply.mainsIsLive = false
    bench.step(4000)
    #expect(bench.speed == 0 && bench.hardware.clamp.opening == 0)
  }
}
