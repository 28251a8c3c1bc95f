import TestSupport
import Testing

@testable import PerfusionCore

/// What stopped a pump never sets it going again (docs/domain.md 8.1 R6), whatever its row latches.
@Suite("A pump that was stopped stands until the operator resumes it")
struct RestartTests {
  /// Ticks of 5 ms with or without conditions.
  private func step(
    _ interlocks: inout Interlocks, _ facts: InterlockFacts = InterlockFacts(), ticks: Int = 250,
    phase: Phase
  ) {
    for _ in 0..<ticks { interlocks.update(facts: facts, phase: phase, started: 0b1111) }
  }

  private func facts(_ row: PumpRow) -> InterlockFacts {
    var facts = InterlockFacts()
    facts.set(row, pump: 0, true)
    return facts
  }

  /// Stops the primary pump by these conditions and looks at how it comes back.
  private func standsUntilResumed(
    _ facts: InterlockFacts, _ phase: Phase, machine: MachineConfiguration
  ) {
    var interlocks = Interlocks(configuration: machine)
    step(&interlocks, facts, phase: phase)
    let grade = interlocks.verdicts[0].grade
    #expect(grade >= .zeroFlow && interlocks.verdicts[0].needsResume)
    #expect(interlocks.resume(0) == .causeNotCleared)
    step(&interlocks, ticks: 2000, phase: phase)
    #expect(interlocks.verdicts[0].grade == grade && !interlocks.alarms.isEmpty)
    interlocks.resetAlarms()
    step(&interlocks, phase: phase)
    #expect(interlocks.verdicts[0].grade == grade)
    #expect(interlocks.resume(0) == nil)
    step(&interlocks, ticks: 1, phase: phase)
    #expect(interlocks.verdicts[0].grade == .none && interlocks.alarms.isEmpty)
  }

  @Test(
    "A cover that is closed again starts no pump", .verifies("HZ-20", "HZ-21", "AL-32", "R6"),
    arguments: [Phase.standby, .setup, .prime, .ready, .circulatoryArrest, .postBypass])
  func cover(phase: Phase) {
    standsUntilResumed(facts(.coverOpen), phase, machine: ExpectedRow.machine(.roller))
  }

  @Test(
    "Pressure that stopped a pump, and a rotor that could not be read in prime, leave it standing",
    .verifies("HZ-08", "HZ-48", "AL-10", "AL-11", "R6"),
    arguments: [
      (PumpRow.pressureStop, Phase.prime), (.rotorSensor, .prime), (.pressureAlert, .postBypass),
    ])
  func pressure(row: PumpRow, phase: Phase) {
    standsUntilResumed(facts(row), phase, machine: ExpectedRow.machine(.roller))
  }

  @Test(
    "Whatever the matrix makes a stop of waits for the operator, and what slows does not",
    .verifies("HZ-40", "HZ-02", "HZ-12", "R6"),
    arguments: [MachineRow.venousAir, .levelAlert, .suctionAlert])
  func matrix(row: MachineRow) throws {
    let event = try #require(row.row.event)
    for response in [Response.hold, .stop, .stopAndClamp, .regulate, .alarm] {
      for kind in [PumpKind.roller, .centrifugal] {
        var machine = ExpectedRow.machine(kind)
        machine.responses[0, event] = response
        var facts = InterlockFacts()
        facts.set(row, true)
        if response >= .hold {
          standsUntilResumed(facts, .onBypass, machine: machine)
        } else {
          var interlocks = Interlocks(configuration: machine)
          step(&interlocks, facts, phase: .onBypass)
          #expect(!interlocks.verdicts[0].needsResume && interlocks.verdicts[0].grade < .zeroFlow)
          step(&interlocks, phase: .onBypass)
          #expect(interlocks.verdicts[0].grade == .none)
        }
      }
    }
  }

  @Test(
    "With its cover closed the arterial pump of a primed machine waits for its resume",
    .verifies("HZ-21", "R6"))
  func primedMachine() {
    var machine = PaperMachine(PaperMachine.adult())
    machine.goPrime()
    #expect(machine.actuators.drives[0].speed > .rpm(30))
    machine.openCover(0, true)
    machine.run(seconds: 1)
    #expect(machine.actuators.drives[0].speed == .zero)
    #expect(machine.isRefused(machine.answer(.resume(0)), .causeNotCleared))
    machine.openCover(0, false)
    machine.run(seconds: 10)
    #expect(machine.actuators.drives[0].speed == .zero)
    #expect(machine.controller.status.pumps[0].needsResume)
    #expect(machine.isRefused(machine.answer(.startPump(0)), .stopped))
    #expect(machine.isAccepted(.resume(0)) == true)
    machine.run(seconds: 4)
    #expect(machine.actuators.drives[0].speed > .rpm(30))
  }

