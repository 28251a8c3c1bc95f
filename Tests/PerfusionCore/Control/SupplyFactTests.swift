import TestSupport
import Testing

@testable import PerfusionCore

@Suite("Supply, electronics, timers and platform are told from their limits on")
struct SupplyFactTests {
  /// A battery that lasts so long at 1 A, on battery.
  private func battery(seconds: Double, volts: Double = 25, phase: Phase = .onBypass) -> FactBench {
    let bench = FactBench(phase: phase)
    bench.put(.mainsGood, false)
    let charge = ElectricCharge(ampereHours: seconds / 3600)
    bench.sensors.supply.batteryCharge = FactBench.valid(charge)
    bench.sensors.supply.batteryCurrent = FactBench.valid(ElectricCurrent(amperes: 1))
    bench.sensors.supply.batteryVoltage = FactBench.valid(Voltage(volts: volts))
    bench.controller.supply.update(bench.sensors, tick: bench.controller.period)
    return bench
  }

  @Test(
    "The battery is told at 30, 15 and 5 minutes", .verifies("AL-52", "HZ-31"),
    arguments: [
      (MachineRow.batteryLow, 1800.0), (.batteryCritical, 900), (.batteryEmpty, 300),
    ])
  func remaining(row: MachineRow, limit: Double) {
    let at = battery(seconds: limit)
    #expect(at.controller.supply.remaining == Seconds(seconds: limit))
    #expect(!at.holds(row))
    let under = battery(seconds: limit - 1)
    #expect(under.holds(row) && under.holds(.mainsLost))
  }

  @Test("A voltage that is low is critical whatever the gauge counts", .verifies("HZ-32"))
  func voltage() {
    let low = battery(seconds: 7200, volts: 21)
    #expect(low.holds(.batteryCritical) && !low.holds(.batteryLow))
    let sound = battery(seconds: 7200)
    #expect(!sound.holds(.batteryCritical))
    sound.put(.mainsGood, true)
    #expect(!sound.holds(.mainsLost))
    let unknown = FactBench()
    #expect(!unknown.holds(.mainsLost))
  }

  @Test("Electronics are told over 75 and 85 degC", .verifies("AL-61", "HZ-52"))
  func electronics() {
    let bench = FactBench()
    for (row, limit) in [(MachineRow.electronicsHot, 75.0), (.electronicsCritical, 85)] {
      for (degrees, holds) in [(limit, false), (limit + 0.1, true)] {
        bench.put(.electronicsTemperature, degrees)
        #expect(bench.holds(row) == holds)
      }
    }
  }

  @Test("Ischaemia is told at 20 and at 25 minutes", .verifies("AL-41", "HZ-35"))
  func ischaemia() {
    let bench = FactBench()
    for (row, limit) in [(MachineRow.ischaemia, 1200.0), (.ischaemiaLong, 1500)] {
      for (time, holds) in [(limit - 1, false), (limit, true)] {
        bench.controller.timers.restore(.ischaemia, to: Seconds(seconds: time))
        #expect(bench.holds(row) == holds)
      }
    }
  }

  @Test("A watchdog that is not content is told outside the self test", .verifies("AL-54", "HZ-15"))
  func watchdog() {
    for phase in RowDrive.phases {
      let bench = FactBench(phase: phase)
      #expect(!bench.holds(.watchdog))
      bench.put(.watchdogGood, true)
      #expect(!bench.holds(.watchdog))
      bench.put(.watchdogGood, false)
      #expect(bench.holds(.watchdog) == (phase != .post))
    }
  }

  @Test("Pressures that were not zeroed are told under support", .verifies("AL-63", "HZ-44"))
  func zero() {
    for phase in RowDrive.phases {
      let bench = FactBench(phase: phase)
      #expect(bench.holds(.zeroOverdue) == phase.isSupporting)
      bench.controller.checklist.set(.pressuresZeroed, true)
      #expect(!bench.holds(.zeroOverdue))
    }
  }

  private static var heat: [(WritableKeyPath<ThermalFindings, Bool>, MachineRow)] {
    [
      (\.bloodWarm, .arterialTemperatureWarning), (\.bloodTooWarm, .arterialTemperatureHigh),
      (\.gradient, .gradient), (\.gradientHigh, .gradientHigh), (\.rewarmTooFast, .rewarmRate),
      (\.bathHigh, .bathHigh), (\.cutOutTripped, .bathHigh), (\.bathLow, .bathLow),
      (\.waterLost, .waterFlow), (\.waterLostWhileHeating, .waterFlowHeating),
      (\.sensorFault, .temperatureSensor), (\.arterialSensorFault, .arterialTemperatureSensor),
      (\.coldBlood, .coldBlood), (\.uncommandedHeating, .uncommandedHeating),
    ]
  }

  @Test("Every finding of a water circuit states its row and no other", .verifies("HZ-22"))
  func waterCircuit() {
    for (finding, row) in Self.heat {
      var findings = ThermalFindings()
      findings[keyPath: finding] = true
      var facts = InterlockFacts()
      FactBench().controller.state(findings, &facts)
      #expect(facts.machine == 1 << UInt128(row.rawValue), "\(row)")
    }
  }

