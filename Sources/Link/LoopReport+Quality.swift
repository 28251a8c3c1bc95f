public import Firmware
public import LinkMessages
public import PerfusionCore

extension LoopReport {
  /// What the tick's thread knows about itself, for link and black box.
  public init(_ quality: LoopQuality, tick: Tick, at: Instant) {
    self.init()
    self.tick = tick
    self.at = at
    period = quality.period
    wakeUp = LatencyReport(quality.wakeUp)
    execution = LatencyReport(quality.execution)
    for index in 0..<5 { overruns[index] = quality.overruns.span[index] }
    lostRecords = quality.lostRecords
    lostEdges = quality.lostEdges
    failedStores = quality.failedStores
    expiredLeases = quality.expiredLeases
    failedLineWrites = quality.failedLineWrites
    for index in 0..<4 where quality.buses.span[index].elapsed > 0 {
      buses.append(BusUse(quality.buses.span[index]))
    }
  }

  /// What a firmware whose time is virtual knows: counts without latencies, and how long its buses
  /// were busy by the model of their transfers.
  ///
  /// - Parameters:
  ///   - ticks: ticks of the firmware since it started.
  ///   - late: those that began late.
  ///   - busy: microseconds of transfers since power-on, by bus.
  ///   - elapsed: microseconds since power-on.
  ///   - tickMicroseconds: length of a tick.
  ///   - tick: the tick that the report is of.
  ///   - at: its moment.
  public init(
    ticks: UInt64, overruns late: UInt64, busy: [Int64], elapsed: Int64, tickMicroseconds: Int32,
    tick: Tick, at: Instant
  ) {
    self.init()
    self.tick = tick
    self.at = at
    isVirtual = true
    period = Int64(tickMicroseconds) * 1000
    execution.count = ticks
    overruns[0] = late
    for microseconds in busy {
      var bus = BusUse()
      bus.busy = microseconds * 1000
      bus.elapsed = elapsed * 1000
      buses.append(bus)
    }
  }
}

extension LatencyReport {
  /// The percentiles of a histogram.
  init(_ histogram: LatencyHistogram) {
    self.init()
    count = histogram.count
    p50 = histogram.percentile(0.5)
    p99 = histogram.percentile(0.99)
    p9999 = histogram.percentile(0.9999)
    longest = histogram.longest
  }
}

extension BusUse {
  /// A worker's report.
  init(_ report: BusReport) {
    self.init()
    busy = report.busy
    elapsed = report.elapsed
    skippedTicks = report.skippedTicks
    successes = report.health.successes
    for kind in 0..<9 { failures &+= UInt64(report.health.failures.span[kind]) }
    isStuck = report.health.isStuck
    timesStuck = report.health.timesStuck
    expiredLeases = report.expiredLeases
    longestWakeUp = report.longestWakeUp
  }
}
