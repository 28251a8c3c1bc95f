import TestSupport
import Testing

@testable import PerfusionCore

@Suite("Blood that is pumped at somebody is guarded as support, whatever the phase is called")
struct DutyTests {
  private static var ways: [ArterialWay] {
    (0..<8).map {
      ArterialWay(isStarted: $0 & 1 != 0, isTurning: $0 & 2 != 0, isOpen: $0 & 4 != 0)
    }
  }

  @Test(
    "READY with the line open, an arrest and the time after bypass are support while the pump may deliver",
    .verifies("R1", "HZ-01"))
  func table() {
    for kind in [MachineKind.bypass, .ecmo, .organ] {
      for way in Self.ways {
        let ready = Phase.ready.duty(way, kind)
        let after = Phase.postBypass.duty(way, kind)
        let arrest = Phase.circulatoryArrest.duty(way, kind)
        let moves = way.isStarted || way.isTurning
        #expect(ready.isSupporting == (way.isOpen && moves), "\(way)")
        #expect(after.isSupporting == (way.isStarted || way.isOpen && moves), "\(way)")
        #expect(arrest.isSupporting == after.isSupporting, "\(way)")
        #expect(ready == .ready || PhaseTable.serves(ready, kind))
        #expect(after == .postBypass || PhaseTable.serves(after, kind))
      }
    }
  }

