@testable import PerfusionCore

/// Interlocks and alarm system of the adult machine, driven by whatever rows stand.
struct CauseBench {
  var interlocks: Interlocks
  var alarms = AlarmBench()
  private var facts = InterlockFacts()

  init(_ phase: Phase = .onBypass) {
    interlocks = Interlocks(configuration: PaperMachine.adult())
    alarms.conditions.phase = phase
  }

  /// Lets these conditions stand and no others, for so many seconds.
  mutating func run(
    _ machine: [MachineRow] = [], _ pumps: [(PumpRow, Int)] = [], seconds: Double = 2
  ) {
    facts = InterlockFacts()
    for row in machine { facts.set(row, true) }
    for (row, pump) in pumps { facts.set(row, pump: pump, true) }
    let phase = alarms.conditions.phase
    for _ in 0..<Int(seconds * 200) {
      interlocks.update(facts: facts, phase: phase, started: 0xFF)
      alarms.conditions = interlocks.alarmConditions
      alarms.conditions.phase = phase
      alarms.run()
    }
  }

  /// What was raised, each with its cause.
  var raised: [(alarm: UInt8, cause: AlarmCause)] {
    alarms.seen.compactMap {
      switch $0 {
      case .alarmRaised(let alarm, let cause), .alarmRose(let alarm, _, let cause):
        (alarm.number, cause)
      default: nil
      }
    }
  }

  /// The lines of an alarm, in the order of the list.
  func lines(_ alarm: UInt8) -> [StandingAlarm] {
    let list = alarms.system.list
    return list.indices.map { list[$0] }.filter { $0.id.number == alarm }
  }
}
