import TestSupport
import Testing

@testable import PerfusionCore

@Suite("A restart with somebody behind the clamp tests nothing that could let his blood out")
struct ConnectedRestartTests {
  private func restart(_ machine: inout PaperMachine, isDoubtful: Bool = false) {
    let record = machine.controller.retained
    machine.controller = Controller(
      configuration: machine.controller.configuration, restartingFrom: record,
      isDoubtful: isDoubtful, now: .start)
  }

  /// Runs on; while the controller adopts nothing is told to the actuators.
  private func run(_ machine: inout PaperMachine, seconds: Double, _ look: (PaperMachine) -> Void) {
    for _ in 0..<Int(seconds * 200) {
      let kept = machine.actuators
      machine.run(ticks: 1)
      if machine.actuators.isAdopting { machine.actuators = kept }
      machine.actuators.isAdopting = false
      look(machine)
    }
  }

  @Test(
    "READY and the time after bypass go on as they were, torque and clamp untouched",
    .verifies("HZ-55", "HZ-06"), arguments: [Phase.ready, .postBypass])
  func goesOn(phase: Phase) {
    var machine = PaperMachine(PaperMachine.adult())
    machine.goOnBypass(flow: 2)
    machine.ask(.stopPump(0))
    machine.ask(.closeArterialClamp, confirmed: true)
    machine.run(seconds: 2)
    _ = machine.answer(.requestPhase(.postBypass))
    machine.controller.phase = phase
    restart(&machine)
    run(&machine, seconds: 10) {
      #expect(!$0.actuators.openArterialClamp)
      #expect(!$0.actuators.drives[0].removeTorque)
    }
    #expect(machine.controller.status.phase == phase)
    #expect(machine.controller.status.start == .adopted)
    #expect(machine.controller.status.alarms.contains(AlarmID(54)))
    #expect(machine.controller.checklist.contains(.strokeVolume))
    #expect(machine.controller.checklist.contains(.pressuresZeroed))
  }

  @Test(
    "A record that may be too old leads to the self test, and the clamp of a centrifugal pump stays shut",
    .verifies("HZ-06", "HZ-55"),
    arguments: [(70.0 as Double?, true), (nil, true), (5, false)] as [(Double?, Bool)])
  func doubtful(pressure: Double?, isSpared: Bool) {
    var configuration = PaperMachine.adult()
    configuration.pumps[0].kind = .centrifugal
    var machine = PaperMachine(configuration)
    machine.controller.phase = .ready
    if let pressure {
      machine.sensors.pressures[.arterialPressure] = Reading(.mmHg(pressure), takenAt: .start)
    }
    restart(&machine, isDoubtful: true)
    var hasOpened = false
    run(&machine, seconds: 12) { hasOpened = hasOpened || $0.actuators.openArterialClamp }
    #expect(hasOpened != isSpared)
    #expect(machine.controller.status.phase == .standby)
    let report = machine.controller.selfTest.report
    #expect(report[.clampOpening] == (isSpared ? .operatorConfirms : .passed))
    #expect(report[.watchdog] == .passed)
    if isSpared { #expect(machine.controller.selfTest.clampClosing == SelfTest.slowestTravel) }
  }

  @Test(
    "Damaged records do the same; at a plain power-on the clamp is moved", arguments: [true, false])
  func damaged(isDamaged: Bool) {
    var configuration = PaperMachine.adult()
    configuration.pumps[0].kind = .centrifugal
    var machine = PaperMachine(configuration)
    machine.sensors.pressures[.arterialPressure] = Reading(.mmHg(70), takenAt: .start)
    machine.controller = Controller(
      configuration: configuration, restartingFrom: nil, isDoubtful: false, now: .start)
    machine.controller.refuseRecords(isDamaged ? .checksum : .absent, .absent)
    var hasOpened = false
    run(&machine, seconds: 12) { hasOpened = hasOpened || $0.actuators.openArterialClamp }
    #expect(hasOpened != isDamaged)
  }
}
