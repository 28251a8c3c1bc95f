import TestSupport

@testable import PerfusionCore

/// A row of either kind with what is expected of it.
struct DrivenRow: Sendable {
  enum Name: Equatable, Sendable {
    case machine(MachineRow)
    case pump(PumpRow)
  }
  var name: Name
  var index: Int

  static var all: [DrivenRow] {
    let machine = (0..<MachineRow.count).compactMap { index in
      MachineRow(rawValue: UInt8(index)).map { DrivenRow(name: .machine($0), index: index) }
    }
    let pump = (0..<PumpRow.count).compactMap { index in
      PumpRow(rawValue: UInt8(index)).map { DrivenRow(name: .pump($0), index: index) }
    }
    return machine + pump
  }

  /// The row by its name in the expectation.
  var expected: ExpectedRow? {
    switch name {
    case .machine(let row): ExpectedRow.machineRows.first { $0.name == "\(row)" }
    case .pump(let row): ExpectedRow.pumpRows.first { $0.name == "\(row)" }
    }
  }

  var row: InterlockRow {
    switch name {
    case .machine(let row): row.row
    case .pump(let row): row.row
    }
  }

  /// The pump that shows the reaction: the vent's and the sucker's for the rows that are theirs.
  var pump: Int {
    switch name {
    case .machine(.isolationVent): 2
    case .machine(.reservoirPositive): 3
    default: 0
    }
  }

  /// The pumps it acts on by docs/domain.md 8.1.
  var expectedReach: Reach {
    switch name {
    case .machine(.emergencyStop): .every
    case .machine(.isolation): .bloodPath
    case .machine(.isolationVent): .vents
    case .machine(.reservoirPositive): .suckers
    default: .linked
    }
  }

  private func reaches(_ grade: Grade) -> Bool {
    (0..<UInt8(PhaseColumn.count)).contains {
      PhaseColumn(rawValue: $0).map { row.reactions[$0] >= grade } ?? false
    }
  }
  /// In some phase, or by a board file's matrix, it stops a pump.
  var mayStop: Bool { row.event != nil || reaches(.zeroFlow) }
  /// In some phase it holds or slows a pump.
  var slows: Bool { reaches(.hold) }

  func state(_ facts: inout InterlockFacts) {
    switch name {
    case .machine(let row): facts.set(row, true)
    case .pump(let row): facts.set(row, pump: 0, true)
    }
  }

  var facts: InterlockFacts {
    var facts = InterlockFacts()
    state(&facts)
    return facts
  }
}

/// Drives one row through its life and says what is not as expected.
struct RowDrive {
  let row: DrivenRow
  let expected: ExpectedRow
  let kind: PumpKind
  let phase: Phase
  private(set) var faults: [String] = []
  private var interlocks: Interlocks

  init(_ row: DrivenRow, _ expected: ExpectedRow, _ kind: PumpKind, _ phase: Phase) {
    self.row = row
    self.expected = expected
    self.kind = kind
    self.phase = phase
    interlocks = Interlocks(configuration: ExpectedRow.machine(kind))
  }

  /// Everything that is wrong with the row, in every phase and with both kinds of primary pump.
  static func faults(_ row: DrivenRow) -> [String] {
    guard let expected = row.expected else { return ["nothing is expected of it"] }
    var faults: [String] = []
    for kind in [PumpKind.roller, .centrifugal] {
      for phase in phases {
        var drive = RowDrive(row, expected, kind, phase)
        drive.run()
        faults += drive.faults
        if !faults.isEmpty { return faults }
      }
    }
    return faults
  }

  static var phases: [Phase] { (0..<Phase.count).compactMap { Phase(rawValue: UInt8($0)) } }

  private mutating func step(_ ticks: Int, _ holds: Bool) {
    let facts = holds ? row.facts : InterlockFacts()
    for _ in 0..<ticks { interlocks.update(facts: facts, phase: phase, started: 0b1111) }
  }

  private mutating func check(_ holds: Bool, _ what: String) {
    if !holds { faults.append("\(expected.name) in \(phase) with \(kind): \(what)") }
  }

  private var grade: Grade { expected.grade(phase, kind) }
  private var verdict: Verdict { interlocks.verdicts[row.pump] }
  private var isTold: Bool { interlocks.alarms.contains(AlarmID(expected.alarm)) }
  private var priority: AlarmPriority? {
    let alarm = AlarmID(expected.alarm)
    if interlocks.rowAlarms.high.contains(alarm) { return .high }
    if interlocks.rowAlarms.medium.contains(alarm) { return .medium }
    return interlocks.rowAlarms.low.contains(alarm) ? .low : nil
  }
  /// Whatever stops a pump waits for the operator (R6).
  private var isLatched: Bool { grade >= .zeroFlow }

