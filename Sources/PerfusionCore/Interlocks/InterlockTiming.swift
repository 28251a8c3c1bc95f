/// Row times in ticks, worked out once from the table.
struct InterlockTiming: Sendable {
  var machine = RowTiming<96>()
  var pump = RowTiming<32>()

  init(configuration: MachineConfiguration) {
    for index in 0..<MachineRow.count {
      guard let id = MachineRow(rawValue: UInt8(index)) else { continue }
      machine.learn(index, id.row, configuration)
    }
    for index in 0..<PumpRow.count {
      guard let id = PumpRow(rawValue: UInt8(index)) else { continue }
      pump.learn(index, id.row, configuration)
    }
  }
}

/// The rows of the machine.
typealias MachineBank = RowBank<96>
/// The rows of one pump.
typealias PumpBank = RowBank<32>