  @Test("Outside support a pump beside does what its matrix says, told or stopped", .verifies("R7"))
  func besideOutsideSupport() {
    for (response, stops) in [(Response.none, false), (.alarm, false), (.stop, true)] {
      var machine = MachineConfiguration()
      machine.pumps.append(PumpConfiguration())
      var sucker = PumpConfiguration()
      sucker.role = .sucker
      machine.pumps.append(sucker)
      machine.responses[1, .backflow] = response
      var interlocks = Interlocks(configuration: machine)
      var facts = InterlockFacts()
      facts.set(.backflow, true)
      step(&interlocks, facts, phase: .circulatoryArrest)
      #expect((interlocks.verdicts[1].grade >= .zeroFlow) == stops)
      #expect(interlocks.verdicts[1].grade > .none)
    }
  }

  @Test(
    "A stop is told at high priority when one of the rows that hold the pump is",
    .verifies("HZ-03"))
  func told() {
    var machine = MachineConfiguration()
    machine.pumps.append(PumpConfiguration())
    machine.responses[0, .arterialAir] = .stop
    machine.responses[0, .venousAir] = .stop
    for (row, isHigh) in [(MachineRow.arterialAir, true), (.venousAir, false)] {
      var interlocks = Interlocks(configuration: machine)
      #expect(interlocks.isStopTold(0) == false)
      var facts = InterlockFacts()
      facts.set(row, true)
      step(&interlocks, facts, phase: .onBypass)
      #expect(interlocks.verdicts[0].grade >= .stop)
      #expect(interlocks.isStopTold(0) == isHigh)
      for pump in [-1, 1, 8] { #expect(interlocks.isStopTold(pump) == false) }
    }
  }

  @Test("The occlusion test says that the pump waits for its resume", .verifies("HZ-21", "AL-33"))
  func occlusionTest() {
    var machine = PaperMachine(PaperMachine.adult())
    machine.goToSetup()
    machine.openCover(0, true)
    machine.run(seconds: 1)
    machine.openCover(0, false)
    machine.run(seconds: 3)
    #expect(machine.isRefused(machine.answer(.testOcclusion(0)), .stopped))
    #expect(machine.isAccepted(.resume(0)) == true)
    #expect(machine.isAccepted(.testOcclusion(0)) == true)
    machine.run(seconds: 90)
    #expect(machine.controller.checklist.contains(.occlusion))
  }

  @Test(
    "An open cover, or a pump without its tube, blocks the start of support",
    .verifies("HZ-20", "AL-31", "AL-32"), arguments: [PumpRow.coverOpen, .noTube])
  func blocksStart(row: PumpRow) {
    for pump in 0..<4 {
      var interlocks = Interlocks(configuration: ExpectedRow.machine(.roller))
      var facts = InterlockFacts()
      facts.set(row, pump: pump, true)
      #expect(interlocks.blocksStart == false)
      step(&interlocks, facts, phase: .prime)
      #expect(interlocks.blocksStart == true)
      #expect(interlocks.holdsMachine == false)
      step(&interlocks, phase: .prime)
      #expect(interlocks.blocksStart == false)
    }
  }

  @Test(
    "A reservoir under pressure stops the suckers, not the vent and nothing that feeds the patient",
    .verifies("HZ-38", "AL-19"), arguments: [Phase.onBypass, .circulatoryArrest])
  func suckers(phase: Phase) {
    var machine = ExpectedRow.machine(.roller)
    var second = PumpConfiguration()
    second.role = .secondSucker
    machine.pumps.append(second)
    var interlocks = Interlocks(configuration: machine)
    var facts = InterlockFacts()
    facts.set(.reservoirPositive, true)
    step(&interlocks, facts, ticks: 59, phase: phase)
    for pump in 0..<5 { #expect(interlocks.verdicts[pump].grade == .none) }
    step(&interlocks, facts, ticks: 1, phase: phase)
    let grades = (0..<5).map { interlocks.verdicts[$0].grade }
    #expect(grades == [.annunciate, .annunciate, .annunciate, .stop, .stop])
    #expect(interlocks.alarms.contains(AlarmID(19)))
    step(&interlocks, ticks: 2000, phase: phase)
    for pump in 3..<5 {
      #expect(interlocks.verdicts[pump].grade == .stop)
      #expect(interlocks.resume(pump) == nil)
    }
  }

  @Test("A controller that measures it does the same", .verifies("HZ-38", "AL-19", "R5"))
  func suckersOfAMachine() {
    var configuration = PaperMachine.adult()
    configuration.pumps[3].role = .sucker
    var machine = PaperMachine(configuration)
    machine.goOnBypass(flow: 4)
    machine.ask(.setSpeed(3, .rpm(60)))
    machine.ask(.startPump(3))
    machine.run(seconds: 2)
    #expect(machine.actuators.drives[3].speed > .rpm(50))
    machine.sensors.pressures[.reservoirPressure] = FactBench.valid(.mmHg(12))
    machine.run(seconds: 2)
    #expect(machine.actuators.drives[3].speed == .zero)
    #expect(machine.actuators.drives[0].speed > .rpm(80))
    machine.sensors.pressures[.reservoirPressure] = FactBench.valid(.mmHg(-20))
    machine.run(seconds: 5)
    #expect(machine.actuators.drives[3].speed == .zero)
    #expect(machine.isAccepted(.resume(3)) == true)
    machine.run(seconds: 2)
    #expect(machine.actuators.drives[3].speed > .rpm(50))
  }
}
