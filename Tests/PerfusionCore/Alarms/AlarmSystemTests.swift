import TestSupport
import Testing

@testable import PerfusionCore

@Suite("Alarms are told, noted, silenced and reminded of as the operator may rely on")
struct AlarmSystemTests {
  @Test("The list is sorted by priority and then newest first")
  func order() {
    var bench = AlarmBench()
    for (alarm, priority) in [
      (9, AlarmPriority.medium), (20, .high), (41, .low), (5, .medium), (21, .high), (63, .low),
    ] {
      bench.put(UInt8(alarm), priority)
      bench.run()
    }
    let list = bench.system.list.indices.map { bench.system.list[$0].id.number }
    #expect(list == [21, 20, 5, 9, 63, 41])
    #expect(bench.standing(9)?.since == Tick(count: 1))
  }

  @Test("With all 67 alarms the list keeps the most urgent and the newest of them")
  func fullList() {
    var bench = AlarmBench()
    for number in AlarmCatalogue.numbers {
      bench.put(number, number % 3 == 0 ? .high : number % 3 == 1 ? .medium : .low)
      bench.run()
    }
    #expect(bench.system.told.count == 67)
    let list = bench.system.list.indices.map { bench.system.list[$0] }
    #expect(list.count == 32)
    #expect(list.filter { $0.priority == .high }.count == 22)
    #expect(list.suffix(10).allSatisfy { $0.priority == .medium })
    #expect(list[22].id == AlarmID(67))
  }

