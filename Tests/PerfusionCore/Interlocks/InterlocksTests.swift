import TestSupport
import Testing

@testable import PerfusionCore

/// An arterial roller, cardioplegia that draws from it, and a vent.
private func adult(kind: PumpKind = .roller) -> MachineConfiguration {
  var machine = MachineConfiguration()
  machine.reservoir.isFitted = true
  machine.arterialClamp.isFitted = true
  for role in [PumpRole.arterial, .cardioplegia, .vent] {
    var pump = PumpConfiguration()
    pump.role = role
    pump.kind = role == .arterial ? kind : .roller
    if role == .cardioplegia {
      pump.stopsWithPumps = 1
      pump.drawsFromArterialLine = true
    }
    machine.pumps.append(pump)
  }
  machine.responses[0, .arterialAir] = kind == .roller ? .stop : .hold
  machine.responses[0, .levelAlarm] = kind == .roller ? .stop : .hold
  machine.responses[0, .levelAlert] = .regulate
  machine.responses[0, .pressureAlert] = .regulate
  machine.responses[0, .pressureStop] = .stop
  return machine
}

/// Steps interlocks with the same facts for a number of 5 ms ticks.
private func step(
  _ interlocks: inout Interlocks, _ machine: MachineConfiguration, _ facts: InterlockFacts,
  ticks: Int = 1, phase: Phase = .onBypass, started: UInt8 = 0b111
) {
  for _ in 0..<ticks {
    interlocks.update(facts: facts, phase: phase, started: started)
  }
}

private func facts(_ rows: MachineRow...) -> InterlockFacts {
  var facts = InterlockFacts()
  for row in rows { facts.set(row, true) }
  return facts
}

private func pumpFacts(_ pump: Int, _ rows: PumpRow...) -> InterlockFacts {
  var facts = InterlockFacts()
  for row in rows { facts.set(row, pump: pump, true) }
  return facts
}

@Suite("The interlocks decide every stop")
struct InterlocksTests {
  @Test(
    "What a pump has already waited for is told at once", .verifies("HZ-06", "AL-24", "AL-30"),
    arguments: [(PumpRow.belowFloor, 24), (.driveFault, 30)] as [(PumpRow, UInt8)])
  func debouncedOnce(row: PumpRow, alarm: UInt8) {
    let machine = adult(kind: .centrifugal)
    var interlocks = Interlocks(configuration: machine)
    step(&interlocks, machine, pumpFacts(0, row))
    #expect(interlocks.alarms.contains(AlarmID(alarm)))
  }

  @Test("Air on the primary pump stops it in the tick it is seen", .verifies("HZ-01", "AL-01"))
  func airStops() {
    let machine = adult()
    var interlocks = Interlocks(configuration: machine)
    step(&interlocks, machine, facts(.arterialAir))
    #expect(interlocks.verdicts[0].grade == .stop)
    #expect(interlocks.alarms.contains(AlarmID(1)))
  }

  @Test("Air stops a centrifugal pump behind its clamp", .verifies("HZ-01"))
  func airHoldsCentrifugal() {
    let machine = adult(kind: .centrifugal)
    var interlocks = Interlocks(configuration: machine)
    step(&interlocks, machine, facts(.arterialAir))
    #expect(interlocks.verdicts[0].grade == .zeroFlow)
    #expect(interlocks.closesClamp)
    step(&interlocks, machine, InterlockFacts(), ticks: 300)
    #expect(interlocks.closesClamp)
    #expect(interlocks.resume(0) == nil)
    step(&interlocks, machine, InterlockFacts())
    #expect(!interlocks.closesClamp)
  }

  @Test("In prime, air and level are expected and stop nothing", .verifies("HZ-01"))
  func primeExpectsAir() {
    let machine = adult()
    var interlocks = Interlocks(configuration: machine)
    step(&interlocks, machine, facts(.arterialAir, .levelAlarm), ticks: 100, phase: .prime)
    #expect(interlocks.verdicts[0].grade <= .annunciate)
    #expect(!interlocks.alarms.contains(AlarmID(6)))
  }

