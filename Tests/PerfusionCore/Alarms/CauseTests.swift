import TestSupport
import Testing

@testable import PerfusionCore

@Suite("No HIGH hides behind another of the same alarm")
struct CauseTests {
  /// A first cause of an alarm, then a second one of the same number.
  struct Pair: Sendable, CustomTestStringConvertible {
    var alarm: UInt8
    var first: AnyRow
    var firstPump = 0
    var second: AnyRow
    var secondPump = 0
    var testDescription: String {
      "AL-\(alarm): \(first.name) \(firstPump), then \(second.name) \(secondPump)"
    }
  }

  static let pairs = [
    Pair(alarm: 26, first: .pump(.overspeed), firstPump: 1, second: .pump(.overspeed)),
    Pair(alarm: 30, first: .pump(.driveFault), firstPump: 2, second: .machine(.emergencyStop)),
    Pair(alarm: 30, first: .pump(.driveFault), firstPump: 1, second: .pump(.driveFault)),
    Pair(alarm: 34, first: .machine(.clampNotOpen), second: .machine(.clampNotClosed)),
    Pair(alarm: 56, first: .machine(.pressureSensor), second: .pump(.rotorSensor)),
    Pair(alarm: 56, first: .machine(.pressureSensor), second: .machine(.safetyBusFault)),
    Pair(alarm: 1, first: .machine(.portalVeinAir), second: .machine(.arterialAir)),
    Pair(alarm: 52, first: .machine(.batteryCritical), second: .machine(.batteryEmpty)),
    Pair(alarm: 21, first: .machine(.flowZero), second: .pump(.zeroFlowLong)),
  ]

  @Test("A row of a later version is nobody's cause, and says nothing of its own")
  func unknownRow() {
    let later = AlarmCause(row: 255, pumps: 1)
    var set = CauseSet()
    set.insert(.driveFault, pump: 0)
    #expect(later.alarm(cardioplegia: 1) == nil && !set.contains(later))
    #expect(set.contains(AlarmCause(.driveFault, pumps: 1)))
    let standing = StandingAlarm(id: AlarmID(30), priority: .high, since: .start, cause: later)
    #expect("\(standing.text.title)" == "\(AlarmCatalogue.entry(AlarmID(30)).text.title)")
  }

  private func run(_ bench: inout CauseBench, _ causes: [(AnyRow, Int)]) {
    var machine: [MachineRow] = []
    var pumps: [(PumpRow, Int)] = []
    for (row, pump) in causes {
      switch row {
      case .machine(let row): machine.append(row)
      case .pump(let row): pumps.append((row, pump))
      }
    }
    bench.run(machine, pumps)
  }

  private func cause(_ row: AnyRow, _ pump: Int) -> AlarmCause {
    switch row {
    case .machine(let row): AlarmCause(row)
    case .pump(let row): AlarmCause(row, pumps: 1 << UInt8(pump))
    }
  }

  @Test(
    "A second HIGH cause of a told alarm breaks the pause, sounds, and is told and recorded",
    .verifies("AL-26", "AL-30", "AL-34", "AL-52", "AL-56"), arguments: pairs)
  func second(_ pair: Pair) {
    var bench = CauseBench()
    run(&bench, [(pair.first, pair.firstPump)])
    #expect(bench.lines(pair.alarm).map(\.cause) == [cause(pair.first, pair.firstPump)])
    #expect(bench.alarms.acknowledge(pair.alarm) == nil)
    #expect(bench.alarms.inactivate(.audioPaused) == nil)
    run(&bench, [(pair.first, pair.firstPump)])
    #expect(bench.alarms.system.audio.inactivation == .audioPaused)
    let (told, recorded) = (bench.raised.count, bench.alarms.entries.count)

    run(&bench, [(pair.first, pair.firstPump), (pair.second, pair.secondPump)])
    let new = cause(pair.second, pair.secondPump)
    #expect(bench.alarms.system.audio.inactivation == .none)
    #expect(bench.raised.dropFirst(told).map(\.cause) == [new])
    let entries = bench.alarms.entries.dropFirst(recorded).filter { $0.kind == .raised }
    #expect(entries.map(\.cause) == [new])
    #expect(entries.allSatisfy { $0.alarm.number == pair.alarm && $0.priority == .high })
    // Both can be read, the new one first, and nobody has taken note of it.
    let lines = bench.lines(pair.alarm)
    #expect(lines.first?.cause.row == new.row)
    #expect(lines.allSatisfy { $0.acknowledgement == nil && $0.priority == .high })
    #expect(Set(lines.map(\.cause.row)) == Set([pair.first, pair.second].map { cause($0, 0).row }))
    #expect(bench.alarms.sounds(within: 5) == true)
  }

  @Test("One row at two pumps is one line that names both")
  func twoPumps() {
    var bench = CauseBench()
    bench.run([], [(.rotorSensor, 1)])
    bench.run([], [(.rotorSensor, 1), (.rotorSensor, 2)])
    #expect(bench.lines(56).map(\.cause) == [AlarmCause(.rotorSensor, pumps: 0b110)])
    #expect(bench.raised.map(\.cause.pumps) == [0b010, 0b100])
  }

