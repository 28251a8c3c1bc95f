/// Row times in ticks, worked out once from the table.
struct InterlockTiming: Sendable {
  var machineRaise = InlineArray<64, UInt32>(repeating: 1)
  var machineClear = InlineArray<64, UInt32>(repeating: 1)
  var pumpRaise = InlineArray<64, UInt32>(repeating: 1)
  var pumpClear = InlineArray<64, UInt32>(repeating: 1)

  init(configuration: MachineConfiguration) {
    for index in 0..<MachineRow.count {
      guard let id = MachineRow(rawValue: UInt8(index)) else { continue }
      let row = id.row
      machineRaise[index] = InterlockTiming.ticks(row.raise, configuration)
      machineClear[index] = InterlockTiming.ticks(row.clear, configuration)
    }
    for index in 0..<PumpRow.count {
      guard let id = PumpRow(rawValue: UInt8(index)) else { continue }
      let row = id.row
      pumpRaise[index] = InterlockTiming.ticks(row.raise, configuration)
      pumpClear[index] = InterlockTiming.ticks(row.clear, configuration)
    }
  }

  private static func ticks(
    _ span: Seconds, _ configuration: MachineConfiguration
  ) -> UInt32 {
    span.seconds > 0 ? UInt32(clamping: configuration.ticks(span)) : 1
  }
}
