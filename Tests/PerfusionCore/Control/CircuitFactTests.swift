import TestSupport
import Testing

@testable import PerfusionCore

/// Conditions of the circuit, just short of their limits (docs/domain.md section 9) and just past.
@Suite("Each condition of the circuit is stated from its limit on, and not short of it")
struct CircuitFactTests {
  @Test(
    "Pressures",
    .verifies("AL-09", "AL-13", "AL-16", "AL-17", "AL-18", "AL-19", "HZ-09", "HZ-12", "HZ-38"),
    .verifies("HZ-39"),
    arguments: [
      (.linePressureAlert, .arterialLinePressure, 250, 250.1),
      (.preOxygenatorHigh, .preOxygenatorPressure, 350, 350.1),
      (.suctionAlert, .pumpInletPressure, -80, -80.1),
      (.suctionAlarm, .pumpInletPressure, -150, -150.1),
      (.reservoirVacuum, .reservoirPressure, -60, -60.1),
      (.reservoirPositive, .reservoirPressure, 10, 10.1),
    ] as [(MachineRow, PressureSite, Double, Double)])
  func pressures(row: MachineRow, site: PressureSite, short: Double, past: Double) {
    let bench = FactBench()
    #expect(!bench.holds(row))
    bench.put(site, short)
    #expect(!bench.holds(row))
    bench.put(site, past)
    #expect(bench.holds(row))
    bench.sensors.pressures[site].quality = .faulted
    #expect(!bench.holds(row))
  }

  @Test("The drop over the oxygenator", .verifies("AL-14", "AL-15", "HZ-09"))
  func oxygenator() {
    let bench = FactBench()
    bench.put(.preOxygenatorPressure, 250)
    for (row, drop) in [(MachineRow.oxygenatorDropAlert, 100.0), (.oxygenatorDropAlarm, 200)] {
      bench.put(.arterialLinePressure, 250 - drop)
      #expect(!bench.holds(row))
      bench.put(.arterialLinePressure, 249.9 - drop)
      #expect(bench.holds(row))
    }
  }

  @Test("A low line pressure counts only at flow", .verifies("AL-12", "HZ-56"))
  func lowLine() {
    let bench = FactBench()
    for (pressure, flow, holds) in [(9.9, 1.1, true), (10, 1.1, false), (9.9, 1, false)] {
      bench.push(flow: flow)
      bench.put(.arterialLinePressure, pressure)
      #expect(bench.holds(.linePressureLow) == holds)
    }
    bench.controller.status.pumps[0].flow.quality = .faulted
    #expect(!bench.holds(.linePressureLow))
  }

  @Test("The line pressure is the mean of the pump that watches it, and of no other")
  func meanLine() {
    for (watching, mean, holds) in [(0, 260.0, true), (1, 260, false), (0, 240, false)] {
      var machine = PaperMachine.adult()
      machine.pumps[0].hasPressureLimit = watching == 0
      machine.pumps[1].hasPressureLimit = true
      machine.pumps[1].outletPressure = .cardioplegiaLinePressure
      let bench = FactBench(machine)
      bench.watch(mean, pump: watching)
      bench.put(.arterialLinePressure, 100)
      #expect(bench.holds(.linePressureAlert) == holds)
    }
  }

