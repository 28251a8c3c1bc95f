@testable import PerfusionCore

/// Walks through every state that the interlocks of one machine can reach with a few rows.
///
/// Why this is complete: (1) rows meet nowhere but in the fold, which takes a maximum, so what three
/// rows do together follows from what pairs do; each row alone is walked through all phases, and
/// each pair of rows that differ in effect through the columns of the phase table. (2) Debounce
/// counters only decide when a row begins to stand; here a tick is ten seconds, so every condition
/// stands or is gone within four ticks, and `RowTests` proves the counters to the tick. (3) What is
/// left of an override's time matters only by being zero; it is renewed in every step, and its end
/// is an event of its own.
struct StateSpace {
  /// What can happen between two states.
  enum Happening: Equatable {
    case condition(Int)
    case resume(Int)
    case reset
    case override, endOverride, overrideRunsOut
    case phase(Phase)
    case startOrStop
  }

  /// A state with all that decides what comes next.
  struct State {
    var interlocks: Interlocks
    /// What the phase is called.
    var name: Phase
    var conditions = 0
    var isStarted = true
    var isOverridden = false
    let kind: MachineKind

    /// The phase by whose rules the flow is guarded, through an open line.
    var phase: Phase {
      name.duty(ArterialWay(isStarted: isStarted, isTurning: isStarted, isOpen: true), kind)
    }
  }

  private struct Key: Hashable {
    var words: [UInt64]
  }

  let rows: [DrivenRow]
  let kind: PumpKind
  let machineKind: MachineKind
  let phases: [Phase]
  let machine: MachineConfiguration
  /// The matrix is not that of docs/domain.md 8.2, which the expectations are written for.
  private let hasOwnMatrix: Bool
  private(set) var states = 0
  private(set) var transitions = 0
  private(set) var faults: [String] = []
  private(set) var steps: Set<String> = []
  private(set) var stood = 0

  init(
    _ rows: [DrivenRow], _ kind: PumpKind, _ machineKind: MachineKind, phases: [Phase],
    responses: ResponseMatrix? = nil
  ) {
    self.rows = rows
    self.kind = kind
    self.machineKind = machineKind
    self.phases = phases
    var machine = ExpectedRow.machine(kind)
    machine.kind = machineKind
    machine.tickMicroseconds = 10_000_000
    if let responses { machine.responses = responses }
    self.machine = machine
    hasOwnMatrix = responses != nil
  }

  private var event: CircuitEvent? { rows.compactMap { $0.row.key }.first }

  /// Walks the whole space, breadth first.
  mutating func walk() {
    let start = State(
      interlocks: Interlocks(configuration: machine), name: phases[0], kind: machineKind)
    var seen: Set<Key> = [key(start)]
    var open = [start]
    while let state = open.popLast(), faults.isEmpty {
      states += 1
      for happening in happenings(state) {
        transitions += 1
        let next = follow(state, happening)
        compare(state, happening, next)
        if seen.insert(key(next)).inserted { open.append(next) }
      }
    }
  }

  private func happenings(_ state: State) -> [Happening] {
    var all: [Happening] = rows.indices.map { .condition($0) }
    all += [.resume(0), .resume(1), .resume(2), .reset, .startOrStop]
    if event != nil {
      all += state.isOverridden ? [.endOverride, .overrideRunsOut] : [.override]
    }
    for to in phases where PhaseTable.step(from: state.name, to: to, kind: machineKind) != nil {
      all.append(.phase(to))
    }
    return all
  }

  private mutating func follow(_ before: State, _ happening: Happening) -> State {
    var state = before
    var ticks = 1
    if state.isOverridden, let event { _ = state.interlocks.override(0, event) }
    switch happening {
    case .condition(let index):
      state.conditions ^= 1 << index
      ticks = 4
    case .resume(let pump): _ = state.interlocks.resume(pump)
    case .reset: state.interlocks.resetAlarms()
    case .override:
      if let event { state.isOverridden = state.interlocks.override(0, event) == nil }
    case .endOverride:
      if let event { _ = state.interlocks.endOverride(0, event) }
      state.isOverridden = false
    case .overrideRunsOut:
      ticks = 20
      state.isOverridden = false
    case .phase(let to):
      steps.insert("\(state.name) \(to)")
      state.name = to
    case .startOrStop: state.isStarted.toggle()
    }
    run(&state, ticks)
    return state
  }

