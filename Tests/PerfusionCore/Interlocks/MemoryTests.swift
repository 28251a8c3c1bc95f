import TestSupport
import Testing

@testable import PerfusionCore

/// Bits that turn over in memory (docs/domain.md C1, RAM complement; HZ-50).
@Suite("Limits and latches are kept twice")
struct MemoryTests {
  private func machine() -> Controller {
    Controller(configuration: ExpectedRow.machine(.roller))
  }

  @Test(
    "A bit of a limit that turns over is found within 0.25 s", .verifies("HZ-50", "AL-58"),
    arguments: 0..<64)
  func limits(bit: UInt64) {
    var controller = machine()
    for index in 0..<LimitPairs.count {
      controller.limitPairs.check(index, controller.limitWord(index))
    }
    #expect(!controller.limitPairs.isBroken)
    let sound = controller.configuration.limits.pressureHard.base
    let turned = Double(bitPattern: sound.bitPattern ^ (1 << bit))
    controller.configuration.limits.pressureHard = Pressure(base: turned)
    for tick in 1...UInt64(LimitPairs.count) {
      controller.tick = Tick(count: tick)
      controller.watchItself()
    }
    #expect(controller.limitPairs.isBroken)
  }

  @Test(
    "So is one of the reservoir's volumes and of the coronary sinus", .verifies("HZ-02", "HZ-34"))
  func otherLimits() {
    let damages: [(inout Controller) -> Void] = [
      { $0.configuration.reservoir.alert = .milliliters(0) },
      { $0.configuration.reservoir.alarm = .milliliters(0) },
      { $0.configuration.reservoir.resume = .milliliters(0) },
      { $0.configuration.reservoir.alarmTime = .zero },
      { $0.configuration.limits.coronarySinusStop = .mmHg(400) },
      { $0.configuration.limits.ventSuction = .mmHg(-1000) },
      { $0.configuration.limits.overspeed = .rpm(500) },
      { $0.configuration.airDetection.shortestAir = 200_000 },
    ]
    for damage in damages {
      var controller = machine()
      damage(&controller)
      for tick in 1...UInt64(LimitPairs.count) {
        controller.tick = Tick(count: tick)
        controller.watchItself()
      }
      #expect(controller.limitPairs.isBroken)
    }
  }

  @Test("So is one of the complement itself", .verifies("HZ-50"), arguments: 0..<LimitPairs.count)
  func complements(index: Int) {
    var controller = machine()
    controller.limitPairs.complements[index] ^= 1 << UInt64(index)
    for tick in 1...UInt64(LimitPairs.count) {
      controller.tick = Tick(count: tick)
      controller.watchItself()
    }
    #expect(controller.limitPairs.isBroken)
  }

  @Test("A limit that the operator moves is no fault")
  func moved() {
    var controller = machine()
    controller.phase = .setup
    var events = EventList()
    let command = OperatorCommand(decision: 1, source: .panel, action: .resetAlarms)
    let refusal = controller.setAlarmLimit(AlarmID(9), .mmHg(280), command, &events)
    #expect(refusal == nil)
    for tick in 1...4000 {
      controller.tick = Tick(count: UInt64(tick))
      controller.watchItself()
    }
    #expect(!controller.limitPairs.isBroken)
    #expect(controller.isConfigurationSound)
  }

  @Test("A changed byte of the configuration is found while the machine runs", .verifies("HZ-50"))
  func configuration() {
    var controller = machine()
    controller.configuration.subject.bodySurfaceArea = 2.5
    controller.tick = Tick(count: 2000)
    controller.watchItself()
    #expect(!controller.isConfigurationSound)
  }

  /// Interlocks with a latched stop of the primary pump.
  private func stopped() -> Interlocks {
    var interlocks = Interlocks(configuration: ExpectedRow.machine(.roller))
    var facts = InterlockFacts()
    facts.set(.arterialAir, true)
    for _ in 0..<3 { interlocks.update(facts: facts, phase: .onBypass, started: 1) }
    for _ in 0..<400 { interlocks.update(facts: InterlockFacts(), phase: .onBypass, started: 1) }
    return interlocks
  }

  @Test("Latches that nobody touched are no fault")
  func untouched() {
    var interlocks = stopped()
    #expect(interlocks.verdicts[0].needsResume)
    #expect(!interlocks.memoryFault)
    #expect(interlocks.resume(0) == nil)
    for _ in 0..<100 {
      interlocks.update(facts: InterlockFacts(), phase: .onBypass, started: 1)
    }
    #expect(!interlocks.memoryFault)
    #expect(interlocks.verdicts[0].grade == .none)
  }

  @Test(
    "A latch that a bit has lost is found within 0.1 s, told, and stays latched",
    .verifies("HZ-50", "HZ-16"), arguments: 0..<4)
  func lostLatch(which: Int) {
    var interlocks = stopped()
    switch which {
    case 0: interlocks.held[0].grade = .none
    case 1: interlocks.held[0].machineRows = 0
    case 2: interlocks.machine.release(~0)
    default: interlocks.held[0].closesClamp.toggle()
    }
    for _ in 0..<21 {
      interlocks.update(facts: InterlockFacts(), phase: .onBypass, started: 1)
    }
    #expect(interlocks.memoryFault)
    #expect(interlocks.verdicts[0].grade == .stop)
    #expect(interlocks.verdicts[0].needsResume)
  }

  @Test("Latches are looked at every 20 ticks", .verifies("HZ-50"))
  func looks() {
    var delays: Set<Int> = []
    for wait in 0..<20 {
      var interlocks = stopped()
      for _ in 0..<wait {
        interlocks.update(facts: InterlockFacts(), phase: .onBypass, started: 1)
      }
      interlocks.held[0].machineRows = 0
      let delay = (1...100).first { _ in
        interlocks.update(facts: InterlockFacts(), phase: .onBypass, started: 1)
        return interlocks.memoryFault
      }
      delays.insert(delay ?? 0)
    }
    #expect(delays == Set(1...20))
  }

  @Test("A bit of the copy alone stops nothing that is not latched", .verifies("HZ-16"))
  func flippedCopy() {
    var interlocks = Interlocks(configuration: ExpectedRow.machine(.roller))
    for _ in 0..<3 { interlocks.update(facts: InterlockFacts(), phase: .onBypass, started: 1) }
    interlocks.mirrors[0].latched ^= 1 << 3
    for _ in 0..<21 {
      interlocks.update(facts: InterlockFacts(), phase: .onBypass, started: 1)
    }
    #expect(interlocks.memoryFault)
    #expect(interlocks.verdicts[0].grade == .none)
  }
}