  @Test("Rows that begin in one tick are told once each")
  func together() {
    var bench = CauseBench()
    bench.run([.batteryCritical, .batteryEmpty, .batteryLow], [(.overspeed, 1), (.overspeed, 2)])
    let battery = bench.raised.filter { $0.alarm == 52 }.map(\.cause)
    #expect(
      battery.sorted { $0.row < $1.row } == [
        AlarmCause(.batteryCritical), AlarmCause(.batteryEmpty),
      ])
    #expect(
      bench.raised.filter { $0.alarm == 26 }.map(\.cause) == [
        AlarmCause(.overspeed, pumps: 0b110)
      ])
    // What is only of medium priority has no line beside them.
    #expect(bench.lines(52).map(\.cause.row).count == 2)
  }

  @Test("While causes only stand nothing is told a second time")
  func quiet() {
    var bench = CauseBench()
    bench.run([.clampNotOpen, .batteryEmpty], [(.driveFault, 0), (.driveFault, 1)])
    let seen = bench.alarms.seen.count
    bench.run([.clampNotOpen, .batteryEmpty], [(.driveFault, 0), (.driveFault, 1)], seconds: 20)
    #expect(bench.alarms.seen.count == seen)
  }

  @Test("A HIGH cause that went while its alarm stood counts as new when it comes back")
  func comesBack() {
    var bench = CauseBench()
    bench.run([.emergencyStopContacts], [(.driveFault, 1)])
    bench.run([.emergencyStopContacts], seconds: 3)
    #expect(bench.alarms.inactivate(.audioPaused) == nil)
    bench.run([.emergencyStopContacts], [(.driveFault, 1)])
    #expect(bench.alarms.system.audio.inactivation == .none)
  }

  @Test("A cause of medium priority joins without breaking the pause")
  func medium() {
    var bench = CauseBench()
    bench.run([.batteryCritical])
    #expect(bench.alarms.inactivate(.audioPaused) == nil)
    bench.run([.batteryCritical, .batteryLow])
    #expect(bench.alarms.system.audio.inactivation == .audioPaused)
    #expect(bench.lines(52).map(\.cause) == [AlarmCause(.batteryCritical)])
  }

  @Test("When the leading cause goes, the words of what still stands come first")
  func leadGoes() {
    var bench = CauseBench()
    bench.run([.emergencyStopContacts])
    bench.run([.emergencyStopContacts, .emergencyStop])
    #expect(bench.lines(30).map(\.cause.machineRow) == [.emergencyStop, .emergencyStopContacts])
    bench.run([.emergencyStopContacts], seconds: 3)
    let lines = bench.lines(30)
    #expect(lines.map(\.cause.machineRow) == [.emergencyStopContacts, .emergencyStop])
    #expect(lines.map(\.state) == [.active, .latched])
  }

  @Test("A newly joined cause brings its alarm before older ones", .verifies("AL-26"))
  func newestFirst() {
    var bench = CauseBench()
    bench.run([], [(.overspeed, 1)])
    let first = bench.lines(26).first?.since
    bench.run([.gradientHigh], [(.overspeed, 1)])
    #expect(bench.alarms.system.list[0].id == AlarmID(44))
    bench.run([.gradientHigh], [(.overspeed, 1), (.overspeed, 0)])
    #expect(bench.alarms.system.list[0].id == AlarmID(26))
    #expect(bench.lines(26).first?.since == first)
  }

  @Test("What a phase suppresses is not told by its causes either")
  func suppressed() {
    var bench = CauseBench(.prime)
    bench.run([.levelAlarm, .levelAlert])
    #expect(bench.raised.isEmpty && bench.lines(6).isEmpty)
  }

  @Test(
    "Pressure of a cardioplegia pump and of the arterial pump are two alarms", .verifies("AL-37"))
  func apart() {
    var machine = PaperMachine.adult()
    machine.pumps[1].outletPressure = .cardioplegiaLinePressure
    var bench = CauseBench()
    bench.interlocks = Interlocks(configuration: machine)
    bench.run([], [(.pressureStop, 0), (.pressureStop, 1)])
    #expect(bench.lines(11).map(\.cause) == [AlarmCause(.pressureStop, pumps: 1)])
    #expect(bench.lines(37).map(\.cause) == [AlarmCause(.pressureStop, pumps: 2)])
  }

  @Test("An acknowledgement is recorded with the cause that led the alarm")
  func acknowledged() {
    var bench = CauseBench()
    bench.run([.clampNotClosed])
    #expect(bench.alarms.acknowledge(34) == nil)
    #expect(bench.alarms.entries.last?.cause == AlarmCause(.clampNotClosed))
  }

  @Test("Every row has a number of its own that gives it back")
  func numbers() {
    var seen = Set<UInt8>()
    for row in AnyRow.all {
      let cause = cause(row, 3)
      #expect(seen.insert(cause.row).inserted)
      switch row {
      case .machine(let row): #expect(cause.machineRow == row && cause.pumpRow == nil)
      case .pump(let row): #expect(cause.pumpRow == row && cause.machineRow == nil)
      }
      #expect(cause.priority == row.definition.priority && cause.words != nil)
    }
    // Numbers stand in alarm logs and black boxes of years: rows go to the end of their table.
    #expect(AlarmCause(.arterialAir).row == 1 && AlarmCause(.memoryFault).row == 85)
    #expect(
      AlarmCause(.overspeed, pumps: 1).row == 129 && AlarmCause(.chatter, pumps: 1).row == 158)
    #expect(PumpRow.count <= 64 && MachineRow.count <= 128)
    for number in [0, 128, 255] as [UInt8] {
      let unknown = AlarmCause(row: number, pumps: 1)
      #expect(unknown.words == nil && unknown.priority == nil)
      #expect("\(unknown.text(of: AlarmID(26)).title)" == "OVERSPEED")
    }
    var set = CauseSet()
    set.insert(.overspeed, pump: 8)
    set.insert(.overspeed, pump: -1)
    #expect(set == CauseSet())
  }
}