  private func run(_ state: inout State, _ ticks: Int) {
    var facts = InterlockFacts()
    for index in rows.indices where state.conditions & (1 << index) != 0 {
      rows[index].state(&facts)
    }
    for _ in 0..<ticks {
      state.interlocks.update(
        facts: facts, phase: state.phase, started: state.isStarted ? 0b1111 : 0b1110)
    }
  }

  private func key(_ state: State) -> Key {
    let interlocks = state.interlocks
    var words: [UInt64] = [
      UInt64(state.name.rawValue), UInt64(state.conditions), state.isStarted ? 1 : 0,
      state.isOverridden ? 1 : 0, interlocks.closesClamp ? 1 : 0,
      UInt64(truncatingIfNeeded: interlocks.machine.latched),
      UInt64(truncatingIfNeeded: interlocks.machine.latched >> 64),
      UInt64(truncatingIfNeeded: interlocks.pumps[0].latched),
    ]
    for pump in 0..<4 {
      let verdict = interlocks.verdicts[pump]
      let held = interlocks.held[pump]
      words.append(
        UInt64(verdict.grade.rawValue) | (verdict.needsResume ? 16 : 0)
          | (verdict.causeStands ? 32 : 0) | (verdict.removesTorque ? 64 : 0)
          | UInt64(held.grade.rawValue) << 8 | (held.closesClamp ? 1 << 12 : 0))
      words.append(UInt64(truncatingIfNeeded: held.machineRows ^ (held.machineRows >> 64)))
      words.append(UInt64(truncatingIfNeeded: held.pumpRows))
    }
    return Key(words: words)
  }
}

extension StateSpace {
  /// What the rows that stand ask of the primary pump, by the independent expectation.
  private func asked(_ state: State) -> Grade {
    var highest = Grade.none
    for index in rows.indices where state.conditions & (1 << index) != 0 {
      guard let expected = rows[index].expected else { continue }
      var grade = rows[index].pump == 0 ? expected.grade(state.phase, kind) : .annunciate
      if hasOwnMatrix, state.phase.isSupporting, let event = rows[index].row.event {
        grade = answer(0, event)
      }
      if grade > .none, isOverridden(rows[index], state) { grade = min(grade, .annunciate) }
      if rows[index].pump != 0, expected.grade(state.phase, kind) == .none { grade = .none }
      highest = max(highest, grade)
    }
    return highest
  }

  /// What the matrix asks of a pump; air before the patient holds the primary pump at least.
  private func answer(_ pump: Int, _ event: CircuitEvent) -> Grade {
    let grade: Grade =
      switch machine.responses[pump, event] {
      case .none: .none
      case .alarm: .annunciate
      case .regulate: .regulate
      case .hold: .zeroFlow
      case .stop, .stopAndClamp: .stop
      }
    return pump == 0 && event == .arterialAir ? max(grade, .zeroFlow) : grade
  }

  private func isOverridden(_ row: DrivenRow, _ state: State) -> Bool {
    state.isOverridden && row.row.key != nil && row.row.key == event
      && row.expected?.override == .timed
      && (row.row.key != .coverOpen || state.phase.dependsOnMachine)
  }

  private mutating func check(_ holds: Bool, _ what: String, _ state: State, _ on: Happening) {
    guard !holds else { return }
    faults.append("\(rows.map(\.name)) \(kind) \(state.phase) on \(on): \(what)")
  }

  /// What must hold of every transition.
  private mutating func compare(_ before: State, _ on: Happening, _ after: State) {
    let verdict = after.interlocks.verdicts[0]
    let previous = before.interlocks.verdicts[0]
    let asked = asked(after)
    if after.conditions != 0 { stood |= after.conditions }
    check(verdict.grade >= asked, "a lower grade masks \(asked)", after, on)
    let held = compareRestarts(before, on, after)
    if previous.grade < .zeroFlow || on == .resume(0) {
      check(
        verdict.grade <= max(asked, held), "\(verdict.grade) though \(asked) is asked", after, on)
    }
    if verdict.causeStands {
      check(after.interlocks.verdicts[0].grade >= .zeroFlow, "a cause without stop", after, on)
    }
    compareOthers(before, on, after)
    compareAir(after, on)
    // Of pairs every fourth state is gone through twice: they are a million.
    guard rows.count == 1 || states % 4 == 0 else { return }
    let again = follow(before, on)
    check(key(again) == key(after), "another state the second time", after, on)
  }