  mutating func run() {
    let hazards = [row.row.hazard.number] + (row.row.also.map { [$0.number] } ?? [])
    check(hazards.sorted() == expected.hazards, "hazards \(hazards)")
    declares()
    step(expected.raise - 1, true)
    check(verdict.grade == .none && !isTold, "acts before its time")
    step(1, true)
    stands()
    overrides()
    step(expected.clear - 1, false)
    check(verdict.grade == grade, "clears before its time")
    check(verdict.causeStands == isLatched, "its cause is gone before its time")
    step(1, false)
    latches()
  }

  /// What the documents say of the row.
  private mutating func declares() {
    let declared = row.row
    check(declared.latch == expected.latch, "latch \(declared.latch)")
    check(declared.override == expected.override, "override \(declared.override)")
    check(declared.closesClamp == (expected.clamp != "-"), "clamp")
    check(declared.reach == row.expectedReach, "reach \(declared.reach)")
    guard declared.event == nil else { return }
    for raw in 0..<UInt8(PhaseColumn.count) {
      guard let column = PhaseColumn(rawValue: raw) else { continue }
      check(declared.reactions[column] == expected.grades[Int(raw)], "column \(column)")
    }
  }

  private mutating func stands() {
    check(verdict.grade == grade, "\(verdict.grade) instead of \(grade)")
    check(verdict.removesTorque == (grade == .forcedStop), "torque")
    let alarm: AlarmPriority? = grade > .none ? expected.priority : nil
    check(priority == alarm, "priority \(String(describing: priority))")
    check(
      interlocks.activeAlarms.contains(AlarmID(expected.alarm)) == (grade > .none), "active alarm")
    check(interlocks.closesClamp == expected.closesClamp(phase, kind), "clamp")
    check(interlocks.closesOccluder == (grade == .isolate), "occluder")
    check(interlocks.blocksStart == (expected.start >= .blocks), "start")
    check(interlocks.holdsMachine == (expected.start == .holds), "hold")
    check(interlocks.locksWater == (expected.water >= .locks), "water lock")
    check(interlocks.stopsWater == (expected.water == .stops), "water stop")
    check(verdict.needsResume == isLatched && verdict.causeStands == isLatched, "latch")
    if isLatched { check(interlocks.resume(row.pump) == .causeNotCleared, "resumes too early") }
    others()
  }

  /// What the other pumps do: cardioplegia with a stop, vent and sucker only with their own rows.
  private mutating func others() {
    let cardioplegia = interlocks.verdicts[1].grade
    let isDependent = phase.isSupporting || phase == .circulatoryArrest
    if row.pump == 0, isDependent, grade >= .zeroFlow {
      check(cardioplegia >= .stop, "cardioplegia goes on")
    }
    let drain = max(interlocks.verdicts[2].grade, interlocks.verdicts[3].grade)
    let isEvery = row.row.reach == .every
    if row.pump == 0 { check((drain >= .zeroFlow) == isEvery, "vent or sucker \(drain)") }
    if isEvery { check(cardioplegia == .forcedStop, "not every pump") }
    if row.row.reach == .linked, row.pump == 0 {
      check(drain <= .annunciate && !interlocks.verdicts[2].needsResume, "reaches a vent")
    }
  }

  /// An override takes a reaction of class A away for its time, and no other; that of a cover only
  /// while somebody depends on the pump.
  private mutating func overrides() {
    if expected.override == .timed { check(row.row.key != nil, "class A without a key") }
    guard let event = row.row.key else { return }
    var copy = interlocks
    let refusal = copy.override(0, event)
    check(
      (refusal == nil) == (expected.override == .timed), "override \(String(describing: refusal))")
    guard refusal == nil else { return }
    copy.update(facts: row.facts, phase: phase, started: 0b1111)
    _ = copy.resume(0)
    copy.update(facts: row.facts, phase: phase, started: 0b1111)
    let isFingers = event == .coverOpen && !phase.dependsOnMachine
    let left = isFingers ? grade : min(grade, .annunciate)
    check(copy.verdicts[0].grade == left, "override leaves \(copy.verdicts[0].grade)")
  }

  private mutating func latches() {
    let stays = isLatched || grade > .none && expected.latch != .none
    check(isTold == stays, "alarm latch")
    check(!interlocks.activeAlarms.contains(AlarmID(expected.alarm)), "active after its cause")
    check(verdict.grade == (isLatched ? grade : .none), "reaction latch \(verdict.grade)")
    check(!verdict.causeStands, "cause still stands")
    if isLatched {
      interlocks.resetAlarms()
      step(1, false)
      check(verdict.grade == grade && isTold, "a reset of alarms releases it")
      check(interlocks.resume(row.pump) == nil, "does not resume")
      step(1, false)
      check(verdict.grade == .none, "is not resumed")
      // The alarm stays as long as its row holds any pump.
      for pump in 0..<4 {
        _ = interlocks.resume(pump)
        step(1, false)
      }
    } else {
      check(interlocks.resume(row.pump) == .nothingToDo, "there is something to resume")
      interlocks.resetAlarms()
      step(1, false)
    }
    check(verdict.grade == .none, "goes on after its end")
    check(!isTold, "told after its end")
    check(!interlocks.closesClamp, "clamp stays closed")
  }
}
