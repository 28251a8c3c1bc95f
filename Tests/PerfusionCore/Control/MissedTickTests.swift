import TestSupport
import Testing

@testable import PerfusionCore

@Suite("Time passes in ticks that the loop leaves out too", .verifies("HZ-53"))
struct MissedTickTests {
  @Test(
    "An override lasts 180 s of the clock, however many ticks are left out", .verifies("HZ-45"),
    arguments: [0 as UInt32, 3, 19])
  func override(missed: UInt32) {
    var machine = PaperMachine.onBypass()
    #expect(machine.isAccepted(.override(0, .levelAlarm)) == true)
    machine.missed = missed
    let ticks = 36_000 / Int(missed + 1)
    machine.run(ticks: ticks - 5)
    #expect(machine.controller.interlocks.isOverridden(0, .levelAlarm) == true)
    machine.run(ticks: 10)
    #expect(machine.controller.interlocks.isOverridden(0, .levelAlarm) == false)
  }

  @Test("The sound is paused for 120 s of the clock", .verifies("AL-06"))
  func pause() {
    var machine = PaperMachine.onBypass()
    machine.drain(to: 250)
    machine.run(seconds: 2)
    #expect(machine.isAccepted(.pauseAudio) == true)
    machine.missed = 19
    machine.run(ticks: 24_000 / 20 - 5)
    #expect(machine.controller.alarms.audio.inactivation == .audioPaused)
    machine.run(ticks: 10)
    #expect(machine.controller.alarms.audio.inactivation != .audioPaused)
  }

  @Test("The bypass timer shows the time that passed", arguments: [0 as UInt32, 9])
  func timer(missed: UInt32) {
    var machine = PaperMachine.onBypass()
    let before = machine.controller.timers[.bypass]
    machine.missed = missed
    machine.run(ticks: 1000)
    let shown = (machine.controller.timers[.bypass] - before).seconds
    #expect(abs(shown - 5 * Double(missed + 1)) < 0.01)
  }

  @Test("An encoder that dies after the loop was late is found as soon as any", .verifies("HZ-43"))
  func encoder() {
    var machine = PaperMachine.onBypass()
    machine.missed = 150
    for _ in 0..<5 { machine.run(ticks: 1) }
    machine.missed = 0
    machine.run(seconds: 2)
    #expect(machine.controller.status.pumps[0].measuredSpeed.quality == .valid)
    machine.encoderIsSilent = true
    machine.run(seconds: 0.15)
    #expect(machine.controller.status.pumps[0].measuredSpeed.quality == .stale)
  }
}