  /// No pump that was stopped goes on but by its own resume, and that only with the cause gone (R6).
  ///
  /// - Returns: the stop that the primary pump must keep.
  private mutating func compareRestarts(
    _ before: State, _ on: Happening, _ after: State
  ) -> Grade {
    var kept = Grade.none
    for pump in 0..<4 {
      let previous = before.interlocks.verdicts[pump]
      let now = after.interlocks.verdicts[pump]
      guard previous.grade >= .zeroFlow else { continue }
      check(previous.needsResume, "pump \(pump) stands and waits for nobody", before, on)
      guard on == .resume(pump), !previous.causeStands else {
        check(now.grade >= previous.grade, "pump \(pump) restarts by itself", after, on)
        if pump == 0 { kept = previous.grade }
        continue
      }
      if pump == 0 { check(asked(before) < .zeroFlow, "resumed with its cause", after, on) }
    }
    return kept
  }

  private mutating func compareOthers(_ before: State, _ on: Happening, _ after: State) {
    let verdict = after.interlocks.verdicts[0]
    if after.interlocks.closesClamp {
      check(verdict.grade >= .zeroFlow, "closed clamp against a running pump", after, on)
    }
    if after.phase.isSupporting || after.phase == .circulatoryArrest {
      let stands = verdict.grade >= .zeroFlow || !after.isStarted
      if stands {
        check(after.interlocks.verdicts[1].grade >= .stop, "cardioplegia draws on", after, on)
      }
    }
    let drains = rows.contains {
      $0.row.reach == .every || $0.row.reach == .vents || $0.row.reach == .suckers
    }
    if !drains {
      let drain = max(
        after.interlocks.verdicts[2].grade, after.interlocks.verdicts[3].grade)
      check(drain < .zeroFlow, "vent or sucker stops", after, on)
    }
    // What stopped before, in prime, still waits for its resume.
    let stood = before.interlocks.verdicts[0].grade >= .zeroFlow
    if after.phase.isSupporting, rows.allSatisfy(\.isFault), !stood {
      check(verdict.grade < .zeroFlow, "a fault stops the arterial pump", after, on)
    }
  }

  /// Air acts on every pump as the matrix says, and on the primary pump before the patient whatever
  /// it says; massive air is told at high priority whatever is overridden.
  private mutating func compareAir(_ after: State, _ on: Happening) {
    guard after.phase.isSupporting else { return }
    for index in rows.indices where after.conditions & (1 << index) != 0 {
      if rows[index].name == .machine(.massiveAir) {
        check(after.interlocks.rowAlarms.high.contains(AlarmID(1)), "air is not told", after, on)
      }
      guard rows[index].isAir, let event = rows[index].row.event else { continue }
      for pump in 0..<4 where pump != 0 || !isOverridden(rows[index], after) {
        check(
          after.interlocks.verdicts[pump].grade >= answer(pump, event),
          "\(event) does not reach pump \(pump)", after, on)
      }
    }
  }
}

extension StateSpace {
  /// A phase of each column, linked by steps: prime, support, arrest, rest. The last two are support
  /// while the pump is started.
  static var columns: [Phase] { [.prime, .onBypass, .circulatoryArrest, .postBypass] }
}

extension DrivenRow {
  /// A fault of sensor, supply, display, bus or controller (R2, R3): the hazards of
  /// docs/domain.md 8.3 whose reaction is Gx or G0. A drive that is dead is none of them on a
  /// centrifugal pump, where it lets blood run back.
  var isFault: Bool {
    guard let expected else { return false }
    let hazards: Set<UInt8> = [
      9, 11, 14, 15, 16, 17, 18, 19, 22, 23, 24, 25, 26, 28, 29, 30, 31, 32, 41, 42, 43, 45, 47,
      48, 49, 50, 51, 52, 53, 54, 55,
    ]
    return expected.name != "driveDead" && expected.hazards.contains { hazards.contains($0) }
  }

  /// Air in some line.
  var isAir: Bool {
    switch row.event {
    case .arterialAir, .venousAir, .cardioplegiaAir, .portalVeinAir: true
    default: false
    }
  }

  /// Rows that differ in what they do to a kind of primary pump in any column, one of each. What only
  /// tells at rest or in prime is one: `folds` goes through all pairs for that.
  static func distinct(_ kind: PumpKind) -> [DrivenRow] {
    var seen: Set<String> = []
    return all.filter { row in
      guard let expected = row.expected else { return false }
      let grades = StateSpace.columns.map { phase in
        let grade = expected.grade(phase, kind)
        return phase.dependsOnMachine || grade >= .zeroFlow ? grade : .none
      }
      let isTimed = row.row.key != nil && expected.override == .timed
      // A row's latch keeps its alarm alone; that is each row's own, and looked at there.
      return seen.insert("\(grades) \(isTimed) \(row.row.reach)").inserted
    }
  }
}
