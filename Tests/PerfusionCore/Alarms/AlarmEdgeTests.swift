import TestSupport
import Testing

@testable import PerfusionCore

/// The alarm system's rarer ways: inactivations that outlive a restart, alarms that are switched on
/// again, and numbers that stand for nothing.
@Suite("The alarm system's inactivations go on after a restart, and nothing unknown is silent")
struct AlarmEdgeTests {
  @Test(
    "A pause goes on after a restart with what was left of it, and not when its time is over",
    .verifies("HZ-46"))
  func pauseGoesOn() {
    for (gap, left) in [(0, 1000), (400, 600), (999, 1), (1000, 0), (5000, 0)] {
      var bench = AlarmBench()
      bench.system.goOnPaused(.audioPaused, ticks: 1000, gap: UInt64(gap))
      #expect(bench.system.pauseTicks == UInt64(left))
      #expect(bench.system.audio.left == .milliseconds(5) * Double(left))
      #expect((bench.system.audio.inactivation == .audioPaused) == (left > 0))
    }
    var never = AlarmBench()
    never.system.goOnPaused(.none, ticks: 1000, gap: 0)
    #expect(never.system.pauseTicks == 0)
    #expect(never.system.audio.inactivation == .none)
  }

  @Test("A pause that was kept counts on though nothing else has changed since the start")
  func pauseCountsOn() {
    var bench = AlarmBench(phase: .off)
    bench.system.goOnPaused(.audioPaused, ticks: 1000, gap: 0)
    bench.run(ticks: 999)
    #expect(bench.system.audio.inactivation == .audioPaused)
    bench.run()
    #expect(bench.system.audio.inactivation == .none)
  }

  @Test("A pause shorter than a tick ends with the next one")
  func pauseWithinATick() {
    var bench = AlarmBench()
    bench.system = AlarmSystem(tickMicroseconds: 121_000_000)
    #expect(bench.inactivate(.audioPaused) == nil)
    bench.run()
    #expect(bench.system.audio.inactivation == .none)
  }

  @Test("No pause that was kept lasts longer than 120 s; one without a time stays without one")
  func pauseIsBounded() {
    var bench = AlarmBench()
    bench.system.goOnPaused(.alarmPaused, ticks: 1_000_000, gap: 0)
    #expect(bench.system.pauseTicks == 24_000)
    var off = AlarmBench(phase: .standby)
    off.system.goOnPaused(.audioOff, ticks: 0, gap: 1_000_000)
    #expect(off.system.audio.inactivation == .audioOff && off.system.pauseTicks == 0)
  }

  @Test(
    "A pause ends by itself to the tick, is told, and the alarm sounds again", .verifies("HZ-46"))
  func pauseEnds() {
    var bench = AlarmBench()
    bench.put(22, .medium)
    bench.run(seconds: 3)
    #expect(bench.inactivate(.audioPaused) == nil)
    bench.run(ticks: 23_999)
    #expect(bench.system.audio.inactivation == .audioPaused)
    bench.run(ticks: 1)
    #expect(bench.system.audio.inactivation == .none)
    #expect(bench.sounds(within: 12) == true)
  }

  @Test("An alarm that was switched off is recorded when it is switched on again")
  func switchedOn() {
    var bench = AlarmBench(phase: .setup)
    #expect(bench.switchAlarm(8, isOn: true) == .nothingToDo)
    #expect(bench.switchAlarm(8, isOn: false) == nil)
    #expect(bench.switchAlarm(8, isOn: true) == nil)
    #expect(bench.entries.map(\.kind) == [.switchedOff, .switchedOn])
    #expect(bench.entries.allSatisfy { $0.alarm == AlarmID(8) && $0.decision == 7 })
  }

  @Test("A reminder sounds while nothing else does, once")
  func reminder() {
    var generator = SignalGenerator(tickMicroseconds: 5000)
    let before = generator.update(audible: nil, visible: nil)
    #expect(!before.buzzer)
    generator.remind()
    var ticksOn = 0
    for _ in 0..<2000 where generator.update(audible: nil, visible: nil).buzzer { ticksOn += 1 }
    #expect(ticksOn == 40)
    let after = generator.update(audible: nil, visible: .low)
    #expect(!after.buzzer && after.cyan)
    let steady = FlashPattern(.low, tickMicroseconds: 5000)
    #expect(steady.period == 1 && steady.on == 1)
  }