  @Test(
    "A clot in the oxygenator is told before its drop is, by half and by one and a half",
    .verifies("HZ-09", "AL-14", "AL-15"),
    arguments: [(0.8, false), (1.4, false), (1.6, true)])
  func clot(growth: Double, isBlocked: Bool) {
    let bench = FactBench()
    for tick in 0..<6400 {
      // 15 s as it should be, 4 s in which the clot grows, 13 s with it.
      let drop = 51.2 * (1 + growth * min(max(Double(tick - 3000) / 800, 0), 1))
      bench.controller.line.update(
        tick: Tick(count: UInt64(tick)),
        inputs: LineInputs(
          preOxygenator: FactBench.valid(.mmHg(170 + drop)),
          postOxygenator: FactBench.valid(.mmHg(170)), inlet: FactBench.valid(.mmHg(-20)),
          arterial: FactBench.valid(.mmHg(65)), flow: FactBench.valid(.litersPerMinute(4)),
          speed: FactBench.valid(.rpm(90)), blood: FactBench.valid(.celsius(37))))
      if tick == 3000 { #expect(!bench.holds(.oxygenatorDropAlert)) }
    }
    #expect(bench.holds(.oxygenatorDropAlert) && !bench.holds(.disconnection))
    #expect(bench.holds(.oxygenatorDropAlarm) == isBlocked)
  }

  @Test(
    "Flow over 1.2 of the pump's largest is told, however it is set and by whatever pump",
    .verifies("HZ-57", "AL-22"), arguments: [PumpKind.roller, .centrifugal])
  func excess(kind: PumpKind) {
    var machine = PaperMachine.adult()
    machine.pumps[0].kind = kind
    machine.pumps[0].maximumFlow = .litersPerMinute(5)
    let bench = FactBench(machine)
    #expect(!bench.holds(.flowExcess))
    bench.push(flow: 6)
    bench.controller.status.pumps[0].mode = .speed
    #expect(!bench.holds(.flowExcess))
    bench.push(flow: 6.01)
    bench.controller.status.pumps[0].mode = .speed
    #expect(bench.holds(.flowExcess))
    bench.stand(.flowExcess)
    #expect(bench.controller.interlocks.verdicts[0].grade == .hold)
  }

  @Test("A line sensor that is fitted and unusable, and none other, is told", .verifies("HZ-48"))
  func lineSensor() {
    let bench = FactBench()
    #expect(!bench.holds(.pressureSensor))
    bench.put(.arterialLinePressure, 150)
    #expect(!bench.holds(.pressureSensor))
    bench.sensors.pressures[.arterialLinePressure].quality = .outOfRange
    #expect(bench.holds(.pressureSensor))
  }

  @Test("Both contacts of the emergency stop act, one alone is told", .verifies("HZ-10"))
  func emergencyStop() {
    for (first, second) in [(false, false), (true, false), (false, true), (true, true)] {
      let bench = FactBench()
      bench.put(.emergencyStopFirst, first)
      bench.put(.emergencyStopSecond, second)
      #expect(bench.holds(.emergencyStop) == (first && second))
      #expect(bench.holds(.emergencyStopContacts) == (first != second))
    }
    let bench = FactBench()
    #expect(!bench.holds(.emergencyStop) && !bench.holds(.emergencyStopContacts))
    for contact in [SwitchSite.emergencyStopFirst, .emergencyStopSecond] {
      let lone = FactBench()
      lone.put(contact, true)
      #expect(!lone.holds(.emergencyStop) && lone.holds(.emergencyStopContacts))
    }
  }

  @Test("A closed clamp counts only against a pump that pushes", .verifies("AL-35", "HZ-04"))
  func closedClamp() {
    var machine = PaperMachine.adult()
    machine.responses[0, .arterialAir] = .hold
    let bench = FactBench(machine)
    bench.put(.arterialClampIsClosed, true)
    #expect(!bench.holds(.clampClosedRunning))
    bench.push(flow: 4.5)
    #expect(bench.holds(.clampClosedRunning))
    bench.controller.status.pumps[0].commandedSpeed = .zero
    #expect(!bench.holds(.clampClosedRunning))
    bench.push(flow: 4.5)
    bench.put(.arterialClampIsClosed, false)
    #expect(!bench.holds(.clampClosedRunning))
    bench.put(.arterialClampIsClosed, true)
    bench.stand(.arterialAir)
    #expect(bench.controller.interlocks.verdicts[0].grade == .zeroFlow)
    #expect(!bench.holds(.clampClosedRunning))
  }

  @Test("The vent is isolated once the primary pump stands", .verifies("HZ-01", "HZ-56"))
  func isolation() {
    let bench = FactBench()
    #expect(!bench.holds(.isolation) && !bench.holds(.isolationVent))
    bench.controller.asksIsolation = true
    #expect(bench.holds(.isolation) && !bench.holds(.isolationVent))
    bench.stand(.isolation)
    #expect(bench.holds(.isolationVent))
    bench.controller.status.pumps[0].measuredSpeed = FactBench.valid(.rpm(20))
    #expect(!bench.holds(.isolationVent))
  }
}

@Suite("Air and level are stated as the detectors and the reservoir show them")
struct AirAndLevelFactTests {
  @Test(
    "Air of the shortest length counts at each detector for its own row", .verifies("HZ-01"),
    arguments: [
      (.arterialBubble, [.arterialAir, .massiveAir]), (.venousBubble, [.venousAir]),
      (.cardioplegiaBubble, [.cardioplegiaAir]), (.portalVeinBubble, [.portalVeinAir]),
    ] as [(AirSite, [MachineRow])])
  func air(site: AirSite, rows: [MachineRow]) {
    let bench = FactBench()
    let all: [MachineRow] = [
      .arterialAir, .massiveAir, .venousAir, .cardioplegiaAir, .portalVeinAir,
    ]
    for (length, counts) in [(Int32(1999), false), (2000, true)] {
      bench.put(site, length)
      for row in all { #expect(bench.holds(row) == (counts && rows.contains(row))) }
    }
  }

  @Test("A millilitre of venous foam counts", .verifies("AL-03", "HZ-40"))
  func foam() {
    for (flow, counts) in [(12.0, true), (11.9, false)] {
      let bench = FactBench()
      bench.controller.air.follow(
        FactBench.seen(5000), flow: .litersPerMinute(flow), tick: bench.controller.period)
      #expect((bench.controller.air.venousVolume == 1) == counts)
      #expect(bench.holds(.venousAir) == counts)
    }
  }

  @Test(
    "A detector that failed its test is told from standby on", .verifies("AL-02", "HZ-41"),
    arguments: RowDrive.phases)
  func detector(phase: Phase) {
    for site in [AirSite.arterialBubble, .portalVeinBubble] {
      let bench = FactBench(phase: phase)
      bench.put(site, 0)
      #expect(!bench.holds(.arterialAirSensor))
      bench.put(site, 0, isTested: false)
      #expect(bench.holds(.arterialAirSensor) == (phase != .off && phase != .post))
    }
  }

  @Test("Levels", .verifies("HZ-02", "AL-05", "AL-06", "AL-08"))
  func levels() {
    let bench = FactBench()
    for (level, alert, alarm, over) in [
      (301.0, true, false, false), (300, true, true, false), (500, true, false, false),
      (501, false, false, false), (3600, false, false, false), (3601, false, false, true),
    ] {
      bench.put(level: level)
      #expect(bench.holds(.levelAlert) == alert, "\(level) ml")
      #expect(bench.holds(.levelAlarm) == alarm, "\(level) ml")
      #expect(bench.holds(.levelOverfull) == over, "\(level) ml")
      #expect(!bench.holds(.levelSensor) && !bench.holds(.levelUnmeasured))
    }
    bench.stand(.levelAlarm)
    bench.put(level: 400)
    #expect(bench.holds(.levelAlarm))
    bench.put(level: 401)
    #expect(!bench.holds(.levelAlarm))
    bench.controller.configuration.reservoir.isFitted = false
    bench.put(level: 100)
    #expect(!bench.holds(.levelAlert) && !bench.holds(.levelAlarm))
  }

  @Test("Switches of the reservoir act beside the sensor and stand in for it", .verifies("HZ-42"))
  func switches() {
    let bench = FactBench()
    bench.put(level: nil)
    #expect(bench.holds(.levelUnmeasured) && !bench.holds(.levelSensor))
    for (site, row) in [
      (SwitchSite.reservoirAboveAlert, MachineRow.levelAlert), (.reservoirAboveAlarm, .levelAlarm),
    ] {
      let bench = FactBench()
      for isAbove in [true, false] {
        bench.put(site, isAbove)
        bench.put(level: nil)
        #expect(bench.holds(row) != isAbove)
        #expect(bench.holds(.levelSensor) && !bench.holds(.levelUnmeasured))
      }
    }
  }

  @Test("A switch that opens out of turn is told as a sensor's fault", .verifies("HZ-42", "AL-07"))
  func untrueSwitch() {
    let bench = FactBench()
    for isAbove in [true, false] {
      bench.controller.levelWitness.update(
        FactBench.valid(.milliliters(1200)), aboveAlert: FactBench.valid(true),
        aboveAlarm: FactBench.valid(isAbove), bench.controller.configuration.reservoir,
        isDoubted: false, tick: bench.controller.period)
      #expect(bench.holds(.levelSensor) != isAbove)
      #expect(!bench.holds(.levelUnmeasured) && !bench.holds(.levelAlarm))
    }
  }

  @Test("A reservoir that empties within 10 s is told, and one within 4 s alarms", .verifies("C10"))
  func timeToEmpty() {
    for (fall, alert, alarm) in [(10.0, false, false), (25, true, false), (50, true, true)] {
      let bench = FactBench()
      var level = 1500.0
      for tick in 1...200 {
        level -= fall / 20
        bench.controller.timeToEmpty.update(
          tick: Tick(count: UInt64(tick)), volume: FactBench.valid(.milliliters(level)))
      }
      bench.put(level: level)
      #expect(bench.holds(.levelAlert) == alert && bench.holds(.levelAlarm) == alarm)
    }
  }
}