  @Test("A rise of 20 ml a minute is no leak yet", .verifies("HZ-27"))
  func leakLimit() {
    let bench = FactBench()
    bench.put(.patientBathFilled, false)
    for sample in 0...10 {
      bench.controller.timeToEmpty.update(
        tick: Tick(count: UInt64(20 * sample)),
        volume: FactBench.valid(.milliliters(0.03333333333333334 * Double(sample))))
    }
    #expect(bench.controller.timeToEmpty.rate == .litersPerMinute(0.02))
    #expect(!bench.holds(.waterLeak))
  }

  @Test("Water leaks when the tank is low and the reservoir rises", .verifies("HZ-27", "AL-48"))
  func leak() {
    for (rise, isFilled, holds) in [
      (0.021, false, true), (0.019, false, false), (0.021, true, false), (1, false, true),
    ] {
      let bench = FactBench()
      for tick in 1...400 {
        // L/min to ml in a tick of 5 ms.
        bench.controller.timeToEmpty.update(
          tick: Tick(count: UInt64(tick)),
          volume: FactBench.valid(.milliliters(1000 + rise / 0.012 * 0.001 * Double(tick))))
      }
      #expect(!bench.holds(.waterLeak))
      bench.put(.patientBathFilled, isFilled)
      #expect(bench.holds(.waterLeak) == holds, "\(rise) L/min")
    }
  }
}

@Suite("What platform and controller find out about themselves is told, each as its own")
struct PlatformFactTests {
  static let told: [(PlatformFinding, [MachineRow])] = [
    (.configurationFault, [.configurationFault]), (.torqueTest, [.torqueTest]),
    (.watchdogTestOverdue, [.watchdogTestOverdue]), (.maintenanceOverdue, [.maintenanceOverdue]),
    (.disinfectionOverdue, [.disinfectionOverdue]), (.logStorage, [.logStorage]),
    (.displayLost, [.displayLost, .displayLostLong]), (.busFault, [.busFault]),
    (.safetyBusFault, [.safetyBusFault]), (.loopOverrun, [.loopOverrun]),
    (.loopOverrunMany, [.loopOverrunMany]), (.clockDisagrees, [.clockDisagrees]),
    (.batteryUnfit, [.batteryUnfit]),
  ]

  @Test("Every finding states its rows and no other")
  func findings() {
    #expect(Self.told.count == PlatformFinding.count)
    for (finding, rows) in Self.told {
      let bench = FactBench(phase: .standby)
      bench.put(level: 1000)
      #expect(bench.facts.machine == 0)
      bench.sensors.platform.set(finding, true)
      let expected = rows.reduce(UInt128(0)) { $0 | 1 << UInt128($1.rawValue) }
      #expect(bench.facts.machine == expected, "\(finding)")
    }
  }

  @Test("A restart that took a machine over is told once, in whatever phase", .verifies("HZ-55"))
  func restarted() {
    for phase in RowDrive.phases {
      for start in [StartKind.powerOn, .adoptedOtherSpeed] {
        let bench = FactBench(phase: phase)
        bench.controller.status.start = start
        #expect(!bench.holds(.controllerRestarted) && !bench.holds(.adoptedOtherSpeed))
        bench.controller.hasJustAdopted = true
        let facts = bench.facts.machine
        let bit = { (row: MachineRow) in facts & (1 << UInt128(row.rawValue)) != 0 }
        #expect(bit(.controllerRestarted))
        #expect(bit(.adoptedOtherSpeed) == (start == .adoptedOtherSpeed))
        #expect(!bench.holds(.controllerRestarted) && !bench.holds(.adoptedOtherSpeed))
      }
    }
  }

  @Test("A watchdog that was not made to bite for 24 h is told, later only", .verifies("AL-60"))
  func watchdogTest() {
    let bench = FactBench(phase: .standby)
    bench.controller.watchdogTestAge = .minutes(1440)
    #expect(!bench.holds(.watchdogTestOverdue))
    bench.controller.watchdogTestAge = .minutes(1440.1)
    #expect(bench.holds(.watchdogTestOverdue))
  }

  @Test("Power-on time and check sum are looked at every ten seconds", .verifies("AL-60", "HZ-50"))
  func watch() {
    let bench = FactBench(phase: .standby)
    bench.controller.configuration.subject.bodySurfaceArea = 2.5
    for tick in UInt64(1)...2000 {
      bench.controller.tick = Tick(count: tick)
      bench.controller.watchItself()
      let isLooked = tick == 2000
      #expect(bench.controller.watchdogTestAge == Seconds(seconds: isLooked ? 10 : 0))
      #expect(bench.holds(.configurationFault) == isLooked)
    }
  }

  @Test("A memory fault of latches or of limits is told", .verifies("AL-58", "HZ-50"))
  func memory() {
    let latches = FactBench(phase: .standby)
    latches.controller.interlocks.memoryFault = true
    #expect(latches.holds(.memoryFault))
    let limits = FactBench(phase: .standby)
    limits.controller.limitPairs.check(0, 0)
    #expect(limits.holds(.memoryFault))
  }
}
