import TestSupport
import Testing

@testable import PerfusionCore

/// The record says that a pump stood, and its rotor turns (docs/domain.md 8.4, HZ-55).
@Suite("A pump that was started by hand while the computer was down goes on")
struct AdoptionTests {
  /// A machine on bypass whose pump was stopped, restarted while its drive turns by the local knob:
  /// so many rpm after so many ticks.
  private func restarted(
    latched: Bool = false, turning speed: (Int) -> Double
  ) -> PaperMachine {
    var machine = PaperMachine(PaperMachine.adult())
    machine.goOnBypass(flow: 4.5)
    if latched {
      machine.air = true
      machine.run(seconds: 1)
      machine.air = false
    }
    machine.ask(.stopPump(0))
    machine.run(seconds: 3)
    let record = machine.controller.retained
    machine.controller = Controller(
      configuration: machine.controller.configuration, restartingFrom: record, isDoubtful: false,
      now: .start)
    var ticks = 0
    repeat {
      machine.actuators.drives[0].isEnabled = true
      machine.actuators.drives[0].removeTorque = false
      machine.actuators.drives[0].speed = .rpm(speed(ticks))
      machine.actuators.openArterialClamp = true
      let hand = machine.actuators
      machine.run(ticks: 1)
      if machine.actuators.isAdopting { machine.actuators = hand }
      ticks += 1
    } while machine.controller.isAdopting && ticks < 1000
    return machine
  }

  @Test("It keeps its speed, and that is told", .verifies("HZ-55", "AL-27"))
  func goesOn() {
    var machine = restarted { _ in 60 }
    for _ in 0..<1000 {
      machine.run(ticks: 1)
      #expect((machine.actuators.drives[0].speed.base - 60).magnitude < 4)
      #expect(machine.actuators.openArterialClamp)
    }
    #expect(machine.controller.status.pumps[0].isStarted)
    #expect(machine.controller.status.start == .adoptedOtherSpeed)
    #expect(machine.controller.status.alarms.contains(AlarmID(27)))
    let answer = machine.answer(.setFlow(0, .litersPerMinute(6.5)))
    #expect(machine.isRefused(answer, .needsConfirmation))
  }

  @Test("Within the tolerance, running down or held by a latched stop it stays stopped")
  func staysStopped() {
    for machine in [
      restarted { _ in 4 }, restarted { max(0, 100 - Double($0) * 0.5) },
      restarted(latched: true) { _ in 60 },
    ] {
      var machine = machine
      machine.run(seconds: 2)
      #expect(machine.actuators.drives[0].speed == .zero)
      #expect(!machine.controller.status.pumps[0].isStarted)
    }
  }
}