  @Test("Acknowledging silences one alarm, keeps it on the screen, and says who and when")
  func acknowledge() {
    var bench = AlarmBench()
    bench.put(20, .high)
    bench.run(seconds: 1)
    #expect(bench.acknowledge(20) == nil)
    bench.run(seconds: 4)
    #expect(bench.sounds(within: 20) == false)
    #expect(
      bench.standing(20)?.acknowledgement == Acknowledgement(source: .link, tick: Tick(count: 200)))
    #expect(
      bench.count {
        if case .acknowledged(AlarmID(20), .link) = $0 { true } else { false }
      } == 1)
    #expect(bench.entries.contains { $0.kind == .acknowledged && $0.decision == 7 })
    #expect(bench.acknowledge(20) == .nothingToDo)
    #expect(bench.acknowledge(21) == .nothingToDo)
    #expect(bench.acknowledge() == nil)
  }

  @Test("A new alarm of the same priority sounds though the old one is acknowledged")
  func newBesideNoted() {
    var bench = AlarmBench()
    bench.put(20, .high)
    bench.run(seconds: 1)
    #expect(bench.acknowledge() == nil)
    bench.run(seconds: 4)
    bench.put(21, .high)
    #expect(bench.sounds(within: 0.005) == true)
  }

  @Test("An acknowledged alarm sounds again when its cause comes back or its priority rises")
  func soundsAgain() {
    var bench = AlarmBench()
    bench.put(12, .medium)
    bench.run(seconds: 1)
    #expect(bench.acknowledge() == nil)
    bench.run(seconds: 1)
    bench.put(12, .medium, isActive: false)
    bench.run()
    #expect(bench.standing(12)?.state == .latched)
    #expect(bench.standing(12)?.acknowledgement != nil)
    bench.put(12, .medium)
    #expect(bench.sounds(within: 0.005) == true)
    #expect(bench.standing(12)?.acknowledgement == nil)
    #expect(bench.acknowledge() == nil)
    bench.run(seconds: 2)
    bench.put(12, .high)
    #expect(bench.sounds(within: 0.005) == true)
    #expect(bench.standing(12)?.since == Tick(count: 1))
    #expect(
      bench.count { if case .alarmRose(AlarmID(12), .high, _) = $0 { true } else { false } } == 1)
  }

  @Test(
    "A class C alarm stays audible after it was acknowledged", arguments: [18, 29, 51] as [UInt8])
  func classC(_ alarm: UInt8) {
    var bench = AlarmBench()
    bench.put(alarm, alarm == 51 ? .medium : .high)
    bench.run(seconds: 0.5)
    #expect(bench.acknowledge(alarm) == nil)
    bench.run(seconds: 3.5)
    #expect(bench.sounds(within: 8) == true)
    #expect(bench.standing(alarm)?.acknowledgement != nil)
  }

  @Test("Latched alarms keep sound and lamp until they are reset; others end with their cause")
  func latching() {
    var bench = AlarmBench()
    bench.put(12, .high)
    bench.run(seconds: 1)
    bench.put(12, .high, isActive: false)
    bench.run(seconds: 10)
    #expect(bench.sounds(within: 8) == true)
    #expect(
      bench.count { if case .alarmLatched(AlarmID(12)) = $0 { true } else { false } } == 1)
    bench.put(12, nil)
    bench.run(seconds: 4)
    #expect(bench.sounds(within: 30) == false)
    #expect(!bench.signals.red && bench.system.told.isEmpty)
    #expect(bench.entries.map(\.kind) == [.raised, .latched, .cleared])
  }

  @Test("AUDIO PAUSED lasts 120 s, lamps go on, and a reminder comes every 30 s")
  func pause() {
    var bench = AlarmBench()
    bench.put(20, .high)
    bench.run(seconds: 1)
    #expect(bench.inactivate(.audioPaused) == nil)
    bench.run()
    #expect(abs(bench.system.audio.left.seconds - 119.995) < 1e-9)
    var sounded: [Double] = []
    var lit = 0
    for tick in 2..<24_000 {
      bench.run()
      if bench.signals.buzzer { sounded.append(Double(tick) / 200) }
      if bench.signals.red { lit += 1 }
    }
    // One pulse of low priority at 30, 60 and 90 s.
    #expect(sounded.allSatisfy { second in [30, 60, 90].contains { abs(second - $0) < 0.25 } })
    #expect(sounded.count == 120)
    #expect(Double(lit) / 24_000 > 0.3)
    #expect(bench.system.audio.inactivation == .audioPaused)
    bench.run()
    #expect(bench.system.audio.inactivation == .none)
    #expect(bench.sounds(within: 0.1) == true)
    #expect(
      bench.count {
        if case .inactivationEnded(.audioPaused, .timeOver) = $0 { true } else { false }
      } == 1)
    #expect(bench.count { if case .alarmReminder = $0 { true } else { false } } == 3)
  }

  @Test("A new alarm of high priority breaks the pause; one of medium priority does not")
  func breaks() {
    var bench = AlarmBench()
    bench.put(9, .medium)
    bench.run(seconds: 1)
    #expect(bench.inactivate(.audioPaused) == nil)
    bench.put(16, .medium)
    bench.run(seconds: 3)
    #expect(!bench.signals.buzzer && bench.system.audio.inactivation == .audioPaused)
    bench.put(20, .high)
    #expect(bench.sounds(within: 0.005) == true)
    #expect(bench.system.audio.inactivation == .none)
    #expect(
      bench.count {
        if case .inactivationEnded(.audioPaused, .newHighAlarm) = $0 { true } else { false }
      } == 1)
  }

  @Test("The cause of a latched HIGH that comes back, and one that rises to HIGH, break the pause")
  func breaksByReturn() {
    for rises in [false, true] {
      var bench = AlarmBench()
      bench.put(12, rises ? .medium : .high, isActive: rises)
      bench.run(seconds: 1)
      #expect(bench.inactivate(.audioPaused) == nil)
      bench.run()
      bench.put(12, .high)
      #expect(bench.sounds(within: 0.005) == true)
    }
  }

  @Test("The operator ends a pause, and is told when there is none")
  func endPause() {
    var bench = AlarmBench()
    bench.put(20, .high)
    bench.run(seconds: 1)
    #expect(bench.endPause() == .nothingToDo)
    #expect(bench.inactivate(.audioPaused) == nil)
    bench.run()
    #expect(!bench.signals.buzzer)
    #expect(bench.endPause() == nil)
    #expect(bench.sounds(within: 0.005) == true)
  }

  @Test(
    "AUDIO OFF and ALARM PAUSED are refused while somebody depends on the machine",
    arguments: (0..<UInt8(Phase.count)).compactMap { Phase(rawValue: $0) })
  func forbidden(_ phase: Phase) {
    let depends: [Phase] = [
      .partialBypass, .onBypass, .circulatoryArrest, .wean, .ecmo, .exVivo,
    ]
    for state in [AlarmInactivation.audioOff, .alarmPaused] {
      var bench = AlarmBench(phase: phase)
      bench.run()
      #expect(bench.inactivate(state) == (depends.contains(phase) ? .wrongPhase : nil))
      #expect(bench.inactivate(.audioPaused) == nil)
    }
  }

  @Test(
    "AUDIO OFF and ALARM PAUSED end when a patient comes on",
    arguments: [
      AlarmInactivation.audioOff, .alarmPaused,
    ])
  func endsOnBypass(_ state: AlarmInactivation) {
    var bench = AlarmBench(phase: .ready)
    bench.put(9, .medium)
    bench.run()
    #expect(bench.inactivate(state) == nil)
    bench.run(seconds: 1)
    bench.conditions.phase = .onBypass
    #expect(bench.sounds(within: 0.005) == true)
    #expect(
      bench.count {
        if case .inactivationEnded(state, .phase) = $0 { true } else { false }
      } == 1)
  }

  @Test("ALARM PAUSED darkens lamps too, is refused with a HIGH alarm and broken by one")
  func alarmPaused() {
    var bench = AlarmBench(phase: .setup)
    bench.put(9, .medium)
    bench.run()
    #expect(bench.inactivate(.alarmPaused) == nil)
    bench.run()
    for _ in 0..<400 {
      bench.run()
      #expect(!bench.signals.yellow && !bench.signals.buzzer)
    }
    bench.put(29, .high)
    bench.run()
    #expect(bench.signals.red && bench.signals.buzzer)
    #expect(bench.inactivate(.alarmPaused) == .causeNotCleared)
  }

  @Test("AUDIO OFF has no end of its own, and is reminded of every 30 s")
  func audioOff() {
    var bench = AlarmBench(phase: .setup)
    bench.put(9, .medium)
    bench.run()
    #expect(bench.inactivate(.audioOff) == nil)
    bench.run(seconds: 301)
    #expect(bench.system.audio.inactivation == .audioOff)
    #expect(bench.count { if case .alarmReminder = $0 { true } else { false } } == 10)
  }

  @Test("An override is reminded of every 30 s, also when it was acknowledged", .verifies("AL-62"))
  func overrideReminder() {
    var bench = AlarmBench()
    bench.put(62, .low)
    bench.run()
    #expect(bench.acknowledge() == nil)
    bench.run(seconds: 5)
    var starts: [Double] = []
    var before = false
    for tick in 0..<Int(180 * 200) {
      bench.run()
      if bench.signals.buzzer && !before { starts.append(Double(tick) / 200) }
      before = bench.signals.buzzer
    }
    #expect(starts.count == 6)
    for (one, next) in zip(starts, starts.dropFirst()) { #expect(abs(next - one - 30) < 0.01) }
  }

  @Test("Class B is switched off before bypass only, and comes back with the presets")
  func switchedOff() {
    var bench = AlarmBench(phase: .setup)
    for entry in AlarmCatalogue.numbers.map({ AlarmCatalogue.entry(AlarmID($0)) })
    where entry.override != .limit {
      #expect(bench.switchAlarm(entry.id.number, isOn: false) == .overrideForbidden)
    }
    #expect(bench.switchAlarm(8, isOn: false) == nil)
    #expect(bench.switchAlarm(8, isOn: false) == .nothingToDo)
    bench.conditions.phase = .onBypass
    bench.put(8, .medium)
    bench.put(9, .medium)
    bench.run()
    #expect(bench.standing(8) == nil && bench.standing(9) != nil)
    #expect(bench.switchAlarm(9, isOn: false) == .wrongPhase)
    #expect(bench.system.restorePresets() == true)
    bench.run()
    #expect(bench.standing(8) != nil)
    #expect(bench.system.restorePresets() == false)
  }

  @Test("While nothing changes a tick leaves no event, no entry and the list alone")
  func quiet() {
    var bench = AlarmBench()
    bench.put(20, .high)
    bench.run()
    let (events, entries, changes) = (bench.seen.count, bench.entries.count, bench.changes)
    bench.run(seconds: 60)
    #expect(bench.seen.count == events && bench.entries.count == entries)
    #expect(changes == 1 && bench.changes == changes)
  }

  @Test("A machine that has just been switched on has nothing to tell and reminds of nothing")
  func fresh() {
    var bench = AlarmBench(phase: .off)
    #expect(!bench.system.hasChanged)
    bench.run(seconds: 31)
    #expect(bench.changes == 0 && bench.seen.isEmpty && bench.signals == AlarmSignals())
  }

  @Test("An alarm whose priority falls stays acknowledged and is not told a second time")
  func falls() {
    var bench = AlarmBench()
    bench.put(12, .high)
    bench.run()
    #expect(bench.acknowledge() == nil)
    bench.run()
    let seen = bench.seen.count
    bench.put(12, .medium)
    bench.run()
    #expect(bench.standing(12)?.priority == .medium)
    #expect(bench.standing(12)?.acknowledgement != nil)
    #expect(bench.seen.count == seen && bench.entries.map(\.kind) == [.raised, .acknowledged])
  }

  @Test("Neither what is suppressed, nor a latch, nor a MEDIUM that comes back breaks the pause")
  func breaksNothing() {
    for step in 0..<3 {
      var bench = AlarmBench(phase: .prime)
      bench.put(12, step == 1 ? .high : .medium, isActive: step == 1)
      bench.run(seconds: 1)
      #expect(bench.inactivate(.audioPaused) == nil)
      bench.run()
      switch step {
      case 0: bench.put(6, .high)
      case 1: bench.put(12, .high, isActive: false)
      default: bench.put(12, .medium)
      }
      #expect(bench.sounds(within: 5) == false)
      #expect(bench.system.audio.inactivation == .audioPaused)
    }
  }

  @Test("The reminder comes to the tick, 30 s after what it reminds of, whatever else is raised")
  func reminderToTheTick() {
    func reminders(_ bench: AlarmBench) -> Int {
      bench.count { if case .alarmReminder = $0 { true } else { false } }
    }
    var bench = AlarmBench()
    for _ in 0..<2 {
      bench.put(20, .high)
      bench.run()
      #expect(bench.acknowledge() == nil)
      bench.run(seconds: 20)
      bench.put(22, .medium)
      bench.run(ticks: 1999)
      let before = reminders(bench)
      bench.run()
      #expect(reminders(bench) == before + 1)
      bench.run(seconds: 20)
      bench.put(20, nil)
      bench.put(22, nil)
      bench.run()
    }
    #expect(reminders(bench) == 2)
  }
}
