public import PerfusionCore

extension LatencyFigures {
  /// The percentiles of a histogram.
  public init(_ histogram: LatencyHistogram) {
    self.init()
    count = histogram.count
    p50 = histogram.percentile(0.5)
    p99 = histogram.percentile(0.99)
    p9999 = histogram.percentile(0.9999)
    longest = histogram.longest
  }
}

extension BusFigures {
  /// A worker's report.
  public init(_ report: BusReport) {
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
