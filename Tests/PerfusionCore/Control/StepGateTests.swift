import TestSupport
import Testing

@testable import PerfusionCore

@Suite("A big step of a running pump needs a second word, whatever its mode was")
struct StepGateTests {
  private func isAsked(_ answer: EventKind) -> Bool {
    if case .refused(.needsConfirmation) = answer { true } else { false }
  }

  /// The primary roller of 45 ml runs at a flow that was set as a speed.
  private func bySpeed(flow: Double, phase: Phase = .onBypass) -> FactBench {
    let bench = FactBench(phase: phase)
    let speed = RotationalSpeed.rpm(flow / 0.045)
    bench.controller.intents[0].isStarted = true
    bench.controller.intents[0].mode = .speed
    bench.controller.intents[0].setSpeed = speed
    bench.controller.status.pumps[0].commandedSpeed = speed
    bench.controller.status.pumps[0].flow = FactBench.valid(.litersPerMinute(flow))
    return bench
  }

  @Test(
    "From speed to flow a step of more than 1 L/min is asked for", .verifies("HZ-13"),
    arguments: [(6.5, true), (2.001, true), (1.999, false), (0.001, false), (1, false)])
  func speedToFlow(flow: Double, asks: Bool) {
    let answer = bySpeed(flow: 1).controller.setFlow(0, .litersPerMinute(flow), false)
    #expect(isAsked(answer) == asks)
    let confirmed = bySpeed(flow: 1).controller.setFlow(0, .litersPerMinute(flow), true)
    #expect(!isAsked(confirmed))
  }

  @Test("From flow to speed too; 22 rpm of 45 ml are 1 L/min", .verifies("HZ-13"))
  func flowToSpeed() {
    for (speed, asks) in [(100.0, false), (122, false), (122.5, true), (77.5, true), (150, true)] {
      let bench = FactBench()
      bench.push(set: 4.5, flow: 4.5, speed: 100)
      bench.controller.intents[0].mode = .flow
      bench.controller.intents[0].setFlow = .litersPerMinute(4.5)
      bench.controller.intents[0].setSpeed = .rpm(150)
      #expect(isAsked(bench.controller.setSpeed(0, .rpm(speed), false)) == asks, "\(speed)")
    }
  }

  @Test("A fifth of the full scale is asked for where that is less", .verifies("HZ-13"))
  func share() {
    for (flow, asks) in [(0.299, false), (0.301, true)] {
      var machine = PaperMachine.adult()
      machine.pumps[1].maximumFlow = .litersPerMinute(1)
      let small = FactBench(machine)
      small.controller.intents[1].isStarted = true
      small.controller.intents[1].mode = .flow
      small.controller.intents[1].setFlow = .litersPerMinute(0.1)
      #expect(isAsked(small.controller.setFlow(1, .litersPerMinute(flow), false)) == asks)
    }
    for (speed, asks) in [(1700.0, false), (1701, true), (300, false), (299, true)] {
      let bench = FactBench(centrifugal())
      bench.controller.intents[0].isStarted = true
      bench.controller.intents[0].mode = .speed
      bench.controller.intents[0].setSpeed = .rpm(1000)
      #expect(isAsked(bench.controller.setSpeed(0, .rpm(speed), false)) == asks, "\(speed)")
    }
  }

  /// A centrifugal pump of 3500 rpm.
  private func centrifugal() -> MachineConfiguration {
    var machine = PaperMachine.adult()
    machine.pumps[0].kind = .centrifugal
    machine.pumps[0].maximumSpeed = .rpm(3500)
    return machine
  }

  @Test("What flows now and cannot be known is asked for", .verifies("HZ-13"))
  func unknown() {
    for (quality, asks) in [(Quality.valid, false), (.faulted, true), (.absent, true)] {
      let bench = FactBench(centrifugal())
      bench.controller.intents[0].isStarted = true
      bench.controller.intents[0].mode = .speed
      bench.controller.status.pumps[0].flow = FactBench.valid(.litersPerMinute(4))
      bench.controller.status.pumps[0].flow.quality = quality
      #expect(isAsked(bench.controller.setFlow(0, .litersPerMinute(4.5), false)) == asks)
    }
  }

  /// An organ's pump with a full scale of 100 mmHg.
  private func organ(_ mode: PumpMode, set pressure: Double = 0) -> FactBench {
    var machine = PaperMachine.adult()
    machine.kind = .organ
    machine.pumps[0].regulatePressure = .mmHg(100)
    let bench = FactBench(machine, phase: .exVivo)
    bench.controller.intents[0].isStarted = true
    bench.controller.intents[0].mode = mode
    bench.controller.intents[0].setPressure = .mmHg(pressure)
    return bench
  }

  @Test("A pressure is measured from the present one", .verifies("HZ-13"))
  func pressure() {
    for (present, asks) in [(50.0, false), (20, true)] {
      let bench = organ(.flow)
      bench.watch(present, pump: 0)
      #expect(isAsked(bench.controller.setPressure(0, .mmHg(60), false)) == asks, "\(present)")
    }
    #expect(isAsked(organ(.flow).controller.setPressure(0, .mmHg(60), false)))
    for (wanted, asks) in [(80.0, false), (81, true), (40, false), (39, true)] {
      let bench = organ(.pressure, set: 60)
      #expect(isAsked(bench.controller.setPressure(0, .mmHg(wanted), false)) == asks)
    }
  }

  @Test(
    "Nobody is asked while nobody depends on the pump, nor for one that stands",
    .verifies("HZ-13"), arguments: RowDrive.phases)
  func unguarded(phase: Phase) {
    let bench = bySpeed(flow: 1, phase: phase)
    bench.controller.clamp.isWantedOpen = true
    let isGuarded = phase.dependsOnMachine || phase == .ready || phase == .postBypass
    #expect(isAsked(bench.controller.setFlow(0, .litersPerMinute(6.5), false)) == isGuarded)
    let standing = bySpeed(flow: 1, phase: phase)
    standing.controller.intents[0].isStarted = false
    standing.controller.status.pumps[0].commandedSpeed = .zero
    #expect(!isAsked(standing.controller.setFlow(0, .litersPerMinute(6.5), false)))
  }

  @Test("After a restart, which leaves a speed, a big flow is asked for", .verifies("HZ-13"))
  func afterRestart() {
    var machine = PaperMachine(PaperMachine.adult())
    machine.goOnBypass(flow: 1)
    machine.controller.intents[0].mode = .speed
    machine.controller.intents[0].setSpeed = .rpm(22.2)
    machine.run(seconds: 1)
    let answer = machine.answer(.setFlow(0, .litersPerMinute(6.5)))
    #expect(machine.isRefused(answer, .needsConfirmation))
  }
}