  @Test("A stop stays until its cause has gone and the operator resumes", .verifies("HZ-01", "R6"))
  func stopLatches() {
    let machine = adult()
    var interlocks = Interlocks(configuration: machine)
    step(&interlocks, machine, facts(.arterialAir))
    let answer1 = interlocks.resume(0)
    #expect(answer1 == .causeNotCleared)
    step(&interlocks, machine, InterlockFacts(), ticks: 199)
    let answer2 = interlocks.resume(0)
    #expect(answer2 == .causeNotCleared)
    step(&interlocks, machine, InterlockFacts(), ticks: 2)
    #expect(interlocks.verdicts[0].grade == .stop)
    let answer3 = interlocks.resume(0)
    #expect(answer3 == nil)
    step(&interlocks, machine, InterlockFacts())
    #expect(interlocks.verdicts[0] == Verdict())
    #expect(interlocks.alarms.isEmpty)
  }

  @Test("Nothing latched is nothing to resume")
  func nothingToResume() {
    let machine = adult()
    var interlocks = Interlocks(configuration: machine)
    #expect(!interlocks.closesClamp && !interlocks.memoryFault && interlocks.alarms.isEmpty)
    step(&interlocks, machine, InterlockFacts())
    let answer4 = interlocks.resume(0)
    #expect(answer4 == .nothingToDo)
    let answer5 = interlocks.resume(9)
    #expect(answer5 == .noSuchPump)
    let answer6 = interlocks.resume(-1)
    #expect(answer6 == .noSuchPump)
  }

  @Test("The level alarm waits 200 ms, so that a splash stops nothing", .verifies("HZ-02", "AL-06"))
  func levelDebounce() {
    let machine = adult()
    var interlocks = Interlocks(configuration: machine)
    step(&interlocks, machine, facts(.levelAlarm), ticks: 39)
    #expect(interlocks.verdicts[0].grade == .none)
    step(&interlocks, machine, InterlockFacts())
    step(&interlocks, machine, facts(.levelAlarm), ticks: 39)
    #expect(interlocks.verdicts[0].grade == .none)
    step(&interlocks, machine, facts(.levelAlarm))
    #expect(interlocks.verdicts[0].grade == .stop)
  }

  @Test("Cardioplegia stops with the arterial pump, the vent does not", .verifies("HZ-33", "R5"))
  func linksStop() {
    let machine = adult()
    var interlocks = Interlocks(configuration: machine)
    step(&interlocks, machine, facts(.arterialAir))
    #expect(interlocks.verdicts[1].grade == .stop)
    #expect(interlocks.verdicts[1].reason == .stoppedWithLink)
    #expect(interlocks.verdicts[2].grade < .hold)
  }

  @Test("A linked pump cannot be resumed while its source stands", .verifies("HZ-33"))
  func linkedWaits() {
    let machine = adult()
    var interlocks = Interlocks(configuration: machine)
    step(&interlocks, machine, facts(.arterialAir))
    step(&interlocks, machine, InterlockFacts(), ticks: 250)
    let answer7 = interlocks.resume(1)
    #expect(answer7 == .causeNotCleared)
    let answer8 = interlocks.resume(0)
    #expect(answer8 == nil)
    step(&interlocks, machine, InterlockFacts())
    let answer9 = interlocks.resume(1)
    #expect(answer9 == nil)
    step(&interlocks, machine, InterlockFacts())
    #expect(interlocks.verdicts[1].grade == .none)
  }

  @Test("The operator's stop of the arterial pump stops cardioplegia too", .verifies("HZ-33"))
  func operatorStopLinks() {
    let machine = adult()
    var interlocks = Interlocks(configuration: machine)
    step(&interlocks, machine, InterlockFacts(), started: 0b110)
    #expect(interlocks.verdicts[1].reason == .stoppedWithLink)
    #expect(interlocks.verdicts[2].grade < .hold)
  }

  @Test("A higher grade is never masked by a lower one")
  func precedence() {
    let machine = adult()
    var interlocks = Interlocks(configuration: machine)
    var both = pumpFacts(0, .overspeed, .pressureAlert)
    both.set(.levelAlert, true)
    step(&interlocks, machine, both, ticks: 100)
    #expect(interlocks.verdicts[0].grade == .forcedStop)
    #expect(interlocks.alarms.contains(AlarmID(10)))
    #expect(interlocks.alarms.contains(AlarmID(26)))
  }

