import TestSupport
import Testing

@testable import PerfusionCore

@Suite("What a pump finds and what its outlet shows is told as its own row")
struct PumpFactTests {
  private static var findings: [(WritableKeyPath<PumpFindings, Bool>, PumpRow)] {
    [
      (\.overspeed, .overspeed), (\.speedLow, .speedLow), (\.jam, .jam),
      (\.wrongDirection, .wrongDirection), (\.driveFault, .driveFault), (\.driveDead, .driveDead),
      (\.decoupled, .decoupled), (\.lossOfPrime, .lossOfPrime), (\.rawCoverOpen, .coverOpen),
      (\.ratioError, .ratio), (\.belowFloor, .belowFloor), (\.flowMismatch, .flowMismatch),
      (\.handCrank, .handCrank), (\.noTube, .noTube), (\.slip, .slip),
      (\.rotorUnusable, .rotorSensor), (\.pulsePeak, .pulsePeak), (\.zeroFlowLong, .zeroFlowLong),
      (\.zeroFlowVeryLong, .zeroFlowVeryLong), (\.torqueNotOff, .torqueNotOff),
      (\.chatter, .chatter),
    ]
  }

  @Test("Every finding states its row and no other, on its own pump")
  func findings() {
    for (finding, row) in Self.findings {
      for pump in 0..<4 {
        let bench = FactBench()
        #expect(bench.facts(of: pump).pumps[pump] == 0)
        bench.controller.findings[pump][keyPath: finding] = true
        #expect(bench.facts(of: pump).pumps[pump] == 1 << UInt128(row.rawValue), "\(row)")
      }
    }
  }

  @Test("A rotor that cannot be read is none of the self test's business", .verifies("HZ-48"))
  func rotor() {
    for phase in RowDrive.phases {
      let bench = FactBench(phase: phase)
      bench.controller.findings[0].rotorUnusable = true
      #expect(bench.holds(.rotorSensor) == (phase != .post))
    }
  }

