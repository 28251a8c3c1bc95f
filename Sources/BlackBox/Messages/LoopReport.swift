public import PerfusionCore

/// How well the tick keeps time, as the channel `/loop` shows it once a second.
public struct LoopReport: Equatable, Sendable {
  /// The controller's tick.
  public var tick: UInt64 = 0
  /// Ticks that began late.
  public var overruns: UInt64 = 0
  /// Longest time between two ticks, microseconds.
  public var longestPeriod: Int64 = 0
  /// Longest execution of a tick, microseconds.
  public var longestExecution: Int64 = 0
  /// Ticks that could not be recorded.
  public var lostTicks: UInt64 = 0
  /// Length of a tick, nanoseconds; 0 in virtual time, which has no latencies.
  public var period: Int64 = 0
  /// How late ticks began.
  public var wakeUp = LatencyFigures()
  /// How long ticks took.
  public var execution = LatencyFigures()
  /// Late ticks by the part that made them late.
  public var overrunsByPart = Parts()
  /// Leases of lines and chips that ran out.
  public var expiredLeases: UInt64 = 0
  /// Line writes that failed.
  public var failedLineWrites: UInt64 = 0
  /// Records for link and black box that found no room.
  public var lostRecords: UInt64 = 0
  /// Edges that found no room.
  public var lostEdges: UInt64 = 0
  /// Records for the medium that were lost or late.
  public var failedStores: UInt64 = 0
  /// The buses of the board file, in its order.
  public var buses = FixedList<4, BusFigures>(filler: BusFigures())

  /// A report about nothing.
  public init() {}

  /// A count for each part of a tick.
  public struct Parts: BitwiseCopyable, Equatable, Sendable {
    /// From the planned beginning to the real one.
    public var wakeUp: UInt64 = 0
    /// Sensors, edges and commands are taken.
    public var acquire: UInt64 = 0
    /// The controller decides.
    public var step: UInt64 = 0
    /// Commands are handed to whoever drives them.
    public var apply: UInt64 = 0
    /// Records are handed to the link and the black box.
    public var publish: UInt64 = 0
    /// Nothing counted.
    public init() {}
  }
}