  @Test("Each part of a burst is rounded to the nearest tick, and is never left out")
  func rounding() {
    for (microseconds, tick, ticks) in [
      (200_000, 7000, 29), (100_000, 7000, 14), (100_000, 8000, 13), (100_000, 300_000, 1),
    ] as [(UInt32, UInt32, UInt32)] {
      #expect(BurstPattern.ticks(microseconds, tick) == ticks)
    }
  }

  @Test("How long an alarm stands counts from when it was raised")
  func elapsed() {
    let alarm = StandingAlarm(
      id: AlarmID(20), priority: .high, state: .active, since: Tick(count: 100),
      acknowledgement: nil)
    #expect(alarm.elapsed(at: Tick(count: 300), period: .milliseconds(5)) == .milliseconds(1000))
  }

  @Test("Priority, then the newer, then the lower number comes first, and none before itself")
  func precedence() {
    func alarm(_ id: UInt8, _ priority: AlarmPriority, _ tick: UInt64) -> StandingAlarm {
      StandingAlarm(id: AlarmID(id), priority: priority, since: Tick(count: tick))
    }
    let order = [
      alarm(20, .high, 1), alarm(9, .medium, 5), alarm(5, .medium, 4), alarm(8, .medium, 4),
    ]
    for first in order.indices {
      for second in order.indices {
        #expect(StandingAlarm.precedes(order[first], order[second]) == (first < second))
      }
    }
  }

  @Test("A number outside the catalogue reads as an unknown alarm that cannot be switched off")
  func unknown() {
    for number in [UInt8(0), 68, 127] {
      let entry = AlarmCatalogue.entry(AlarmID(number))
      #expect(entry.priority == .medium && entry.override == .never)
      #expect("\(entry.text.title)" == "UNKNOWN ALARM")
    }
    for part in [
      AlarmCatalogue.airAndLevel(99), AlarmCatalogue.pressure(99), AlarmCatalogue.flowAndPump(99),
      AlarmCatalogue.clampAndCardioplegia(99), AlarmCatalogue.heat(99), AlarmCatalogue.machine(99),
    ] {
      #expect("\(part.text.title)" == "UNKNOWN ALARM" && part.override == .never)
    }
  }

  @Test("An alarm outside the catalogue is told and acknowledged like any other")
  func unknownTold() {
    for number in UInt8(68)...127 {
      var bench = AlarmBench()
      bench.put(number, .medium)
      bench.run()
      #expect(bench.acknowledge(number) == nil)
      bench.run()
      #expect(bench.standing(number)?.since == Tick(count: 1))
      #expect(bench.standing(number)?.acknowledgement?.source == .link)
    }
  }

  @Test("What cannot be raised says why, and every list ends where it says")
  func counts() {
    let reasons = [UnraisedReason.needsIndependentSupervisor, .hasNoSensor].map { "\($0.words)" }
    #expect(
      Set(reasons).count == 2 && reasons.allSatisfy { $0.hasPrefix("only") || $0.hasPrefix("no") })
    #expect(AlarmLogKind(rawValue: UInt8(AlarmLogKind.count)) == nil)
    #expect(AlarmLogKind(rawValue: UInt8(AlarmLogKind.count - 1)) != nil)
    #expect(AlarmLimit(rawValue: UInt8(AlarmLimit.count)) == nil)
    #expect(AlarmLimit(rawValue: UInt8(AlarmLimit.count - 1)) != nil)
    #expect(AlarmInactivation(rawValue: UInt8(AlarmInactivation.count)) == nil)
    #expect(AlarmInactivation(rawValue: UInt8(AlarmInactivation.count - 1)) != nil)
    #expect(InactivationEnd(rawValue: UInt8(InactivationEnd.count)) == nil)
    #expect(InactivationEnd(rawValue: UInt8(InactivationEnd.count - 1)) != nil)
  }
}
