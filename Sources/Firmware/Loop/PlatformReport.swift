public import PerfusionCore

/// Turns what the firmware counts about itself into findings for the controller: a late loop
/// (AL-57), buses that fail (AL-56), a display that is away (AL-55) and a log that cannot be written
/// (AL-67).
@usableFromInline struct PlatformReport: BitwiseCopyable, Sendable {
  private let ticksInSecond: UInt32
  private let ticksInMinute: UInt32
  private var secondLeft: UInt32
  private var overrunsBefore: UInt64 = 0
  private var isOftenLate = false
  private var failuresBefore: UInt64 = 0
  private var storageLeft: UInt32 = 0

  /// Ticks until the buses are looked at again.
  private var busesLeft: UInt32 = 1
  private static var busTicks: UInt32 { 10 }

  init(tickMicroseconds: Int32) {
    ticksInSecond = UInt32(clamping: 1_000_000 / max(1, tickMicroseconds))
    ticksInMinute = ticksInSecond * 60
    secondLeft = ticksInSecond
  }

  /// Follows by one tick.
  ///
  /// - Parameters:
  ///   - loop: how the loop keeps time; more than two late ticks in a row and more than ten in a
  ///     second are findings (docs/domain.md section 9).
  ///   - failedWrites: writes of kept records that failed so far; the finding stands for a minute
  ///     after the last one.
  ///   - findings: where they are stated.
  @usableFromInline mutating func update(
    _ loop: borrowing LoopStatistics, failedWrites: UInt64, into findings: inout PlatformFindings
  ) {
    secondLeft -= 1
    if secondLeft == 0 {
      secondLeft = ticksInSecond
      isOftenLate = loop.overruns &- overrunsBefore > 10
      overrunsBefore = loop.overruns
    }
    if failedWrites != failuresBefore {
      failuresBefore = failedWrites
      storageLeft = ticksInMinute
    } else if storageLeft > 0 {
      storageLeft -= 1
    }
    findings.set(.loopOverrun, loop.overrunsInRow > 2)
    findings.set(.loopOverrunMany, isOftenLate)
    findings.set(.logStorage, storageLeft > 0)
  }

  /// True when the buses are to be looked at: every tenth tick, 50 ms at 200 Hz.
  @usableFromInline mutating func looksAtBuses() -> Bool {
    busesLeft -= 1
    guard busesLeft == 0 else { return false }
    busesLeft = PlatformReport.busTicks
    return true
  }
}