  @Test("A ratio that is off is told at follower and master, and at no other", .verifies("HZ-36"))
  func ratio() {
    let bench = FactBench()
    bench.controller.findings[2].ratioError = true
    for pump in 0..<4 { #expect(bench.holds(.ratio, pump: pump) == (pump == 1 || pump == 2)) }
  }

  @Test("A failed occlusion test is told at its pump, lost occlusion at the primary one")
  func occlusion() {
    for failed in 0..<4 {
      let bench = FactBench()
      bench.controller.occlusionFailed = 1 << UInt8(failed)
      for pump in 0..<4 { #expect(bench.holds(.occlusionLoss, pump: pump) == (pump == failed)) }
    }
    let lost = FactBench()
    for _ in 0..<1001 {
      lost.controller.occlusionLoss.update(
        probe: FactBench.valid(.litersPerMinute(3)), stroke: .millilitersPerRevolution(45),
        speed: FactBench.valid(.rpm(100)), inlet: FactBench.valid(.mmHg(0)),
        step: lost.controller.period)
    }
    for pump in 0..<4 { #expect(lost.holds(.occlusionLoss, pump: pump) == (pump == 0)) }
  }

  /// A pump at this outlet pressure, by its mean and its fast channel.
  private func outlet(
    _ pressure: Double, pump: Int = 0, isStarted: Bool = true, hasLimit: Bool = true
  ) -> FactBench {
    var machine = PaperMachine.adult()
    machine.pumps[pump].hasPressureLimit = hasLimit
    let bench = FactBench(machine)
    bench.controller.intents[pump].isStarted = isStarted
    bench.watch(pressure, pump: pump)
    return bench
  }

  @Test(
    "Outlet pressure is told over 300, 350 and 400 mmHg", .verifies("HZ-08", "AL-10", "AL-11"),
    arguments: [(PumpRow.pressureAlert, 300.0), (.pressureStop, 350), (.pressureHard, 400)])
  func pressures(row: PumpRow, limit: Double) {
    for (pressure, holds) in [(limit, false), (limit + 0.1, true)] {
      let running = outlet(pressure)
      #expect(running.holds(row) == holds)
      let resting = outlet(pressure, isStarted: false)
      #expect(!resting.holds(row))
      resting.stand(.arterialAir)
      #expect(!resting.holds(row))
      resting.stand(pumpRows: [.pressureStop])
      #expect(resting.holds(row) == holds)
      let unlimited = outlet(pressure, hasLimit: false)
      #expect(!unlimited.holds(row))
      running.controller.pumpUnderTest = 0
      #expect(!running.holds(row))
      running.controller.pumpUnderTest = 1
      #expect(running.holds(row) == holds)
    }
  }

  @Test("The hard limit is that of the systemic line", .verifies("HZ-08"))
  func hardLimit() {
    let bench = outlet(401, pump: 1)
    #expect(bench.holds(.pressureStop, pump: 1) && !bench.holds(.pressureHard, pump: 1))
  }

  private func dosing(_ route: CardioplegiaRoute, sinus: Double?) throws -> FactBench {
    let bench = FactBench()
    bench.put(.cardioplegiaRootPressure, sinus)
    try bench.controller.dose.begin(
      flow: .millilitersPerMinute(200), ratio: 4, hasCrystalloid: true,
      end: .volume(.milliliters(500)), total: .zero, route: route)
    bench.controller.intents[1].isStarted = true
    return bench
  }

  @Test("The sinus stops retrograde cardioplegia over 40 mmHg", .verifies("HZ-34", "AL-37"))
  func sinus() throws {
    for (route, sinus, holds) in [
      (CardioplegiaRoute.retrograde, 40.0 as Double?, false), (.retrograde, 40.1, true),
      (.antegrade, 40.1, false), (.retrograde, nil, false),
    ] {
      let bench = try dosing(route, sinus: sinus)
      #expect(bench.holds(.pressureStop, pump: 1) == holds)
      #expect(!bench.holds(.pressureStop, pump: 2) && !bench.holds(.pressureStop, pump: 0))
      bench.controller.intents[1].isStarted = false
      #expect(!bench.holds(.pressureStop, pump: 1))
    }
    let stopped = try dosing(.retrograde, sinus: 60)
    stopped.controller.intents[1].isStarted = false
    var facts = InterlockFacts()
    facts.set(.pressureStop, pump: 1, true)
    for _ in 0..<20 {
      stopped.controller.interlocks.update(facts: facts, phase: .setup, started: 0b11)
    }
    #expect(stopped.controller.interlocks.verdicts[1].needsResume)
    #expect(stopped.holds(.pressureStop, pump: 1))
  }

  @Test("A roller that does not obey a stop for air is told", .verifies("HZ-01", "AL-01"))
  func disobedient() {
    for (row, kind, isTold) in [
      (MachineRow.arterialAir, PumpKind.roller, true), (.levelAlarm, .roller, false),
      (.arterialAir, .centrifugal, false),
    ] {
      var machine = PaperMachine.adult()
      machine.pumps[0].kind = kind
      machine.responses[0, .arterialAir] = .hold
      let bench = FactBench(machine)
      #expect(!bench.holds(.airNotStopped))
      bench.stand(row)
      // Nobody can tell what the rotor does.
      #expect(bench.holds(.airNotStopped) == isTold)
      #expect(!bench.holds(.airNotStopped, pump: 1))
    }
  }

  @Test("So it is at the portal vein, and at no pump that is not a primary one")
  func disobedientElsewhere() {
    for (role, isTold) in [(PumpRole.portalVein, true), (.vent, false)] {
      var machine = PaperMachine.adult()
      machine.kind = .organ
      machine.pumps[3].role = role
      machine.responses[3, .portalVeinAir] = .stop
      let bench = FactBench(machine, phase: .exVivo)
      bench.stand(.portalVeinAir)
      #expect(bench.controller.interlocks.verdicts[3].grade == .stop)
      #expect(bench.holds(.airNotStopped, pump: 3) == isTold)
    }
  }

  @Test("A pressure that does not fall after a stop at the hard limit is told", .verifies("HZ-08"))
  func notFalling() {
    for (rows, isTold) in [([PumpRow.pressureHard], true), ([.overspeed], false)] {
      let bench = outlet(420)
      #expect(!bench.holds(.pressureNotFalling))
      bench.stand(pumpRows: rows)
      #expect(bench.holds(.pressureNotFalling) == isTold)
    }
  }

  @Test("A roller that draws 30 % over its typical current is told", .verifies("HZ-19", "AL-33"))
  func current() {
    for (typical, drawn, isPushing, kind, holds) in [
      (2.0, 2.6, true, PumpKind.roller, false), (2, 2.61, true, .roller, true),
      (2, 2.61, false, .roller, false), (2, 2.61, true, .centrifugal, false),
      (0, 2.61, true, .roller, false),
    ] {
      var machine = PaperMachine.adult()
      machine.pumps[0].kind = kind
      machine.pumps[0].roller.typicalCurrent = ElectricCurrent(amperes: typical)
      let bench = FactBench(machine)
      #expect(!bench.holds(.overOcclusion))
      if isPushing { bench.push(flow: 4.5) }
      bench.sensors.pumps[0].current = FactBench.valid(ElectricCurrent(amperes: drawn))
      #expect(bench.holds(.overOcclusion) == holds)
    }
  }

  @Test(
    "The vent is told under -80 mmHg and stops under -100 mmHg, and it alone",
    .verifies("HZ-37", "AL-42"))
  func ventSuction() {
    let bench = FactBench()
    #expect(!bench.holds(.suction, pump: 3) && !bench.holds(.ventAlert, pump: 3))
    for (pressure, isTold, stops) in [
      (-80.0, false, false), (-80.1, true, false), (-100, true, false), (-100.1, true, true),
    ] {
      bench.put(.ventPressure, pressure)
      for pump in 0..<4 {
        #expect(bench.holds(.ventAlert, pump: pump) == (isTold && pump == 3))
        #expect(bench.holds(.suction, pump: pump) == (stops && pump == 3))
      }
    }
  }

  @Test("An occlusion test older than 24 h is told, and the next one ends it", .verifies("AL-33"))
  func overdue() throws {
    var machine = PaperMachine(PaperMachine.adult())
    machine.goToSetup()
    machine.ask(.testOcclusion(0))
    machine.run(seconds: 90)
    #expect(machine.controller.checklist.contains(.occlusion))
    machine.controller.occlusion.age(by: Seconds(seconds: 86_300))
    machine.run(seconds: 0.5)
    #expect(!machine.controller.status.alarms.contains(AlarmID(33)))
    machine.controller.occlusion.age(by: Seconds(seconds: 200))
    machine.run(seconds: 0.5)
    #expect(machine.controller.status.alarms.contains(AlarmID(33)))
    #expect(!machine.controller.checklist.contains(.occlusion))
    machine.linePressure = 0
    machine.ask(.testOcclusion(0))
    machine.run(seconds: 90)
    machine.ask(.resetAlarms)
    machine.run(seconds: 1)
    #expect(!machine.controller.status.alarms.contains(AlarmID(33)))
    #expect(machine.controller.checklist.contains(.occlusion))
  }

  @Test(
    "Blood cardioplegia without arterial flow is told, but in prime", .verifies("HZ-33", "AL-40"),
    arguments: RowDrive.phases)
  func noArterialFlow(phase: Phase) {
    // The primary pump cannot starve itself, whatever a board file says of it.
    var machine = PaperMachine.adult()
    machine.pumps[0].drawsFromArterialLine = true
    for pump in 0..<4 {
      let bench = FactBench(machine, phase: phase)
      bench.controller.status.pumps[0].flow = FactBench.valid(.litersPerMinute(0.3))
      #expect(!bench.holds(.noArterialFlow, pump: pump))
      bench.controller.intents[pump].isStarted = true
      bench.controller.status.pumps[pump].commandedSpeed = .rpm(10)
      #expect(bench.holds(.noArterialFlow, pump: pump) == (pump == 1 && phase != .prime))
      bench.controller.status.pumps[0].flow = FactBench.valid(.litersPerMinute(0.31))
      #expect(!bench.holds(.noArterialFlow, pump: pump))
    }
  }
}
