internal import PerfusionCore

/// One air detector: joins its edges to stretches of air and keeps the longest of a tick.
///
/// The self test drives the detector to "air" for a tick. The stretch that the test causes is not
/// air: it ends with the detector's return to fluid. A detector that has not returned
/// `recoveryMicroseconds` after the test ended sees real air, counted from the end of the test.
struct AirDetector: BitwiseCopyable, Sendable {
  /// Longest return to fluid after air (46 ms for the AD8 type, docs/domain.md 10.1).
  static var recoveryMicroseconds: Int64 { 50_000 }

  enum Test: UInt8, BitwiseCopyable, Sendable {
    case none, driven, recovering
  }

  private(set) var isInAir = false
  private(set) var test = Test.none
  private(set) var selfTestPassed = true
  private var since = Instant.start
  private var longest: Int64 = 0
  private var releasedAt = Instant.start
  private var isLevelDoubted = false
  /// Time that this detector takes to return to fluid after a test without air.
  private var usualRecovery = AirDetector.recoveryMicroseconds
  private var drivenAt = Instant.start

  /// A return later than usual by this much gives air away.
  static var telltaleMicroseconds: Int64 { 1000 }

  /// An edge, in the order of time.
  mutating func edge(isAir: Bool, at moment: Instant) {
    if isAir == isInAir {
      // An edge that confirms what the level said before tells the time better.
      if isAir && moment > since { return }
      if isAir { since = moment }
      return
    }
    isInAir = isAir
    if isAir {
      since = moment
      return
    }
    if test == .none { longest = max(longest, moment.microseconds &- since.microseconds) }
    if test == .recovering { endRecovery(at: moment) }
  }

  /// Air that began during a test holds the detector longer than the test alone does: what goes
  /// beyond the usual return counts as air, with the time of the test before it. So a gross bubble
  /// of 6.6 ms cannot hide behind a test of 5 ms (docs/domain.md 11.2).
  private mutating func endRecovery(at moment: Instant) {
    test = .none
    let taken = moment.microseconds &- releasedAt.microseconds
    let excess = taken &- usualRecovery
    if excess >= AirDetector.telltaleMicroseconds {
      longest = max(longest, moment.microseconds &- drivenAt.microseconds &- usualRecovery)
    } else {
      usualRecovery = taken
    }
  }

  /// The level at `now`, after the edges: repairs what a lost edge left wrong.
  ///
  /// With captured edges a difference must last two ticks, because the edge may still be on its
  /// way; air that is only seen by level began at most one tick before (`previous`).
  mutating func settle(isAir: Bool, isCaptured: Bool, previous: Instant, now: Instant) {
    guard isAir != isInAir else {
      isLevelDoubted = false
      return
    }
    guard !isCaptured || isLevelDoubted else {
      isLevelDoubted = true
      return
    }
    isLevelDoubted = false
    edge(isAir: isAir, at: isAir ? previous : now)
  }

  /// What the tick is told, and begins the next tick's observation.
  mutating func observe(now: Instant) -> AirObservation {
    if test == .recovering && isInAir {
      let recovery = now.microseconds &- releasedAt.microseconds
      if recovery >= AirDetector.recoveryMicroseconds {
        test = .none
        since = releasedAt
      }
    } else if test == .recovering {
      test = .none
    }
    let isAir = isInAir && test == .none
    let present = isAir ? now.microseconds &- since.microseconds : 0
    let stretch = Int32(clamping: max(max(longest, present), 0))
    longest = 0
    return AirObservation(airNow: isAir, longestAir: stretch, selfTestPassed: selfTestPassed)
  }

  /// The test line was asserted now; a detector in air is not tested.
  mutating func beginTest(now: Instant) {
    guard !isInAir && test == .none else { return }
    test = .driven
    drivenAt = now
  }

  /// The test line is about to be released: the detector must have said "air".
  mutating func endTest(now: Instant) {
    guard test == .driven else { return }
    selfTestPassed = isInAir
    test = isInAir ? .recovering : .none
    releasedAt = now
  }
}
