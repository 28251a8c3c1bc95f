import TestSupport
import Testing

@testable import PerfusionCore

@Suite(
  "Every alarm of the catalogue is raised, cleared, latched, reset, overridden and paused",
  .verifies("AL-15", "AL-18", "AL-19", "AL-22", "AL-35", "AL-42", "AL-53", "AL-61", "AL-63"))
struct AlarmLifeTests {
  /// Every alarm with each of its rows.
  static let lives: [Life] = ExpectedAlarm.all.flatMap { expected in
    AnyRow.rows(of: expected.number).map { Life(expected: expected, row: $0) }
  }

  /// Rows that tell of something else than the alarm's first condition, seconds: what did not happen
  /// after a stop (docs/domain.md 7.3, HZ-01), contacts that disagree, a leak, a common cause.
  static let specialDelays: [String: Double] = [
    "massiveAir": 1, "airNotStopped": 0.1, "pressureNotFalling": 0.15,
    "emergencyStopContacts": 0.5, "waterLeak": 30, "probeReversed": 5, "commonCause": 0.5,
    "flowExcess": 1,
  ]

  struct Life: Sendable, CustomTestStringConvertible {
    var expected: ExpectedAlarm
    var row: AnyRow
    var testDescription: String { "AL-\(expected.number) by \(row)" }
    var number: UInt8 { expected.number }

    /// A bench where the row can raise its alarm.
    func bench() throws -> RowBench { try #require(RowBench.place(row, alarm: number)) }

    /// The same with the alarm told.
    func told() throws -> RowBench {
      var bench = try bench()
      bench.run(row, ticks: RowBench.ticks(row.definition.raise))
      #expect(bench.isTold(number))
      return bench
    }
  }

  @Test(
    "An alarm without a row says why, and one with a row has no such excuse",
    arguments: ExpectedAlarm.all)
  func noSilentGap(_ expected: ExpectedAlarm) {
    let raiser = AlarmCatalogue.entry(AlarmID(expected.number)).raiser
    let rows = AnyRow.rows(of: expected.number)
    switch raiser {
    case .interlocks: #expect(!rows.isEmpty)
    case .nobody(let reason):
      #expect(rows.isEmpty)
      #expect(!"\(reason.words)".isEmpty)
    }
  }

  @Test(
    "It is raised after the delay of its row and not a tick before, at a priority of the table",
    arguments: lives)
  func raise(_ life: Life) throws {
    var bench = try life.bench()
    let ticks = RowBench.ticks(life.row.definition.raise)
    bench.run(life.row, ticks: ticks - 1)
    #expect(!bench.isTold(life.number))
    bench.run(life.row, ticks: 1)
    let standing = try #require(bench.alarms.standing(life.number))
    #expect(standing.state == .active)
    #expect(standing.priority >= life.expected.priority)
    #expect(standing.priority <= life.expected.highest)
    let delay = life.row.definition.raise.seconds
    if let special = Self.specialDelays["\(life.row.name)"] {
      #expect(delay == special)
    } else if life.number == 37 {
      // The pressure rows of every pump; they are faster than AL-37 asks for.
      #expect(delay <= 0.1)
    } else if let expected = life.expected.delay {
      // Detectors debounce some conditions themselves; then the row adds nothing.
      #expect(delay == 0 || delay == expected)
    }
    #expect(bench.alarms.entries.contains { $0.kind == .raised && $0.alarm.number == life.number })
    #expect(bench.alarms.signals.red == (standing.priority == .high))
    #expect(bench.alarms.signals.yellow == (standing.priority == .medium))
    #expect(bench.alarms.signals.cyan == (standing.priority == .low))
    #expect(bench.alarms.signals.buzzer)
  }

  @Test("A condition that is over before the delay raises nothing", arguments: lives)
  func tooShort(_ life: Life) throws {
    var bench = try life.bench()
    let ticks = RowBench.ticks(life.row.definition.raise)
    bench.run(life.row, ticks: ticks - 1)
    bench.run(nil, ticks: 1)
    bench.run(life.row, ticks: ticks - 1)
    #expect(bench.alarms.entries.isEmpty)
  }

