import Testing

@testable import PerfusionCore

@Suite("Alterations of the interlock table")
struct MutationRun {
  @Test("Every alteration that changes what a row does is noticed")
  func alterations() {
    var killed = 0
    var same = 0
    var survived: [String] = []
    for row in DrivenRow.all {
      RowMutation.row = -1
      let original = row.row
      for field in RowMutation.fields.indices {
        if isSame(row, original, RowMutation.fields[field]) {
          same += 1
          continue
        }
        RowMutation.row = number(row)
        RowMutation.field = field
        let isNoticed =
          !RowDrive.faults(row).isEmpty || row.row.override != row.expected?.override
        RowMutation.row = -1
        if isNoticed {
          killed += 1
        } else {
          survived.append("survived: \(row.name) \(RowMutation.fields[field])")
        }
      }
    }
    for line in survived { print(line) }
    print("rows \(DrivenRow.all.count): \(killed) alterations killed, \(survived.count) survived")
    print("  \(same) not tried, because they change nothing that the row can do:")
    print("  a column that the response matrix decides, a clamp or reach without a stop")
    #expect(survived.isEmpty)
  }

  private func number(_ row: DrivenRow) -> Int {
    switch row.name {
    case .machine(let row): Int(row.rawValue)
    case .pump(let row): 100 + Int(row.rawValue)
    }
  }

  /// The alteration cannot change what the row does.
  private func isSame(_ row: DrivenRow, _ original: InterlockRow, _ field: String) -> Bool {
    guard let expected = row.expected else { return false }
    let isMachine = number(row) < 100
    let stops = [PumpKind.roller, .centrifugal].map { kind in
      RowDrive.phases.contains {
        (Grade.zeroFlow..<Grade.forcedStop).contains(expected.grade($0, kind))
      }
    }
    switch field {
    case "roller up", "roller down", "centrifugal up", "centrifugal down":
      return original.event != nil
    case "rest up", "prime up", "arrest up", "rest down", "prime down", "arrest down":
      // A response of none or alarm lets nothing above an alarm through.
      return isMachine && original.event != nil
    case "closes clamp": return !(stops[1] || !isMachine && stops[0])
    case "reach": return !isMachine || original.event != nil || row.pump != 0
    default: return false
    }
  }
}
