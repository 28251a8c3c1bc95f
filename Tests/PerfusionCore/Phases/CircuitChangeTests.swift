import TestSupport
import Testing

@testable import PerfusionCore

@Suite("The checklist of one patient does not serve the next")
struct CircuitChangeTests {
  private func ready() -> PaperMachine {
    var machine = PaperMachine(PaperMachine.adult())
    machine.goPrime()
    return machine
  }

  private func items(_ machine: inout PaperMachine) -> Checklist {
    machine.run(seconds: 0.2)
    return machine.controller.status.checklist
  }

  /// Ends the bypass and goes to set-up for the next patient, straight or by way of standby.
  private func leave(_ machine: inout PaperMachine, by phase: Phase) {
    machine.ask(.stopPump(0))
    machine.ask(.closeArterialClamp, confirmed: true)
    machine.run(seconds: 3)
    for step in phase == .standby ? [Phase.postBypass, .standby, .setup] : [.postBypass, .setup] {
      _ = machine.answer(.requestPhase(step), confirmed: true)
    }
    #expect(machine.controller.status.phase == .setup)
  }

  @Test(
    "Set-up after a patient or from standby asks for everything that a circuit needs",
    .verifies("HZ-17", "HZ-44"), arguments: [Phase.standby, .postBypass])
  func newCircuit(from phase: Phase) {
    var machine = ready()
    let required = Checklist.required(for: machine.controller.configuration)
    #expect(items(&machine).missing(of: required) == .none)
    machine.ask(.requestPhase(.onBypass))
    leave(&machine, by: phase)
    let left = items(&machine)
    #expect(left.bits & ~Checklist.ofMachine.bits == 0)
    #expect(left.contains(.selfTest) && left.contains(.battery))
    #expect(machine.controller.status.airCount == 0)
    machine.ask(.requestPhase(.prime))
    machine.ask(.openArterialClamp)
    machine.run(seconds: 1)
    let start = machine.answer(.startPump(0))
    #expect(machine.isRefused(start, .tubeNotConfirmed))
  }

  @Test(
    "Nothing that was set, dosed or timed for one patient is there for the next",
    .verifies("HZ-13", "HZ-35", "AL-38", "AL-41"), arguments: [Phase.standby, .postBypass])
  func settings(from phase: Phase) throws {
    var configuration = PaperMachine.adult()
    configuration.patientCircuit.isFitted = true
    var machine = PaperMachine(configuration)
    machine.goOnBypass(flow: 4.5)
    machine.ask(.setPulsatile(0, rate: 70, width: .percent(40), base: .percent(30)))
    machine.ask(.setRatio(2, 8))
    machine.ask(.setThermal(.patient, .cool, .celsius(28)))
    machine.ask(.startTimer(.crossClamp))
    machine.ask(.startDose(.millilitersPerMinute(300), .volume(.milliliters(20)), .antegrade))
    machine.run(seconds: 10)
    #expect(machine.controller.timers.isRunning(.ischaemia))
    let over = machine.controller.dose.delivered
    #expect(over > .milliliters(15))
    leave(&machine, by: phase)
    #expect(machine.controller.dose.delivered == .zero && !machine.controller.dose.isOver)
    for raw in 0..<UInt8(TimerID.count) {
      let timer = try #require(TimerID(rawValue: raw))
      #expect(!machine.controller.timers.isRunning(timer), "\(timer)")
    }
    #expect(machine.controller.thermalIntents[0].mode == .standby)
    let fresh = Controller(configuration: configuration)
    for pump in 0..<4 {
      let intent = machine.controller.intents[pump]
      #expect(intent.setFlow == .zero && intent.setSpeed == .zero && intent.setPressure == .zero)
      #expect(!intent.pulsatile.isOn && intent.ratio == fresh.intents[pump].ratio)
      #expect(intent.mode == fresh.intents[pump].mode)
    }
  }

  @Test("In the tick of the step nothing of the old list is left", .verifies("R4"))
  func atOnce() {
    var machine = ready()
    machine.ask(.stopPump(0))
    machine.ask(.closeArterialClamp)
    machine.run(seconds: 3)
    for phase in [Phase.standby, .setup, .prime] { machine.ask(.requestPhase(phase)) }
    let answer = machine.answer(.requestPhase(.ready))
    #expect(machine.controller.phase == .prime)
    #expect(machine.isRefused(answer, .checklistIncomplete))
  }

  @Test("Back from priming it is still the same circuit")
  func sameCircuit() {
    var machine = ready()
    machine.ask(.stopPump(0))
    machine.run(seconds: 3)
    let before = items(&machine)
    _ = machine.answer(.requestPhase(.setup))
    #expect(machine.controller.status.phase == .setup)
    let after = items(&machine)
    #expect(after == before)
  }

  private func areSeen(_ bench: FactBench) -> Bool { bench.controller.areDirectionsSeen() }

  @Test("Every roller has to show its direction", .verifies("HZ-07", "HZ-37"), arguments: 0..<4)
  func directions(pump: Int) {
    let bench = FactBench(phase: .prime)
    for other in 0..<4 {
      let speed = RotationalSpeed.rpm(other == pump ? 5 : 5.1)
      bench.controller.status.pumps[other].measuredSpeed = FactBench.valid(speed)
    }
    for _ in 0..<20 { bench.controller.watchDirections() }
    #expect(!areSeen(bench))
    bench.controller.status.pumps[pump].measuredSpeed = FactBench.valid(.rpm(5.1))
    for look in 1...10 {
      bench.controller.watchDirections()
      #expect(areSeen(bench) == (look == 10))
    }
  }

  @Test("A roller that turns the wrong way shows nothing", .verifies("HZ-07"))
  func wrongDirection() {
    let bench = FactBench(phase: .prime)
    for pump in 0..<4 {
      bench.controller.status.pumps[pump].measuredSpeed = FactBench.valid(.rpm(30))
    }
    bench.controller.findings[2].wrongDirection = true
    for _ in 0..<20 { bench.controller.watchDirections() }
    #expect(!areSeen(bench))
    #expect(bench.controller.directions.hasSeen(1) && !bench.controller.directions.hasSeen(2))
  }
}
