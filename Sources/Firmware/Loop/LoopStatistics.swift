public import PerfusionCore

/// How well the tick keeps time (docs/domain.md 11.1, HZ-53).
public struct LoopStatistics: BitwiseCopyable, Sendable {
  /// Ticks carried out.
  public private(set) var ticks: UInt64 = 0
  /// Ticks that began more than half a tick late, and those that were left out.
  public private(set) var overruns: UInt64 = 0
  /// Overruns in a row now.
  public private(set) var overrunsInRow: UInt32 = 0
  /// Longest run of overruns.
  public private(set) var longestOverrun: UInt32 = 0
  /// Longest time between the beginnings of two ticks, microseconds.
  public private(set) var longestPeriod: Int64 = 0
  /// Longest execution of a tick, microseconds.
  public private(set) var longestExecution: Int64 = 0
  /// Executions by length: place 0 below 1 us, place i below 2^i us, the last all the rest.
  public private(set) var executions = InlineArray<20, UInt64>(repeating: 0)
  /// Ticks left out since a tick last asked.
  private var missed: UInt32 = 0
  private let tickMicroseconds: Int64
  /// When the last tick began; nothing before the first.
  public private(set) var beganAt: Instant?

  /// Statistics of a loop with this tick.
  public init(tickMicroseconds: Int32) { self.tickMicroseconds = Int64(tickMicroseconds) }

  /// A tick begins.
  public mutating func begin(_ now: Instant) {
    ticks &+= 1
    if let beganAt {
      let period = now.microseconds &- beganAt.microseconds
      longestPeriod = max(longestPeriod, period)
      let isLate = period * 2 > tickMicroseconds * 3
      overruns &+= isLate ? 1 : 0
      overrunsInRow = isLate ? overrunsInRow &+ 1 : 0
      longestOverrun = max(longestOverrun, overrunsInRow)
    }
    beganAt = now
  }

  /// Ticks were left out: the loop is so far behind that they are not caught up.
  mutating func leaveOut(_ missed: UInt32) {
    self.missed &+= missed
    overruns &+= UInt64(missed)
    overrunsInRow &+= missed
    longestOverrun = max(longestOverrun, overrunsInRow)
  }

  /// The ticks that were left out before this one.
  @usableFromInline mutating func takeMissed() -> UInt32 {
    defer { missed = 0 }
    return missed
  }

  /// The tick has ended.
  public mutating func end(_ now: Instant) {
    guard let beganAt else { return }
    let length = max(0, now.microseconds &- beganAt.microseconds)
    longestExecution = max(longestExecution, length)
    let place = 64 - length.leadingZeroBitCount
    executions[min(place, 19)] &+= 1
  }
}
