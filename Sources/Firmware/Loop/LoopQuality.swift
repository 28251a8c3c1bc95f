/// The parts of a tick, in their order.
public enum LoopPhase: UInt8, BitwiseCopyable, Sendable {
  /// From the planned beginning to the real one.
  case wakeUp
  /// Sensors, edges and commands are taken.
  case acquire
  /// The controller decides.
  case step
  /// Commands are handed to whoever drives them.
  case apply
  /// Records are handed to the link and the black box.
  case publish
  /// How many parts there are.
  public static var count: Int { 5 }
}

/// How one bus fares, as its worker tells.
public struct BusReport: BitwiseCopyable, Sendable {
  /// Nanoseconds that transfers have taken since start-up.
  public var busy: Int64 = 0
  /// Nanoseconds since start-up.
  public var elapsed: Int64 = 0
  /// Ticks whose visits were left out because the worker came too late.
  public var skippedTicks: UInt64 = 0
  /// Failures, successes and recoveries.
  public var health = BusHealth()
  /// Leases on chips of this bus that ran out.
  public var expiredLeases: UInt64 = 0
  /// How late visits begin.
  public var longestWakeUp: Int64 = 0
  /// A bus that has not been used.
  public init() {}
}

/// How well the loop keeps time on a real machine (docs/domain.md 11.1, HZ-53): what `/loop` shows.
public struct LoopQuality: BitwiseCopyable, Sendable {
  /// Length of a tick, nanoseconds.
  public let period: Int64
  /// Ticks carried out.
  public internal(set) var ticks: UInt64 = 0
  /// How late ticks begin.
  public internal(set) var wakeUp = LatencyHistogram()
  /// How long ticks take, from their beginning to the last record handed over.
  public internal(set) var execution = LatencyHistogram()
  /// Ticks that were not done when the next one was due, by the part in which that moment came;
  /// `wakeUp` counts those that began more than half a tick late, and those that were left out.
  public internal(set) var overruns = InlineArray<5, UInt64>(repeating: 0)
  /// Records that found no room, link and black box together.
  public internal(set) var lostRecords: UInt64 = 0
  /// Edges that found no room.
  public internal(set) var lostEdges: UInt64 = 0
  /// Records for the medium that were lost.
  public internal(set) var failedStores: UInt64 = 0
  /// Leases of lines and chips that ran out.
  public internal(set) var expiredLeases: UInt64 = 0
  /// Line writes that failed.
  public internal(set) var failedLineWrites: UInt64 = 0
  /// The buses, in the order of the board file.
  public internal(set) var buses = InlineArray<4, BusReport>(repeating: BusReport())

  /// Nothing counted yet.
  public init(periodMicroseconds: Int32) { period = Int64(periodMicroseconds) * 1000 }

  /// All overruns.
  public var overrunCount: UInt64 {
    var sum: UInt64 = 0
    for phase in 0..<LoopPhase.count { sum &+= overruns[phase] }
    return sum
  }

  /// Overruns in one part.
  public func overruns(in phase: LoopPhase) -> UInt64 { overruns[Int(phase.rawValue)] }

  mutating func overran(in phase: LoopPhase) { overruns[Int(phase.rawValue)] &+= 1 }
}
