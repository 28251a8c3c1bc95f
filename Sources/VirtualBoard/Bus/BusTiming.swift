import PerfusionCore

/// How long a transfer takes on the wires and in the adapter (docs/domain.md 10.3).
struct BusTiming: Sendable {
  private let nanosecondsPerClock: Int64

  /// Timing of a bus with this clock; under 10 kHz counts as 10 kHz.
  init(clockHertz: UInt32) {
    nanosecondsPerClock = 1_000_000_000 / Int64(max(10_000, clockHertz))
  }

  /// What the driver and adapter take for each call, microseconds.
  static var overhead: Int64 { 60 }
  /// How long the adapter waits for a stuck clock, microseconds (HZ-47).
  static var adapterTimeout: Int64 { 2000 }
  /// Longest stretch that the adapter waits for, microseconds.
  static var longestStretch: Int64 { 25_000 }

  /// Microseconds on the wires: nine clocks a byte with the addresses, start, repeated start and
  /// stop.
  func microseconds(written: Int, read: Int) -> Int64 {
    var clocks: Int64 = 2
    if written > 0 || read == 0 { clocks &+= Int64(written &+ 1) &* 9 }
    if read > 0 { clocks &+= Int64(read &+ 1) &* 9 &+ (written > 0 ? 1 : 0) }
    // Never negative: an unsigned division by a constant is a multiplication.
    let nanoseconds = UInt64(bitPattern: clocks &* nanosecondsPerClock &+ 999)
    return Int64(bitPattern: nanoseconds / 1000)
  }
}
