import ChipDrivers
import PerfusionCore
import TestSupport
import Testing

@testable import Firmware

@Suite("Air detectors", .verifies("HZ-01")) struct AirTests {
  /// Line 0 is the detector, line 1 its test input when there is one.
  static func rig(hasTest: Bool = false, edge: LineEdge = .both) -> Rig {
    var board = RigWiring()
    board.sensor(.air(.arterialBubble), .line(board.line(edge: edge)))
    if hasTest { board.actuator(.airTest, .line(board.line(.output))) }
    return Rig(board)
  }

  @Test(
    "A pulse between two ticks is seen with its whole length",
    arguments: [300, 2000, 2100, 4900] as [Int64], [50, 1500] as [Int64])
  func shortPulse(length: Int64, offset: Int64) {
    var rig = Self.rig()
    rig.tick(3)
    let start = rig.world.now.microseconds + offset
    rig.tick()
    rig.world.set(0, true, at: start)
    if start + length > rig.world.now.microseconds { rig.tick() }
    rig.world.set(0, false, at: start + length)
    rig.tick()
    let seen = rig.sensors[.arterialBubble]
    #expect(seen.quality == .valid && seen.value.longestAir == Int32(length))
    #expect(!seen.value.airNow)
    rig.tick()
    #expect(rig.sensors[.arterialBubble].value.longestAir == 0)
  }

  @Test("A 6.6 ms bubble across ticks includes the beginning of its stretch")
  func acrossTicks() {
    var rig = Self.rig()
    rig.tick(3)
    let start = rig.world.now.microseconds + 3000
    rig.tick()
    rig.world.set(0, true, at: start)
    rig.tick()
    #expect(rig.sensors[.arterialBubble].value.airNow)
    #expect(rig.sensors[.arterialBubble].value.longestAir == 2000)
    rig.world.set(0, false, at: start + 6600)
    rig.tick()
    #expect(!rig.sensors[.arterialBubble].value.airNow)
    #expect(rig.sensors[.arterialBubble].value.longestAir == 6600)
  }

  @Test("Twenty false pulses under 2 ms never add up to air")
  func falsePulses() {
    var rig = Self.rig()
    rig.tick(3)
    for pulse in 0..<20 {
      let start = rig.world.now.microseconds + Int64(pulse % 3) * 100
      rig.tick()
      for place in 0..<3 {
        rig.world.set(0, true, at: start + Int64(place) * 1600)
        rig.world.set(0, false, at: start + Int64(place) * 1600 + 1400)
      }
      rig.tick()
      #expect(rig.sensors[.arterialBubble].value.longestAir == 1400)
    }
  }

  @Test("Air that stands grows until it ends")
  func standing() {
    var rig = Self.rig()
    rig.tick(3)
    let start = rig.world.now.microseconds
    rig.world.set(0, true, at: start)
    for step in 0..<100 {
      rig.tick()
      #expect(rig.sensors[.arterialBubble].value.longestAir == Int32(step) * 5000)
    }
  }

  @Test("A lost edge is repaired by the level", arguments: [LineEdge.none, .both])
  func lostEdge(edge: LineEdge) {
    var rig = Self.rig(edge: edge)
    rig.tick(3)
    rig.world.set(0, true, at: 0, leavesEdge: false)
    rig.tick(2)
    #expect(rig.sensors[.arterialBubble].value.airNow)
    #expect(rig.sensors[.arterialBubble].value.longestAir >= 5000)
    rig.world.set(0, false, at: 0, leavesEdge: false)
    rig.tick(3)
    #expect(!rig.sensors[.arterialBubble].value.airNow)
    #expect(rig.sensors[.arterialBubble].value.longestAir == 0)
  }

  @Test("A detector that cannot be read is faulted, not fluid")
  func unreadable() {
    var rig = Self.rig()
    rig.tick(3)
    rig.world.readFails = true
    rig.tick()
    #expect(rig.sensors[.arterialBubble].quality == .faulted)
  }
}

@Suite("Self test of the air detectors") struct AirSelfTestTests {
  /// A detector that follows its test line after `delay`, and returns to fluid after `recovery`.
  static func follow(_ rig: borrowing Rig, delay: Int64 = 215, recovery: Int64 = 300) {
    rig.world.onWrite = { world, line, isAsserted in
      guard line == 1 else { return }
      let at = world.now.microseconds + (isAsserted ? delay : recovery)
      world.set(0, isAsserted, at: at)
    }
  }

  @Test("A detector that answers passes, and its answer is never air", arguments: [300, 4000])
  func passes(recovery: Int64) {
    var rig = AirTests.rig(hasTest: true)
    Self.follow(rig, recovery: recovery)
    for _ in 0..<1000 {
      rig.tick()
      let seen = rig.sensors[.arterialBubble].value
      #expect(!seen.airNow && seen.longestAir == 0 && seen.selfTestPassed)
    }
    let tests = rig.world.written.filter { $0.line == 1 && $0.isAsserted }
    #expect(tests.count == 5, "once a second")
    let ends = rig.world.written.filter { $0.line == 1 && !$0.isAsserted }.dropFirst()
    for (begin, end) in zip(tests, ends) {
      #expect(end.at.microseconds - begin.at.microseconds == 5000)
    }
  }

  @Test("A detector that does not answer fails until it does")
  func fails() {
    var rig = AirTests.rig(hasTest: true)
    rig.tick(5)
    #expect(!rig.sensors[.arterialBubble].value.selfTestPassed)
    Self.follow(rig)
    rig.tick(200)
    #expect(rig.sensors[.arterialBubble].value.selfTestPassed)
  }

  @Test("A detector in air is not tested and its air goes on counting")
  func inAir() {
    var rig = AirTests.rig(hasTest: true)
    rig.world.set(0, true, at: 0)
    for step in 0..<450 {
      rig.tick()
      let seen = rig.sensors[.arterialBubble].value
      #expect(seen.airNow && seen.selfTestPassed && seen.longestAir == Int32(step) * 5000)
    }
  }

  @Test("A bubble after the detector's return is air at once")
  func bubbleAfterTest() {
    var rig = AirTests.rig(hasTest: true)
    Self.follow(rig)
    rig.tick(2)
    let start = rig.world.now.microseconds + 1000
    rig.tick()
    rig.world.set(0, true, at: start)
    rig.tick()
    #expect(rig.sensors[.arterialBubble].value.longestAir == 4000)
  }

  @Test("Air that stands through the test is told within its recovery time")
  func airDuringTest() {
    var rig = AirTests.rig(hasTest: true)
    Self.follow(rig)
    rig.tick()
    rig.world.onWrite = { _, _, _ in }  // stays in air from here on
    var ticks = 0
    while !rig.sensors[.arterialBubble].value.airNow && ticks < 100 {
      rig.tick()
      ticks += 1
    }
    #expect(ticks <= 12)
    #expect(rig.sensors[.arterialBubble].value.longestAir >= 50_000)
  }

  @Test("The controller may ask for a test, but not without pause")
  func requested() {
    var rig = AirTests.rig(hasTest: true)
    Self.follow(rig)
    rig.commands.testAirDetectors = true
    rig.tick(1000)
    #expect(rig.world.written.filter { $0.line == 1 && $0.isAsserted }.count == 10)
  }
}
