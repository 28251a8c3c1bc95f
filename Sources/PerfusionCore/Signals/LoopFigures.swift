/// Lengths of time, counted, as link and black box tell them; nanoseconds.
public struct LatencyFigures: BitwiseCopyable, Equatable, Sendable {
  /// How many.
  public var count: UInt64 = 0
  /// Half of them do not exceed this.
  public var p50: Int64 = 0
  /// 99 % do not exceed this.
  public var p99: Int64 = 0
  /// 99.99 % do not exceed this.
  public var p9999: Int64 = 0
  /// The longest.
  public var longest: Int64 = 0
  /// Nothing counted.
  public init() {}
}

/// How one bus fares, as link and black box tell it; times in nanoseconds.
public struct BusFigures: BitwiseCopyable, Equatable, Sendable {
  /// What transfers have taken.
  public var busy: Int64 = 0
  /// Since start-up.
  public var elapsed: Int64 = 0
  /// Ticks whose visits were left out because the worker came too late.
  public var skippedTicks: UInt64 = 0
  /// Visits that ended well.
  public var successes: UInt64 = 0
  /// Failures of all kinds.
  public var failures: UInt64 = 0
  /// Nothing gets through now.
  public var isStuck = false
  /// How often it became stuck; told by the link alone.
  public var timesStuck: UInt32 = 0
  /// Leases on its chips that ran out.
  public var expiredLeases: UInt64 = 0
  /// How late visits begin at most; told by the link alone.
  public var longestWakeUp: Int64 = 0
  /// A bus that has not been used.
  public init() {}

  /// Share of the time that it is busy, 0...1.
  public var occupancy: Double { elapsed > 0 ? Double(busy) / Double(elapsed) : 0 }
}
