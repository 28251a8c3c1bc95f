import TestSupport
import Testing

@testable import PerfusionCore

@Suite("An override of class A lets the pump run on, and lifts nothing of class C")
struct OverrideTests {
  @Test(
    "With the level alarm overridden the pump keeps its flow, and stops when the override ends",
    .verifies("HZ-02", "HZ-45", "AL-05", "AL-06"))
  func level() {
    var machine = PaperMachine.onBypass()
    let full = machine.actuators.drives[0].speed
    #expect(machine.isAccepted(.override(0, .levelAlarm)) == true)
    machine.drain(to: 290)
    machine.run(seconds: 10)
    #expect(machine.actuators.drives[0].speed > full * 0.95)
    #expect(machine.controller.status.alarms.contains(AlarmID(6)))
    #expect(machine.isAccepted(.endOverride(0, .levelAlarm)) == true)
    machine.run(seconds: 2)
    #expect(machine.actuators.drives[0].speed == .zero)
  }

  @Test("An alert is of class B: without an override the servo slows the pump", .verifies("AL-05"))
  func levelServo() {
    var machine = PaperMachine.onBypass()
    let full = machine.actuators.drives[0].speed
    #expect(machine.isRefused(machine.answer(.override(0, .levelAlert)), .overrideForbidden))
    #expect(machine.isRefused(machine.answer(.override(0, .suction)), .overrideForbidden))
    machine.drain(to: 340)
    machine.run(seconds: 5)
    #expect(machine.actuators.drives[0].speed < full * 0.4)
    #expect(machine.actuators.drives[0].speed > full * 0.2)
  }

  @Test(
    "With the pressure alarm overridden the servo lets go up to the stop, which nobody overrides",
    .verifies("HZ-08", "AL-10", "AL-11"))
  func pressure() {
    var servo = PressureServo(regulate: .mmHg(300), stop: .mmHg(350))
    servo.isOverridden = true
    for (mean, factor) in [(300.0, 1.0), (350, 1), (375, 0.5), (400, 0), (450, 0)] {
      #expect(abs(servo.factor(at: .mmHg(mean)).value - factor) < 1e-9)
    }
    servo.isOverridden = false
    #expect(servo.factor(at: .mmHg(350)).value == 0)
  }

  @Test("Overriding the pressure alarm changes what the pump does", .verifies("HZ-45", "AL-10"))
  func pressureOfAMachine() {
    for isOverridden in [false, true] {
      var machine = PaperMachine.onBypass()
      let full = machine.actuators.drives[0].speed
      if isOverridden { #expect(machine.isAccepted(.override(0, .pressureAlert)) == true) }
      machine.obstruction = 330
      machine.run(seconds: 5)
      #expect((machine.actuators.drives[0].speed > full * 0.95) == isOverridden)
      #expect(machine.controller.status.alarms.contains(AlarmID(10)))
      machine.obstruction = 355
      machine.run(seconds: 2)
      #expect(machine.actuators.drives[0].speed == .zero)
    }
  }

  @Test("A cardioplegia pump's slowing is overridden for 10 s", .verifies("HZ-34", "AL-37"))
  func cardioplegia() {
    var configuration = PaperMachine.adult()
    configuration.pumps[1].outletPressure = .cardioplegiaLinePressure
    configuration.responses[1, .pressureAlert] = .regulate
    var interlocks = Interlocks(configuration: configuration)
    #expect(interlocks.override(1, .pressureStop) == .overrideForbidden)
    #expect(interlocks.override(1, .pressureAlert) == nil)
    #expect(interlocks.override(0, .pressureAlert) == nil)
    for tick in 1...2001 {
      interlocks.update(facts: InterlockFacts(), phase: .onBypass, started: 0b1111)
      #expect(interlocks.isOverridden(1, .pressureAlert) == (tick < 2000))
      #expect(interlocks.isOverridden(0, .pressureAlert) == true)
    }
  }

  @Test(
    "A head that is said to have lost its prime is held again and again, unless it is overridden",
    .verifies("HZ-40", "HZ-45", "AL-31"))
  func lossOfPrime() {
    var configuration = MachineConfiguration()
    configuration.kind = .ecmo
    configuration.pumps.append(PumpConfiguration())
    configuration.pumps[0].kind = .centrifugal
    var facts = InterlockFacts()
    facts.set(.lossOfPrime, pump: 0, true)
    var interlocks = Interlocks(configuration: configuration)
    interlocks.update(facts: facts, phase: .ecmo, started: 1)
    #expect(interlocks.verdicts[0].grade == .zeroFlow && interlocks.closesClamp)
    #expect(interlocks.resume(0) == .causeNotCleared)
    #expect(interlocks.override(0, .lossOfPrime) == nil)
    interlocks.update(facts: facts, phase: .ecmo, started: 1)
    #expect(interlocks.resume(0) == nil)
    for _ in 0..<20_000 { interlocks.update(facts: facts, phase: .ecmo, started: 1) }
    #expect(interlocks.verdicts[0].grade == .annunciate && !interlocks.closesClamp)
    #expect(interlocks.alarms.contains(AlarmID(31)))
    for _ in 0..<16_000 { interlocks.update(facts: facts, phase: .ecmo, started: 1) }
    #expect(interlocks.verdicts[0].grade == .zeroFlow)
  }

  @Test(
    "An override lifts the cap of an open cover on bypass, and never a finger's guard before it",
    .verifies("HZ-20", "HZ-21", "AL-32"))
  func cover() {
    var machine = PaperMachine.onBypass()
    let full = machine.actuators.drives[0].speed
    machine.openCover(0, true)
    machine.run(seconds: 3)
    #expect(machine.actuators.drives[0].speed < .rpm(31))
    #expect(machine.actuators.drives[0].speed > .rpm(25))
    #expect(machine.isAccepted(.override(0, .coverOpen)) == true)
    machine.run(seconds: 3)
    #expect(machine.actuators.drives[0].speed > full * 0.95)
    #expect(machine.controller.status.alarms.contains(AlarmID(32)))
    var primed = PaperMachine(PaperMachine.adult())
    primed.goPrime()
    #expect(primed.isRefused(primed.answer(.override(0, .coverOpen)), .wrongPhase))
    #expect(primed.controller.interlocks.override(0, .coverOpen) == nil)
    primed.openCover(0, true)
    primed.run(seconds: 1)
    #expect(primed.actuators.drives[0].speed == .zero)
  }
}
