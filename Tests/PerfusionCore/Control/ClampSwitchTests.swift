import TestSupport
import Testing

@testable import PerfusionCore

@Suite("A switch of the arterial clamp alone takes no flow away")
struct ClampSwitchTests {
  private func bypass() -> PaperMachine { PaperMachine.onBypass(flow: 4.5, seconds: 0) }

  @Test(
    "Flow goes on under a broken wire of the open switch or a closed switch that sticks, and it is told",
    .verifies("HZ-04", "R3", "AL-34"), arguments: [true, false])
  func oneSwitch(isOpenSwitch: Bool) {
    var machine = bypass()
    if isOpenSwitch { machine.openSwitch = false } else { machine.closedSwitch = true }
    for _ in 0..<10 {
      machine.run(seconds: 1)
      #expect(machine.actuators.drives[0].speed > .rpm(95))
      #expect(machine.actuators.openArterialClamp)
    }
    #expect(machine.controller.status.alarms.contains(AlarmID(34)))
    #expect(machine.controller.interlocks.isActive(.clampUncertain))
    #expect(!machine.controller.interlocks.isActive(.clampNotOpen))
    #expect(!machine.controller.interlocks.isActive(.clampClosedRunning))
  }

  @Test(
    "A clamp that its switches see shut slows the pump, and so does one that is not seen open without flow",
    .verifies("HZ-04", "AL-34"), arguments: [true, false])
  func shut(isSeenShut: Bool) {
    var machine = bypass()
    machine.openSwitch = false
    machine.closedSwitch = isSeenShut
    // A probe that still shows flow speaks for nothing against both switches.
    if !isSeenShut { machine.probe = 0 }
    machine.run(seconds: isSeenShut ? 1 : 2.2)
    #expect(machine.controller.interlocks.isActive(.clampNotOpen) == isSeenShut)
    #expect(machine.actuators.drives[0].speed <= .rpm(25.1))
  }

  @Test("A pump that starts past a clamp that no switch saw opening comes to its flow")
  func start() {
    var machine = bypass()
    machine.ask(.stopPump(0))
    machine.openSwitch = false
    machine.run(seconds: 5)
    #expect(machine.controller.interlocks.isActive(.clampUncertain))
    #expect(machine.controller.clamp.lacksFlow)
    machine.ask(.startPump(0))
    machine.run(seconds: 5)
    #expect(machine.actuators.drives[0].speed > .rpm(95))
  }

  @Test("Flow is missed after 1.5 s, so that a slow roller's portions are one flow")
  func times() {
    var clamp = ArterialClampControl()
    clamp.isWantedOpen = true
    var configuration = ClampConfiguration()
    configuration.isFitted = true
    var sensors = SensorSnapshot()
    sensors.switches[.arterialClampIsOpen] = Reading(false, takenAt: .start)
    func tick(_ flows: Bool) {
      clamp.update(
        mayOpen: true, flows: flows, sensors: sensors, configuration: configuration,
        step: .milliseconds(5))
    }
    for _ in 0..<99 { tick(true) }
    #expect(!clamp.isUncertain)
    tick(true)
    #expect(clamp.isUncertain)
    for _ in 0..<299 { tick(false) }
    #expect(!clamp.lacksFlow)
    for _ in 0..<3 { tick(false) }
    #expect(clamp.lacksFlow && clamp.isUncertain && !clamp.isNotOpen)
    tick(true)
    #expect(!clamp.lacksFlow)
    sensors.switches[.arterialClampIsClosed] = Reading(true, takenAt: .start)
    tick(true)
    #expect(clamp.isNotOpen && !clamp.isUncertain)
  }
}
