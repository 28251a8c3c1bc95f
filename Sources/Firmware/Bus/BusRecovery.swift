/// A step of the ladder that frees a stuck bus (docs/domain.md HZ-47).
public enum BusRecovery: UInt8, BitwiseCopyable, Sendable {
  /// Nothing is asked for.
  case none
  /// Clock out whoever holds the data line, and open the adapter anew.
  case reopen
  /// Pulse the reset line of the bus's multiplexers.
  case resetMultiplexers
}