  @Test(
    "When the cause has gone it clears by itself, or stays latched until it is reset",
    arguments: lives)
  func clearOrLatch(_ life: Life) throws {
    var bench = try life.told()
    bench.run(nil, ticks: RowBench.ticks(life.row.definition.clear))
    let isHeld = (0..<4).contains { bench.interlocks.verdicts[$0].needsResume }
    if life.row.definition.latch == .none, !isHeld {
      #expect(!bench.isTold(life.number))
      #expect(bench.alarms.entries.map(\.kind) == [.raised, .cleared])
      return
    }
    #expect(bench.alarms.standing(life.number)?.state == .latched)
    bench.run(nil, ticks: 2000)
    #expect(bench.alarms.standing(life.number)?.state == .latched)
    #expect(bench.alarms.entries.map(\.kind) == [.raised, .latched])
    if isHeld {
      bench.interlocks.resetAlarms()
      bench.run(nil, ticks: 2)
      #expect(bench.isTold(life.number))
      for pump in 0..<4 {
        _ = bench.interlocks.resume(pump)
        bench.run(nil, ticks: 1)
      }
    }
    bench.interlocks.resetAlarms()
    bench.run(nil, ticks: 2)
    #expect(!bench.isTold(life.number))
    #expect(bench.alarms.entries.map(\.kind) == [.raised, .latched, .cleared])
  }

  @Test("Reset and resume do nothing while the cause stands", arguments: lives)
  func resetTooEarly(_ life: Life) throws {
    var bench = try life.told()
    bench.interlocks.resetAlarms()
    for pump in 0..<4 { _ = bench.interlocks.resume(pump) }
    bench.run(life.row, ticks: 200)
    #expect(bench.alarms.standing(life.number)?.state == .active)
  }

  @Test(
    "Audio pause silences it for 120 s, its end lets it sound; a lamp never goes out",
    arguments: lives)
  func audioPause(_ life: Life) throws {
    var bench = try life.told()
    #expect(bench.alarms.inactivate(.audioPaused) == nil)
    let isLow = bench.alarms.standing(life.number)?.priority == .low
    var hasSounded = false
    var hasShone = false
    for _ in 0..<4000 {
      bench.run(life.row, ticks: 1)
      hasSounded = hasSounded || bench.alarms.signals.buzzer
      let signals = bench.alarms.signals
      hasShone = hasShone || signals.red || signals.yellow || signals.cyan
    }
    #expect(!hasSounded)
    #expect(hasShone)
    #expect(bench.alarms.endPause() == nil)
    for _ in 0..<(isLow ? 6200 : 10) {
      bench.run(life.row, ticks: 1)
      hasSounded = hasSounded || bench.alarms.signals.buzzer
    }
    #expect(hasSounded)
  }

  @Test("It is acknowledged on its own, and class C sounds on all the same", arguments: lives)
  func acknowledge(_ life: Life) throws {
    var bench = try life.told()
    #expect(bench.alarms.acknowledge(life.number) == nil)
    // The burst under way is played to its end; low priority repeats after 30 s.
    bench.run(life.row, ticks: 800)
    #expect(bench.alarms.standing(life.number)?.acknowledgement?.source == .link)
    let isUrgent = (bench.alarms.standing(life.number)?.priority ?? .low) > .low
    var pulses = 0
    for _ in 0..<2000 {
      bench.run(life.row, ticks: 1)
      if bench.alarms.signals.buzzer { pulses += 1 }
    }
    #expect((pulses > 0) == (life.expected.override == .never && isUrgent))
  }

  @Test(
    "Class A is overridden by button, class B switched off before bypass, class C neither",
    arguments: lives)
  func override(_ life: Life) throws {
    let row = life.row.definition
    if row.override == .timed { #expect(row.key != nil) }
    if let key = row.key {
      var bench = try life.bench()
      let refusal = bench.interlocks.override(bench.pump, key)
      if row.override == .timed { #expect(refusal == nil) }
      if row.override == .never { #expect(refusal == .overrideForbidden) }
    }
    var bench = try life.told()
    let phase = bench.alarms.conditions.phase
    bench.alarms.conditions.phase = .setup
    let refusal = bench.alarms.switchAlarm(life.number, isOn: false)
    #expect(refusal == (life.expected.override == .limit ? nil : .overrideForbidden))
    bench.alarms.conditions.phase = phase
    bench.run(life.row, ticks: 2)
    #expect(bench.isTold(life.number) == (life.expected.override != .limit))
  }
}
