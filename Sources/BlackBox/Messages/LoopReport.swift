/// How well the tick keeps time, as the channel `/loop` shows it once a second.
public struct LoopReport: BitwiseCopyable, Equatable, Sendable {
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
  public var wakeUp = Latency()
  /// How long ticks took.
  public var execution = Latency()
  /// Late ticks by the part that made them late: wake-up, acquire, step, apply, publish.
  public var overrunsByPart = (UInt64(0), UInt64(0), UInt64(0), UInt64(0), UInt64(0))
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
  /// The first `busCount` are the buses of the board file.
  public var buses = (Bus(), Bus(), Bus(), Bus())
  /// How many buses are told, 0...4.
  public var busCount = 0

  /// A report about nothing.
  public init() {}

  /// Lengths of time, counted; nanoseconds.
  public struct Latency: BitwiseCopyable, Equatable, Sendable {
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

  /// How one bus fares; nanoseconds.
  public struct Bus: BitwiseCopyable, Equatable, Sendable {
    /// What transfers have taken.
    public var busy: Int64 = 0
    /// Time since start-up.
    public var elapsed: Int64 = 0
    /// Visits that ended well.
    public var successes: UInt64 = 0
    /// Failures of all kinds.
    public var failures: UInt64 = 0
    /// Nothing gets through now.
    public var isStuck = false
    /// Leases on its chips that ran out.
    public var expiredLeases: UInt64 = 0
    /// Ticks whose visits were left out because the worker came too late.
    public var skippedTicks: UInt64 = 0
    /// A bus that has not been used.
    public init() {}
  }

  /// One of the buses; nothing beyond `busCount`.
  public func bus(_ index: Int) -> Bus? {
    guard index >= 0 && index < busCount else { return nil }
    switch index {
    case 0: return buses.0
    case 1: return buses.1
    case 2: return buses.2
    default: return buses.3
    }
  }

  /// Adds a bus; a fifth is left out.
  public mutating func append(_ bus: Bus) {
    switch busCount {
    case 0: buses.0 = bus
    case 1: buses.1 = bus
    case 2: buses.2 = bus
    case 3: buses.3 = bus
    default: return
    }
    busCount += 1
  }

  /// The same figures.
  public static func == (first: LoopReport, second: LoopReport) -> Bool {
    first.tick == second.tick && first.overruns == second.overruns
      && first.longestPeriod == second.longestPeriod
      && first.longestExecution == second.longestExecution && first.lostTicks == second.lostTicks
      && first.period == second.period && first.wakeUp == second.wakeUp
      && first.execution == second.execution && first.overrunsByPart == second.overrunsByPart
      && first.expiredLeases == second.expiredLeases
      && first.failedLineWrites == second.failedLineWrites
      && first.lostRecords == second.lostRecords && first.lostEdges == second.lostEdges
      && first.failedStores == second.failedStores && first.buses == second.buses
      && first.busCount == second.busCount
  }
}
