import TestSupport
import Testing

@testable import PerfusionCore

@Suite("Every row of the interlock table does what is expected of it, and nothing else")
struct RowTests {
  @Test("There is an expectation for each row and a row for each expectation")
  func rowsAreComplete() {
    #expect(ExpectedRow.machineRows.count == MachineRow.count)
    #expect(ExpectedRow.pumpRows.count == PumpRow.count)
    #expect(MachineRow(rawValue: UInt8(MachineRow.count)) == nil)
    #expect(PumpRow(rawValue: UInt8(PumpRow.count)) == nil)
    for row in DrivenRow.all { #expect(row.expected != nil, "\(row.name)") }
  }

  @Test(
    "Times, reactions in every phase, latch, override, alarm and priority of each row",
    .verifies("HZ-01", "HZ-05", "HZ-16", "HZ-19", "HZ-27", "HZ-29", "HZ-43", "HZ-47", "HZ-49"),
    .verifies("HZ-51", "HZ-52", "HZ-53", "HZ-54", "HZ-57"),
    .verifies("HZ-32", "HZ-38", "HZ-39"),
    arguments: DrivenRow.all)
  func rowActs(row: DrivenRow) {
    let faults = RowDrive.faults(row)
    #expect(faults.isEmpty, "\(faults.first ?? "")")
    #expect(row.row.override == row.expected?.override)
  }

  @Test("Each hazard has a row, or says why it has none", arguments: 1...HazardID.highest)
  func hazards(number: UInt8) {
    let hazard = HazardID(number)
    let hasRow = DrivenRow.all.contains { $0.row.guards(hazard) }
    switch hazard.coverage {
    case .rows: #expect(hasRow, "HZ-\(number) has no row")
    case .elsewhere, .notSensed: #expect(!hasRow, "HZ-\(number) has a row")
    }
  }

  @Test(
    "Torque is removed only as docs/domain.md 7.3 allows, and under an open cover at rest (HZ-21)",
    .verifies("HZ-10", "HZ-07", "HZ-21"))
  func torque() {
    let allowed = [
      DrivenRow.Name.machine(.emergencyStop), .pump(.overspeed), .pump(.wrongDirection),
      .pump(.airNotStopped), .pump(.pressureNotFalling),
    ]
    for row in DrivenRow.all {
      var columns = (0..<PhaseColumn.count).compactMap { PhaseColumn(rawValue: UInt8($0)) }
      if row.name == .pump(.coverOpen) {
        #expect(row.row.reactions.rest == .forcedStop)
        columns.removeAll { $0 == .rest }
      }
      let forces = columns.contains { row.row.reactions[$0] == .forcedStop }
      #expect(forces == allowed.contains(row.name), "\(row.name)")
      if forces { #expect(row.row.latch == .reaction) }
    }
  }

  @Test(
    "A pump that was stopped is released only a second after its cause at the earliest",
    .verifies("R6"))
  func restart() {
    for row in DrivenRow.all where row.mayStop {
      #expect(row.row.clear >= Seconds(seconds: 1), "\(row.name)")
    }
  }

  @Test("A row that is overridden by button has something to lift, and its alarm says so")
  func overridable() {
    for row in DrivenRow.all {
      let mayAct = row.mayStop || row.slows
      let allowed = AlarmCatalogue.entry(row.row.alarm).override
      if row.row.override == .timed {
        // Air in cardioplegia is what the coronary override is named after; it shares AL-03.
        let isAllowed = allowed == .timed || row.name == .machine(.cardioplegiaAir)
        #expect(row.row.key != nil && mayAct && isAllowed, "\(row.name)")
      }
      if row.row.override == .notApplicable { #expect(!mayAct, "\(row.name)") }
    }
    for number in AlarmCatalogue.numbers
    where AlarmCatalogue.entry(AlarmID(number)).override == .timed {
      #expect(
        DrivenRow.all.contains { $0.row.alarm.number == number && $0.row.override == .timed }
          || number == 37, "AL-\(number)")
    }
  }
}
