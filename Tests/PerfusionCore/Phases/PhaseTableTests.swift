import TestSupport
import Testing

@testable import PerfusionCore

@Suite("Phases follow one another by the table")
struct PhaseTableTests {
  private static var steps: [PhaseStep] {
    let steps = PhaseTable.steps
    return (0..<PhaseTable.count).map { steps[$0] }
  }
  private static var phases: [Phase] {
    (0..<Phase.count).compactMap { Phase(rawValue: UInt8($0)) }
  }

  @Test(
    "Support is entered by the operator alone, with checklist and no fault, or back in need",
    .verifies("R4"))
  func supportNeedsChecklist() {
    for step in Self.steps where step.to.isSupporting && !step.from.dependsOnMachine {
      #expect(step.asker == .person)
      if step.from == .postBypass {
        #expect(step.needs == PhaseNeeds(.selfTest))
      } else {
        for need in [PhaseNeed.checklist, .noBlockingFault, .noHold] {
          #expect(step.needs.contains(need), "\(step.from) to \(step.to)")
        }
      }
    }
  }

  @Test("Support is left only with the flow stopped, and by nobody but the operator")
  func leavingNeedsStoppedFlow() {
    for step in Self.steps where step.from.dependsOnMachine {
      #expect(step.asker == .person)
      if step.from.isSupporting, step.to == .circulatoryArrest {
        #expect(step.needs == PhaseNeeds(.flowStopped))
      }
      if !step.to.dependsOnMachine {
        #expect(step.to == .postBypass && step.needs == PhaseNeeds(.flowStopped))
      }
    }
  }

  @Test("A machine knows only the support it is built for")
  func kindsOfSupport() {
    #expect(PhaseTable.step(from: .ready, to: .ecmo, kind: .bypass) == nil)
    #expect(PhaseTable.step(from: .ready, to: .onBypass, kind: .ecmo) == nil)
    #expect(PhaseTable.step(from: .ready, to: .exVivo, kind: .organ) != nil)
  }

  @Test("Every phase can be reached from power-on and left again", arguments: 1..<Phase.count)
  func reachable(index: Int) throws {
    let phase = try #require(Phase(rawValue: UInt8(index)))
    var reached: Set<Phase> = [.post]
    for _ in Self.phases {
      for step in Self.steps where reached.contains(step.from) { reached.insert(step.to) }
    }
    #expect(reached.contains(phase) && reached.contains(.off))
    #expect(Self.steps.contains { $0.from == phase })
  }

  @Test("Pumps stand in every phase before prime")
  func pumpsStandBeforePrime() {
    for phase in [Phase.off, .post, .standby, .setup, .faultHold] {
      #expect(!PhaseTable.allowsPumps(phase))
    }
  }

  @Test(
    "A bad check sum holds the machine before bypass, and only there", .verifies("HZ-50", "AL-58"))
  func faultHold() {
    var machine = PaperMachine(PaperMachine.adult())
    machine.run(seconds: 12)
    machine.sensors.platform.set(.configurationFault, true)
    machine.run(ticks: 3)
    #expect(machine.controller.status.phase == .faultHold)
    #expect(machine.actuators.drives[0].removeTorque && !machine.actuators.openArterialClamp)
    let early = machine.answer(.requestPhase(.post))
    #expect(machine.isRefused(early, .faultStands))
    machine.sensors.platform.set(.configurationFault, false)
    machine.run(seconds: 1.1)
    _ = machine.answer(.requestPhase(.post))
    #expect(machine.controller.status.phase == .post)
    machine.run(seconds: 12)
    #expect(machine.controller.status.phase == .standby)
  }

  @Test("The same on bypass keeps every pump running", .verifies("HZ-50"))
  func faultOnBypass() {
    var machine = PaperMachine(PaperMachine.adult())
    machine.goOnBypass(flow: 3)
    machine.sensors.platform.set(.configurationFault, true)
    machine.run(seconds: 3)
    #expect(machine.controller.status.phase == .onBypass)
    #expect(machine.actuators.drives[0].speed > .rpm(20))
  }

  @Test(
    "Isolating closes clamp and occluder, stops pump, cardioplegia and then the vent",
    .verifies("HZ-56"))
  func isolation() {
    var machine = PaperMachine(PaperMachine.adult())
    machine.goOnBypass(flow: 3)
    machine.ask(.setSpeed(3, .rpm(20)))
    machine.ask(.startPump(3))
    machine.run(seconds: 2)
    _ = machine.answer(.isolatePatient)
    #expect(!machine.actuators.openArterialClamp)
    #expect(machine.actuators.drives[3].speed > .zero)
    machine.run(seconds: 3)
    #expect(machine.actuators.drives[0].speed == .zero)
    #expect(machine.actuators.drives[3].speed == .zero)
    #expect(machine.actuators.venousOccluder < .percent(5))
    let answer = machine.answer(.resume(0))
    #expect(!machine.isRefused(answer, .causeNotCleared))
  }

  @Test("Off is entered from a stand and left by a new self test")
  func off() {
    var machine = PaperMachine(PaperMachine.adult())
    machine.run(seconds: 12)
    _ = machine.answer(.requestPhase(.off))
    #expect(machine.controller.status.phase == .off)
    #expect(machine.actuators.drives[0].removeTorque)
    let start = machine.answer(.startPump(0))
    #expect(machine.isRefused(start, .wrongPhase))
    _ = machine.answer(.requestPhase(.post))
    #expect(machine.controller.status.phase == .post)
  }
}
