import TestSupport
import Testing

@testable import PerfusionCore

@Suite("Suppression hides what section 9 allows and never a HIGH of another cause")
struct SuppressionTests {
  /// The three permissions of docs/domain.md section 9, written down here a second time.
  static func mayHide(_ alarm: UInt8, _ now: AlarmConditions) -> Bool {
    switch alarm {
    case 5, 6: now.phase == .prime
    case 12: now.phase == .wean && now.isClampClosed
    case 20: now.isArterialStopped
    default: false
    }
  }

  static let circumstances: [AlarmConditions] = (0..<UInt8(Phase.count)).flatMap { raw in
    (0..<4).map { bits in
      var now = AlarmConditions()
      now.phase = Phase(rawValue: raw) ?? .off
      now.isArterialStopped = bits & 1 != 0
      now.isClampClosed = bits & 2 != 0
      return now
    }
  }

  @Test(
    "Over all pairs of alarms, all phases and circumstances: no alarm hides another",
    arguments: circumstances)
  func pairs(_ circumstance: AlarmConditions) {
    let fresh = AlarmBench()
    for first in AlarmCatalogue.numbers {
      for second in AlarmCatalogue.numbers where second != first {
        var bench = fresh
        bench.conditions = circumstance
        bench.put(first, .high)
        bench.put(second, .high)
        bench.run()
        for (alarm, other) in [(first, second), (second, first)] {
          let isTold = bench.system.told.contains(AlarmID(alarm))
          if isTold { continue }
          #expect(Self.mayHide(alarm, bench.conditions), "AL-\(alarm) beside AL-\(other)")
          // Flow low is explained by a stop only while the stop itself is told.
          if alarm == 20 { #expect(bench.system.told.contains(AlarmID(other))) }
        }
        if !bench.system.told.isEmpty { #expect(bench.signals.red && bench.signals.buzzer) }
      }
    }
  }

  @Test("What may be hidden is hidden, and told as soon as the circumstance is over")
  func hidden() {
    for (alarm, circumstance) in [
      (UInt8(5), Self.circumstance(.prime)), (6, Self.circumstance(.prime)),
      (12, Self.circumstance(.wean, clamp: true)), (20, Self.circumstance(.onBypass, stop: true)),
    ] {
      var bench = AlarmBench()
      bench.conditions = circumstance
      bench.put(alarm, .high)
      if alarm == 20 { bench.put(1, .high) }
      bench.run()
      #expect(!bench.system.told.contains(AlarmID(alarm)))
      #expect(bench.system.suppressed.contains(AlarmID(alarm)))
      bench.conditions.phase = .ecmo
      bench.conditions.isClampClosed = false
      bench.conditions.isArterialStopped = false
      bench.run()
      #expect(bench.system.told.contains(AlarmID(alarm)))
    }
  }

  @Test("Flow low is told when a stop has no alarm of high priority of its own")
  func unexplainedStop() {
    var bench = AlarmBench()
    bench.conditions = Self.circumstance(.onBypass, stop: true)
    bench.put(20, .high)
    bench.put(32, .medium)
    bench.run()
    #expect(bench.system.told.contains(AlarmID(20)))
  }

  @Test("While nobody says that the clamp is closed, a low line pressure in weaning is told")
  func openClamp() {
    var bench = AlarmBench(phase: .wean)
    bench.put(12, .high)
    bench.run()
    #expect(bench.system.told.contains(AlarmID(12)))
  }

  @Test("Class C is never suppressed")
  func classC() {
    for number in AlarmCatalogue.numbers {
      let entry = AlarmCatalogue.entry(AlarmID(number))
      if entry.override == .never { #expect(entry.suppression == .none) }
    }
  }

  private static func circumstance(
    _ phase: Phase, clamp: Bool = false, stop: Bool = false
  ) -> AlarmConditions {
    var now = AlarmConditions()
    now.phase = phase
    now.isClampClosed = clamp
    now.isArterialStopped = stop
    return now
  }
}
