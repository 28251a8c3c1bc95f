import TestSupport
import Testing

@testable import PerfusionCore

@Suite("Every state that the interlocks can reach keeps the rules of docs/domain.md 8.1")
struct StateSpaceTests {
  private static let phases = RowDrive.phases

  @Test(
    "Each row alone, through every phase and both kinds of pump",
    .verifies("HZ-01", "HZ-15", "HZ-33", "HZ-41", "HZ-42", "HZ-47", "HZ-48", "HZ-53"),
    arguments: [PumpKind.roller, .centrifugal])
  func singles(kind: PumpKind) {
    var states = 0
    var transitions = 0
    var stood = 0
    for row in DrivenRow.all {
      var space = StateSpace([row], kind, .bypass, phases: Self.phases)
      space.walk()
      #expect(space.faults.isEmpty, "\(space.faults.first ?? "")")
      states += space.states
      transitions += space.transitions
      stood += space.stood.nonzeroBitCount
    }
    print("rows alone, \(kind): \(states) states, \(transitions) transitions, rows stood \(stood)")
    #expect(stood == DrivenRow.all.count)
  }

  @Test(
    "Each pair of rows that differ in what they do, in every column of the phase table",
    .verifies("HZ-01", "HZ-21", "HZ-33", "R6"), arguments: [PumpKind.roller, .centrifugal])
  func pairs(kind: PumpKind) {
    let rows = DrivenRow.distinct(kind)
    var states = 0
    var transitions = 0
    for first in rows.indices {
      for second in rows.indices where second > first {
        var space = StateSpace(
          [rows[first], rows[second]], kind, .bypass, phases: StateSpace.columns)
        space.walk()
        #expect(space.faults.isEmpty, "\(space.faults.first ?? "")")
        states += space.states
        transitions += space.transitions
      }
    }
    print(
      "\(rows.count) distinct rows in pairs, \(kind): \(states) states, "
        + "\(transitions) transitions")
  }

  @Test(
    "Air in any line acts as the matrix says, whatever stands there, and waits for the operator",
    .verifies("HZ-01", "HZ-33", "HZ-40", "R6"), arguments: [PumpKind.roller, .centrifugal])
  func air(kind: PumpKind) throws {
    let massive = try #require(DrivenRow.all.first { $0.name == .machine(.massiveAir) })
    let rows = DrivenRow.all.filter(\.isAir)
    #expect(rows.count == 4)
    for row in rows {
      let event = try #require(row.row.event)
      let walked = event == .arterialAir ? [row, massive] : [row]
      for response in [Response.none, .alarm, .regulate, .hold, .stop, .stopAndClamp] {
        for pump in 0..<2 {
          var responses = ExpectedRow.machine(kind).responses
          responses[pump, event] = response
          var space = StateSpace(
            walked, kind, .bypass, phases: StateSpace.columns, responses: responses)
          space.walk()
          #expect(space.faults.isEmpty, "\(response): \(space.faults.first ?? "")")
        }
      }
    }
  }

  @Test("All pairs of rows fold to the higher grade in every column", .verifies("HZ-01"))
  func folds() {
    let rows = DrivenRow.all
    for kind in [PumpKind.roller, .centrifugal] {
      var machine = ExpectedRow.machine(kind)
      machine.tickMicroseconds = 10_000_000
      let fresh = Interlocks(configuration: machine)
      for phase in [Phase.standby, .prime, .onBypass, .circulatoryArrest] {
        for first in rows.indices {
          for second in rows.indices where second > first {
            var interlocks = fresh
            var facts = rows[first].facts
            rows[second].state(&facts)
            for _ in 0..<4 { interlocks.update(facts: facts, phase: phase, started: 0b1111) }
            let asked = [rows[first], rows[second]].filter { $0.pump == 0 }
              .compactMap { $0.expected?.grade(phase, kind) }.max()
            let grade = interlocks.verdicts[0].grade
            guard grade < asked ?? .none || grade > max(asked ?? .none, .annunciate) else {
              continue
            }
            Issue.record("\(rows[first].name) and \(rows[second].name) in \(phase): \(grade)")
          }
        }
      }
    }
  }

  @Test("The phases of all kinds of machine: every step of the table is taken")
  func steps() throws {
    let air = try #require(DrivenRow.all.first { $0.name == .machine(.arterialAir) })
    var taken: Set<String> = []
    var count = 0
    for kind in [MachineKind.bypass, .ecmo, .organ] {
      var space = StateSpace([air], .centrifugal, kind, phases: Self.phases)
      space.walk()
      #expect(space.faults.isEmpty, "\(space.faults.first ?? "")")
      taken.formUnion(space.steps)
      count += space.transitions
    }
    let steps = PhaseTable.steps
    var all: Set<String> = []
    for index in 0..<PhaseTable.count { all.insert("\(steps[index].from) \(steps[index].to)") }
    print("phase steps taken \(taken.count) of \(all.count) in \(count) transitions")
    #expect(all.count == PhaseTable.count)
    #expect(taken == all)
  }
}
