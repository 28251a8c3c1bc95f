import PerfusionCore

/// A row of either interlock table with its name.
struct TableRow {
  /// `machine.arterialAir`, `pump.overspeed`.
  let name: String
  /// What is watched, in words.
  let title: String
  /// The row.
  let row: InterlockRow
  /// It belongs to each pump.
  let isOfPump: Bool
  /// As the cause of an alarm: its number in records and messages, and its words.
  let cause: AlarmCause

  /// Every row, machine first, in the order of the code.
  static var all: [TableRow] {
    let machine = (0..<MachineRow.count).compactMap { MachineRow(rawValue: UInt8($0)) }
    let pump = (0..<PumpRow.count).compactMap { PumpRow(rawValue: UInt8($0)) }
    return machine.map {
      TableRow(
        name: "machine.\($0)", title: Words.spoken("\($0)"), row: $0.row, isOfPump: false,
        cause: AlarmCause($0))
    }
      + pump.map {
        TableRow(
          name: "pump.\($0)", title: Words.spoken("\($0)"), row: $0.row, isOfPump: true,
          cause: AlarmCause($0, pumps: 0))
      }
  }
}
