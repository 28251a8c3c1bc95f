internal import PerfusionCore

/// What the tick asks of the GPIO outputs, and until when each of them holds.
public struct LineCommands: BitwiseCopyable, Sendable {
  /// The state of each line; bit i is line i of the wiring, asserted is 1.
  public var wanted: LineLevels = 0
  /// Lines that have been commanded.
  public var commanded: LineLevels = 0
  /// Lines whose command has a lease.
  public private(set) var renewed: LineLevels = 0
  /// When the lease of each line ends, in microseconds.
  @usableFromInline var ends = InlineArray<64, Int64>(repeating: .max)

  /// Nothing asked.
  public init() {}

  /// The leases of these lines are over, of others none has begun.
  mutating func lapse(_ lines: LineLevels) {
    commanded |= lines
    renewed = lines
    ends = InlineArray(repeating: .min)
  }

  /// Asks for a line's state.
  mutating func set(_ line: UInt8, _ isAsserted: Bool) {
    guard line < 64 else { return }
    let bit: LineLevels = 1 << UInt64(line)
    wanted = isAsserted ? wanted | bit : wanted & ~bit
    commanded |= bit
  }

  /// Lets the lease of a line last until a moment.
  mutating func renew(_ line: UInt8, until end: Instant) {
    guard line < 64 else { return }
    ends[Int(line)] = end.microseconds
    renewed |= 1 << UInt64(line)
  }
}
