internal import CLinkMessages
public import PerfusionCore

/// How the loop keeps time, as the link tells it.
public struct LoopReport: Sendable {
  /// The tick it describes.
  public var tick = Tick.start
  /// When that tick began.
  public var at = Instant.start
  /// Length of a tick, nanoseconds.
  public var period: Int64 = 0
  /// How late ticks begin.
  public var wakeUp = LatencyFigures()
  /// How long ticks take.
  public var execution = LatencyFigures()
  /// Overruns by the part in which they came: wake-up, acquire, step, apply, publish.
  public var overruns = InlineArray<5, UInt64>(repeating: 0)
  /// Records for link and black box that found no room.
  public var lostRecords: UInt64 = 0
  /// Edges that found no room.
  public var lostEdges: UInt64 = 0
  /// Records for the medium that were lost.
  public var failedStores: UInt64 = 0
  /// Leases of lines and chips that ran out.
  public var expiredLeases: UInt64 = 0
  /// Line writes that failed.
  public var failedLineWrites: UInt64 = 0
  /// Time is virtual: counts and the buses' time are modelled, latencies are none.
  public var isVirtual = false
  /// The buses, in the order of the board file.
  public var buses = FixedList<4, BusFigures>(filler: BusFigures())

  /// A loop that has not run.
  public init() {}

  init(_ message: perfusion_Loop) {
    var copy = message
    var carrier = FrameCarrier(.toModel)
    carrier.loop(&copy, &self)
  }

  var message: perfusion_Loop {
    var message = perfusion_Loop()
    var copy = self
    var carrier = FrameCarrier(.toMessage)
    carrier.loop(&message, &copy)
    return message
  }
}

extension FrameCarrier {
  fileprivate mutating func loop(_ message: inout perfusion_Loop, _ model: inout LoopReport) {
    integer(&message.tick, &model.tick.count)
    integer(&message.time_us, &model.at.microseconds)
    integer(&message.period_ns, &model.period)
    if begins(&message.has_wake_up) { latency(&message.wake_up, &model.wakeUp) }
    if begins(&message.has_execution) { latency(&message.execution, &model.execution) }
    if direction == .toMessage { message.overruns_count = 5 }
    for index in 0..<min(5, Int(message.overruns_count)) {
      var wire = element(&message.overruns, index, of: UInt64(0))
      integer(&wire, &model.overruns[index])
      setElement(&message.overruns, index, wire)
    }
    integer(&message.lost_records, &model.lostRecords)
    integer(&message.lost_edges, &model.lostEdges)
    integer(&message.failed_stores, &model.failedStores)
    integer(&message.expired_leases, &model.expiredLeases)
    integer(&message.failed_line_writes, &model.failedLineWrites)
    flag(&message.is_virtual, &model.isVirtual)
    buses(&message, &model)
  }

  private mutating func latency(
    _ message: inout perfusion_Latency, _ model: inout LatencyFigures
  ) {
    integer(&message.count, &model.count)
    integer(&message.p50_ns, &model.p50)
    integer(&message.p99_ns, &model.p99)
    integer(&message.p9999_ns, &model.p9999)
    integer(&message.longest_ns, &model.longest)
  }

  private mutating func buses(_ message: inout perfusion_Loop, _ model: inout LoopReport) {
    switch direction {
    case .toMessage: message.buses_count = pb_size_t(model.buses.count)
    case .toModel: model.buses.removeAll()
    }
    for index in 0..<min(4, Int(message.buses_count)) {
      var wire = element(&message.buses, index, of: perfusion_Bus())
      var bus = model.buses.element(at: index) ?? BusFigures()
      self.bus(&wire, &bus)
      if direction == .toModel { model.buses.append(bus) }
      setElement(&message.buses, index, wire)
    }
  }

  private mutating func bus(_ wire: inout perfusion_Bus, _ bus: inout BusFigures) {
    integer(&wire.busy_ns, &bus.busy)
    integer(&wire.elapsed_ns, &bus.elapsed)
    integer(&wire.skipped_ticks, &bus.skippedTicks)
    integer(&wire.successes, &bus.successes)
    integer(&wire.failures, &bus.failures)
    flag(&wire.stuck, &bus.isStuck)
    integer(&wire.times_stuck, &bus.timesStuck)
    integer(&wire.expired_leases, &bus.expiredLeases)
    integer(&wire.longest_wake_up_ns, &bus.longestWakeUp)
  }
}