  @Test(
    "A fault of sensor, supply or controller never stops the arterial pump on bypass",
    .verifies("HZ-15", "HZ-30", "HZ-41", "HZ-42", "HZ-48"),
    arguments: [
      MachineRow.arterialAirSensor, .levelSensor, .mainsLost, .batteryLow, .batteryCritical,
      .watchdog, .pressureSensor, .electronicsCritical, .temperatureSensor, .bathHigh,
    ])
  func faultsKeepRunning(row: MachineRow) {
    for kind in [PumpKind.roller, .centrifugal] {
      let machine = adult(kind: kind)
      var interlocks = Interlocks(configuration: machine)
      step(&interlocks, machine, facts(row), ticks: 4000)
      #expect(interlocks.verdicts[0].grade < .hold)
      #expect(!interlocks.closesClamp)
      #expect(!interlocks.alarms.isEmpty)
    }
  }

  @Test("Emergency stop removes torque from every pump and closes the clamp")
  func emergencyStop() {
    let machine = adult()
    var interlocks = Interlocks(configuration: machine)
    step(&interlocks, machine, facts(.emergencyStop))
    for pump in 0..<3 { #expect(interlocks.verdicts[pump].grade == .forcedStop) }
  }

  @Test(
    "The alarm of a row that holds several pumps stays until the last of them is resumed",
    .verifies("R6", "AL-06", "AL-30"), arguments: [MachineRow.emergencyStop, .levelAlarm])
  func resumedInTurn(row: MachineRow) {
    var machine = adult()
    for pump in 0..<3 { machine.responses[pump, .levelAlarm] = .stop }
    var interlocks = Interlocks(configuration: machine)
    step(&interlocks, machine, facts(row), ticks: 100)
    step(&interlocks, machine, InterlockFacts(), ticks: 250)
    for pump in [0, 2, 1] {
      interlocks.resetAlarms()
      step(&interlocks, machine, InterlockFacts())
      #expect(interlocks.alarms.contains(row.row.alarm))
      #expect(interlocks.verdicts[pump].needsResume)
      #expect(interlocks.resume(pump) == nil)
      step(&interlocks, machine, InterlockFacts())
      #expect(!interlocks.verdicts[pump].needsResume)
    }
    #expect(interlocks.alarms.isEmpty)
  }

  @Test("An override lasts 180 s and never covers what must not be overridden", .verifies("HZ-45"))
  func overrides() {
    let machine = adult()
    var interlocks = Interlocks(configuration: machine)
    let answer10 = interlocks.override(0, .pressureStop)
    #expect(answer10 == .overrideForbidden)
    let answer11 = interlocks.override(0, .arterialAir)
    #expect(answer11 == nil)
    step(&interlocks, machine, facts(.arterialAir), ticks: 36_000 - 1)
    #expect(interlocks.verdicts[0].grade == .annunciate)
    #expect(interlocks.hasOverride)
    step(&interlocks, machine, facts(.arterialAir))
    #expect(!interlocks.hasOverride)
    #expect(interlocks.verdicts[0].grade == .stop)
  }

  @Test("An override covers its own pump and event and no other", .verifies("HZ-45", "HZ-02"))
  func overridesOne() {
    var machine = adult()
    machine.responses[1, .arterialAir] = .stop
    var interlocks = Interlocks(configuration: machine)
    #expect(interlocks.override(0, .levelAlert) == .overrideForbidden)
    #expect(interlocks.override(0, .arterialAir) == nil)
    step(&interlocks, machine, facts(.arterialAir))
    #expect(interlocks.verdicts[0].grade == .annunciate)
    #expect(interlocks.verdicts[1].grade == .stop)
    step(&interlocks, machine, facts(.arterialAir, .levelAlarm), ticks: 40)
    #expect(interlocks.verdicts[0].grade == .stop)
  }

  @Test("An override ends though another begins in its last tick", .verifies("HZ-45", "HZ-01"))
  func overridesInTurn() {
    let machine = adult()
    var interlocks = Interlocks(configuration: machine)
    #expect(interlocks.override(0, .arterialAir) == nil)
    step(&interlocks, machine, facts(.arterialAir), ticks: 36_000 - 1)
    #expect(interlocks.verdicts[0].grade == .annunciate)
    #expect(interlocks.override(0, .levelAlarm) == nil)
    step(&interlocks, machine, facts(.arterialAir))
    #expect(interlocks.hasOverride && interlocks.verdicts[0].grade == .stop)
  }

  @Test("After a restart an override has what was left of it, never more than 180 s")
  func overridesRestored() {
    let machine = adult()
    for (kept, gap, left) in [(1000, 0, 1000), (1000, 400, 600), (1000, 1000, 0), (1000, 1001, 0)]
      as [(UInt32, UInt32, UInt32)] + [(100_000, 0, 36_000), (100_000, 6000, 30_000)]
    {
      var interlocks = Interlocks(configuration: machine)
      var record = InterlockRecord()
      record.overrides[0][.arterialAir] = kept
      interlocks.restore(record, gap: gap)
      #expect(interlocks.overrides[0][.arterialAir] == left)
      #expect(interlocks.hasOverride == (left > 0))
    }
  }

  @Test("What was latched before a restart is told with the next tick", .verifies("HZ-55"))
  func latchRestored() {
    let machine = adult()
    var interlocks = Interlocks(configuration: machine)
    step(&interlocks, machine, InterlockFacts(), phase: .off, started: 0)
    var record = InterlockRecord()
    record.machineLatched = 1 << UInt128(MachineRow.bathHigh.rawValue)
    interlocks.restore(record, gap: 0)
    step(&interlocks, machine, InterlockFacts(), phase: .off, started: 0)
    #expect(interlocks.alarms.contains(AlarmID(46)))
  }

  @Test("A forced stop of another pump leaves the arterial clamp open", .verifies("HZ-04"))
  func forcedElsewhere() {
    let machine = adult()
    for pump in 0..<3 {
      var interlocks = Interlocks(configuration: machine)
      step(&interlocks, machine, pumpFacts(pump, .overspeed))
      #expect(interlocks.verdicts[pump].grade == .forcedStop)
      #expect(interlocks.closesClamp == (pump == 0))
    }
  }

  @Test("Isolating the patient stops all that takes its blood from him", .verifies("HZ-56"))
  func isolates() {
    for (role, draws, stops) in [
      (PumpRole.cardioplegia, false, true), (.crystalloid, false, true), (.sucker, true, true),
      (.sucker, false, false),
    ] {
      var machine = MachineConfiguration()
      machine.pumps.append(PumpConfiguration())
      var pump = PumpConfiguration()
      pump.role = role
      pump.drawsFromArterialLine = draws
      machine.pumps.append(pump)
      var interlocks = Interlocks(configuration: machine)
      step(&interlocks, machine, facts(.isolation), phase: .postBypass, started: 0b10)
      #expect(interlocks.verdicts[1].grade == .none)
      step(&interlocks, machine, facts(.isolation), started: 0b11)
      #expect(interlocks.verdicts[0].grade == .isolate)
      #expect(interlocks.verdicts[1].grade == (stops ? .stop : .annunciate))
    }
  }

  @Test("Each row reacts by the phase it is in", arguments: 0..<PumpRow.count)
  func everyPumpRowIsAlive(index: Int) throws {
    let row = try #require(PumpRow(rawValue: UInt8(index)))
    let machine = adult()
    var interlocks = Interlocks(configuration: machine)
    step(&interlocks, machine, pumpFacts(0, row), ticks: 7000)
    #expect(interlocks.isActive(row, pump: 0))
    #expect(interlocks.alarms.contains(row.row.alarm))
    #expect(row.row.hazard.number >= 1 && row.row.hazard.number <= 60)
  }

  @Test("Each machine row raises its alarm in some phase", arguments: 0..<MachineRow.count)
  func everyMachineRowIsAlive(index: Int) throws {
    let row = try #require(MachineRow(rawValue: UInt8(index)))
    let machine = adult()
    var raised = false
    for phase in [Phase.onBypass, .prime, .circulatoryArrest, .standby] {
      var interlocks = Interlocks(configuration: machine)
      step(&interlocks, machine, facts(row), ticks: 7000, phase: phase)
      #expect(interlocks.isActive(row))
      raised = raised || interlocks.alarms.contains(row.row.alarm)
    }
    #expect(raised)
  }
}
