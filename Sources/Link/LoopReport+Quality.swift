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
    wakeUp = LatencyFigures(quality.wakeUp)
    execution = LatencyFigures(quality.execution)
    for index in 0..<5 { overruns[index] = quality.overruns.span[index] }
    lostRecords = quality.lostRecords
    lostEdges = quality.lostEdges
    failedStores = quality.failedStores
    expiredLeases = quality.expiredLeases
    failedLineWrites = quality.failedLineWrites
    for index in 0..<4 where quality.buses.span[index].elapsed > 0 {
      buses.append(BusFigures(quality.buses.span[index]))
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
      var bus = BusFigures()
      bus.busy = microseconds * 1000
      bus.elapsed = elapsed * 1000
      buses.append(bus)
    }
  }
}
