import PerfusionCore
import TestSupport
import Testing

@testable import VirtualBoard

/// Clamp, venous occluder and occlusion actuator.
@Suite("Clamp and servos")
struct ClampAndServoTests {
  private func clamp(_ seed: UInt64) -> LineClamp {
    LineClamp(isFitted: true, random: SplitMix64(seed: seed))
  }

  private func run(_ clamp: LineClamp, _ milliseconds: Int, driveHolds: Bool = true) {
    for _ in 0..<milliseconds { clamp.step(supplied: true, driveHolds: driveHolds) }
  }

  @Test(
    "The spring closes a clamp in 150 to 300 ms", .verifies("HZ-05"),
    arguments: 0..<50 as Range<UInt64>)
  func travel(seed: UInt64) {
    let clamp = clamp(seed)
    clamp.isCommandedOpen = true
    run(clamp, 301)
    #expect(clamp.openSwitch && !clamp.closedSwitch)
    clamp.isCommandedOpen = false
    run(clamp, 140)
    #expect(!clamp.closedSwitch)
    run(clamp, 161)
    #expect(clamp.closedSwitch && !clamp.openSwitch)
  }

  @Test(
    "A clamp closes when its own drive dies, whatever the computer commands", .verifies("HZ-06"))
  func driveAliveHolds() {
    let clamp = clamp(4)
    clamp.isCommandedOpen = true
    run(clamp, 400)
    run(clamp, 310, driveHolds: false)
    #expect(clamp.opening == 0)
  }

  @Test("The manual lever opens a clamp that closed by itself", .verifies("HZ-04"))
  func lever() {
    let clamp = clamp(4)
    clamp.isCommandedOpen = true
    run(clamp, 400)
    clamp.setFault(.off, random: SplitMix64(seed: 1))
    run(clamp, 400)
    #expect(clamp.opening == 0 && clamp.closedSwitch)
    clamp.leverHoldsOpen = true
    run(clamp, 400)
    #expect(clamp.opening == 1)
  }

  @Test("A lying position switch does not move the clamp")
  func wrong() {
    let clamp = clamp(4)
    clamp.isCommandedOpen = true
    run(clamp, 400)
    clamp.setFault(.wrong, random: SplitMix64(seed: 1))
    run(clamp, 400)
    #expect(clamp.opening == 1)
    #expect(!clamp.openSwitch && clamp.closedSwitch)
  }

  @Test(
    "Each word that a clamp knows is seen at its opening or switches",
    arguments: LineClamp.faultWords)
  func everyClampWord(word: FaultWord) {
    let sound = clamp(8)
    let faulty = clamp(8)
    for clamp in [sound, faulty] {
      clamp.isCommandedOpen = true
      run(clamp, 400)
    }
    faulty.setFault(word, random: SplitMix64(seed: 2))
    var isSeen = false
    for millisecond in 0..<2000 {
      for clamp in [sound, faulty] {
        clamp.isCommandedOpen = millisecond < 1000
        run(clamp, 1)
      }
      isSeen = isSeen || abs(sound.opening - faulty.opening) > 0.3
      isSeen = isSeen || sound.openSwitch != faulty.openSwitch
    }
    #expect(isSeen)
  }

  @Test("A board without a clamp has an open line")
  func notFitted() {
    let clamp = LineClamp(isFitted: false, random: SplitMix64(seed: 1))
    run(clamp, 500)
    #expect(clamp.opening == 1)
  }

  @Test("A servo without a signal or without supply stays where it is")
  func holds() {
    var servo = ServoActuator(position: 0.7, rate: 2, random: SplitMix64(seed: 1))
    for _ in 0..<1000 { servo.step(supplied: true) }
    servo.target = 0
    for _ in 0..<1000 { servo.step(supplied: false) }
    #expect(servo.position == 0.7)
    for _ in 0..<200 { servo.step(supplied: true) }
    #expect(abs(servo.position - 0.3) < 0.003)
  }

  @Test("Each word that a servo knows is seen at its position", arguments: ServoActuator.faultWords)
  func everyServoWord(word: FaultWord) {
    var sound = ServoActuator(position: 1, rate: 2, random: SplitMix64(seed: 1))
    var faulty = ServoActuator(position: 1, rate: 2, random: SplitMix64(seed: 1))
    faulty.setFault(word, random: SplitMix64(seed: 5))
    var greatest = 0.0
    for millisecond in 0..<1500 {
      let target = millisecond < 700 ? 0.1 : 0.9
      (sound.target, faulty.target) = (target, target)
      sound.step(supplied: true)
      faulty.step(supplied: true)
      greatest = max(greatest, abs(sound.position - faulty.position))
    }
    #expect(greatest > 0.1)
  }
}