  @Test("Every other phase is what it is called", arguments: 0..<Phase.count)
  func others(index: Int) throws {
    let phase = try #require(Phase(rawValue: UInt8(index)))
    guard phase != .ready, phase != .postBypass, phase != .circulatoryArrest else { return }
    for way in Self.ways { #expect(phase.duty(way, .bypass) == phase) }
  }

  private func afterBypass(flow: Double) -> PaperMachine {
    var machine = PaperMachine(PaperMachine.adult())
    machine.goOnBypass(flow: flow)
    _ = machine.answer(.requestPhase(.postBypass), confirmed: true)
    return machine
  }

  @Test("After bypass air stops the pump that goes on pumping", .verifies("HZ-01", "R1", "AL-01"))
  func airAfterBypass() {
    var machine = afterBypass(flow: 4.5)
    #expect(machine.controller.status.phase == .postBypass)
    machine.run(seconds: 5)
    #expect(machine.actuators.drives[0].speed > .rpm(90))
    machine.air = true
    machine.run(ticks: 50)
    #expect(machine.actuators.drives[0].speed == .zero)
    #expect(machine.controller.status.alarms.contains(AlarmID(1)))
    let answer = machine.answer(.resume(0))
    #expect(machine.isRefused(answer, .causeNotCleared))
  }

  @Test("After bypass an empty reservoir slows and stops the pump", .verifies("HZ-02", "AL-06"))
  func levelAfterBypass() {
    var machine = afterBypass(flow: 2)
    for _ in 0..<750 {
      machine.reservoir -= 1
      machine.run(ticks: 10)
    }
    #expect(machine.actuators.drives[0].speed == .zero)
    #expect(machine.controller.status.pumps[0].needsResume)
  }

  @Test("After bypass the patient can be isolated while blood runs", .verifies("HZ-01", "HZ-56"))
  func isolationAfterBypass() {
    var machine = afterBypass(flow: 2)
    let answer = machine.answer(.isolatePatient)
    #expect(answer.map { "\($0)" } == "accepted")
    machine.run(seconds: 3)
    #expect(machine.actuators.drives[0].speed == .zero)
    #expect(!machine.actuators.openArterialClamp)
    #expect(machine.actuators.venousOccluder < .percent(5))
  }

  @Test("After bypass a pump that stands asks for nothing", .verifies("R7"))
  func standsAfterBypass() {
    var machine = afterBypass(flow: 2)
    machine.ask(.stopPump(0))
    machine.ask(.closeArterialClamp, confirmed: true)
    machine.run(seconds: 3)
    machine.air = true
    machine.reservoir = 0
    machine.run(seconds: 3)
    #expect(!machine.controller.status.pumps[0].needsResume)
    #expect(!machine.controller.status.alarms.contains(AlarmID(1)))
    let answer = machine.answer(.isolatePatient)
    #expect(machine.isRefused(answer, .wrongPhase))
  }

  @Test("A flow that nobody can measure is no stopped flow", .verifies("HZ-01", "R3"))
  func unmeasuredFlow() {
    for (quality, stops) in [(Quality.valid, true), (.faulted, false), (.absent, false)] {
      let bench = FactBench()
      bench.controller.clamp.isWantedOpen = false
      bench.controller.status.pumps[0].flow = FactBench.valid(.zero)
      bench.controller.status.pumps[0].flow.quality = quality
      var events = EventList()
      let answer = bench.controller.request(.postBypass, isConfirmed: false, 0, &events)
      #expect("\(answer)" == (stops ? "accepted" : "refused(PerfusionCore.Refusal.flowTooHigh)"))
    }
  }

  @Test(
    "In an arrest air stops a pump that runs on or is started again, and asks nothing of one that stands",
    .verifies("HZ-01", "R1", "R7", "AL-01"), arguments: [true, false])
  func airInArrest(runsOn: Bool) {
    var machine = PaperMachine(PaperMachine.adult())
    machine.goOnBypass(flow: 4.5)
    let flowing = machine.answer(.requestPhase(.circulatoryArrest))
    #expect(machine.isRefused(flowing, .flowTooHigh))
    if runsOn {
      _ = machine.answer(.requestPhase(.circulatoryArrest), confirmed: true)
    } else {
      machine.ask(.stopPump(0))
      machine.ask(.closeArterialClamp)
      machine.run(seconds: 2)
      _ = machine.answer(.requestPhase(.circulatoryArrest))
      machine.air = true
      machine.run(seconds: 1)
      #expect(!machine.controller.status.pumps[0].needsResume)
      machine.air = false
      machine.run(seconds: 2)
      machine.ask(.openArterialClamp)
      machine.run(seconds: 1)
      machine.ask(.startPump(0))
      machine.run(seconds: 5)
    }
    #expect(machine.controller.status.phase == .circulatoryArrest)
    #expect(machine.actuators.drives[0].speed > .rpm(90))
    machine.air = true
    machine.run(ticks: 50)
    #expect(machine.actuators.drives[0].speed == .zero)
    #expect(machine.controller.status.alarms.contains(AlarmID(1)))
    #expect(machine.controller.status.pumps[0].needsResume)
  }

  @Test("In an arrest an empty reservoir slows and stops a pump that runs", .verifies("HZ-02"))
  func levelInArrest() {
    var machine = PaperMachine(PaperMachine.adult())
    machine.goOnBypass(flow: 2)
    _ = machine.answer(.requestPhase(.circulatoryArrest), confirmed: true)
    machine.drain(to: 400)
    #expect(machine.actuators.drives[0].speed < .rpm(40))
    machine.drain(to: 250)
    #expect(machine.actuators.drives[0].speed == .zero)
    #expect(machine.controller.status.pumps[0].needsResume)
  }

  private func ready() -> PaperMachine {
    var machine = PaperMachine(PaperMachine.adult())
    machine.goPrime()
    _ = machine.answer(.requestPhase(.ready))
    return machine
  }

  @Test("Air stops a pump that runs in READY; in PRIME it is told", .verifies("HZ-01", "AL-01"))
  func airInReady() {
    var priming = PaperMachine(PaperMachine.adult())
    priming.goPrime()
    var machine = ready()
    #expect(machine.controller.status.phase == .ready)
    for _ in 0..<40 {
      priming.air = true
      machine.air = true
      priming.run(ticks: 1)
      machine.run(ticks: 1)
    }
    priming.run(seconds: 1)
    machine.run(seconds: 1)
    #expect(priming.actuators.drives[0].speed > .rpm(40))
    #expect(machine.actuators.drives[0].speed == .zero)
    #expect(machine.controller.status.pumps[0].needsResume)
  }

  @Test("After air in READY bypass is refused until the line was free for a minute")
  func freeAgain() {
    var machine = ready()
    machine.air = true
    machine.run(seconds: 1)
    machine.air = false
    machine.run(seconds: 2)
    let early = machine.answer(.requestPhase(.onBypass))
    #expect(machine.isRefused(early, .checklistIncomplete))
    _ = machine.answer(.resume(0))
    machine.run(seconds: 66)
    let late = machine.answer(.requestPhase(.onBypass))
    #expect(late.map { "\($0)" } == "accepted")
  }

  @Test(
    "A bad check sum does not stop a pump that delivers in READY, it holds one that stands",
    .verifies("HZ-50", "R2"))
  func holdInReady() {
    var machine = ready()
    machine.sensors.platform.set(.configurationFault, true)
    machine.run(seconds: 2)
    #expect(machine.controller.status.phase == .ready)
    #expect(machine.actuators.drives[0].speed > .rpm(40))
    machine.ask(.stopPump(0))
    machine.run(seconds: 2)
    #expect(machine.controller.status.phase == .faultHold)
  }

  @Test(
    "A restart while blood is given back adopts what turns, and tests nothing",
    .verifies("HZ-55"))
  func restartAfterBypass() throws {
    var machine = afterBypass(flow: 2)
    machine.run(seconds: 1)
    let record = machine.controller.retained
    #expect(record.hadDuty(machine.controller.configuration))
    var standing = machine
    standing.ask(.stopPump(0))
    standing.ask(.closeArterialClamp, confirmed: true)
    standing.run(seconds: 2)
    #expect(!standing.controller.retained.hadDuty(machine.controller.configuration))
    machine.controller = Controller(
      configuration: machine.controller.configuration, restartingFrom: record, isDoubtful: false,
      now: .start)
    for _ in 0..<400 {
      let kept = machine.actuators
      machine.run(ticks: 1)
      if machine.actuators.isAdopting { machine.actuators = kept }
      machine.actuators.isAdopting = false
      #expect(machine.actuators.drives[0].speed > .rpm(40))
    }
    #expect(machine.controller.status.phase == .postBypass)
  }
}
