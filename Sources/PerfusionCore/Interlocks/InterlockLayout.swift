/// What the interlocks must know of the machine, taken out of the configuration once.
struct InterlockLayout: Sendable {
  /// How many pumps there are.
  let count: Int
  /// Their kinds.
  private(set) var kinds = InlineArray<8, PumpKind>(repeating: .roller)
  /// The pumps that each stops with.
  private(set) var links = InlineArray<8, UInt8>(repeating: 0)
  /// The response matrix.
  let responses: ResponseMatrix
  /// Ticks that an override lasts: 180 s.
  let overrideTicks: UInt32

  init(_ configuration: MachineConfiguration) {
    count = configuration.pumps.count
    responses = configuration.responses
    overrideTicks = UInt32(clamping: configuration.ticks(Seconds(seconds: 180)))
    for pump in configuration.pumps.indices {
      kinds[pump] = configuration.pumps[pump].kind
      links[pump] = configuration.pumps[pump].stopsWithPumps
    }
  }
}
