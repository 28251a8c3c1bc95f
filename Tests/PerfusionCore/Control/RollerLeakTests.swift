import TestSupport
import Testing

@testable import PerfusionCore

@Suite("Blood that runs back past standing rollers is told, and clamped in an arrest")
struct RollerLeakTests {
  private func stopped() -> PaperMachine {
    var machine = PaperMachine.onBypass(flow: 2, seconds: 0)
    machine.ask(.stopPump(0))
    machine.run(seconds: 6)
    return machine
  }

  @Test("On bypass it is told and nothing is stopped", .verifies("AL-23", "R7"))
  func told() {
    var machine = stopped()
    machine.probe = -0.09
    machine.run(seconds: 1)
    #expect(!machine.controller.status.alarms.contains(AlarmID(23)))
    machine.probe = -0.4
    machine.run(seconds: 0.6)
    #expect(machine.controller.status.alarms.contains(AlarmID(23)))
    #expect(machine.controller.status.pumps[0].grade < .zeroFlow)
    #expect(machine.actuators.openArterialClamp)
  }

  @Test(
    "In an arrest the clamp closes and waits for the operator",
    .verifies("AL-23", "HZ-06", "R6"))
  func arrest() {
    var machine = stopped()
    _ = machine.answer(.requestPhase(.circulatoryArrest), confirmed: true)
    #expect(machine.actuators.openArterialClamp)
    machine.probe = -0.4
    machine.run(seconds: 0.6)
    #expect(machine.controller.status.alarms.contains(AlarmID(23)))
    #expect(!machine.actuators.openArterialClamp)
    machine.probe = 0
    machine.run(seconds: 3)
    #expect(!machine.actuators.openArterialClamp)
    _ = machine.answer(.resume(0))
    machine.run(seconds: 0.1)
    #expect(machine.actuators.openArterialClamp)
  }

  @Test("A rotor that turns, a line that settles after the stop and a shut clamp are no leak")
  func noLeak() {
    var machine = PaperMachine(PaperMachine.adult())
    machine.goOnBypass(flow: 2)
    machine.probe = -0.4
    machine.run(seconds: 3)
    #expect(!machine.controller.findings[0].backflow)
    machine.probe = nil
    machine.ask(.stopPump(0))
    machine.run(seconds: 4)
    // It swings about nothing.
    for _ in 0..<4 {
      machine.probe = 0.5
      machine.run(seconds: 1)
      machine.probe = -0.3
      machine.run(seconds: 0.7)
      #expect(!machine.controller.findings[0].backflow)
    }
    machine.probe = 0
    machine.ask(.closeArterialClamp)
    machine.run(seconds: 2)
    machine.probe = -0.4
    machine.run(seconds: 2)
    #expect(!machine.controller.findings[0].backflow)
  }
}
