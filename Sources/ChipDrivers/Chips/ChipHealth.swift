public import PerfusionCore

/// Where a chip stands.
public enum ChipState: UInt8, BitwiseCopyable, Sendable {
  /// It has to be initialised: at start-up, or after it was lost.
  case needsInitialisation
  /// It is initialised and answers.
  case running
}

/// How a chip fares: what failed, how often, and when it is tried again.
///
/// A fault of the transfer is tolerated once: the next visit is the retry. The second in a row, a
/// wrong identity, a failed verification or a chip that reports its own damage loses the chip. A lost chip is tried again at its next
/// visit, then after 20 ms, 40 ms and so on up to 1 s.
public struct ChipHealth: BitwiseCopyable, Sendable {
  /// Failures in a row of the transfer that lose a chip (docs/domain.md HZ-47, "x2").
  @inlinable public static var tolerated: UInt8 { 1 }
  /// Shortest pause before a lost chip is tried again, doubled each time.
  @inlinable public static var firstPauseMicroseconds: Int64 { 20_000 }
  /// Longest pause.
  @inlinable public static var longestPauseMicroseconds: Int64 { 1_000_000 }

  /// Where it stands.
  public private(set) var state = ChipState.needsInitialisation
  /// Failures of each kind, by `BusError.rawValue`; stays at its greatest value.
  public private(set) var failures = InlineArray<11, UInt32>(repeating: 0)
  /// The last failure; nothing when there was none.
  public private(set) var lastFailure: BusError?
  /// Failures in a row.
  public private(set) var consecutiveFailures: UInt8 = 0
  /// How often the chip was lost after it had run.
  public private(set) var losses: UInt32 = 0
  @usableFromInline var pause: Int64 = 0
  @usableFromInline var retryAt = Instant.start
  @usableFromInline var isSound = false

  /// A chip that has not been visited.
  public init() {}

  /// True unless the chip waits for its next try.
  @inlinable public func isDue(_ now: Instant) -> Bool { now >= retryAt }

  /// Ends the pause of a lost chip: something about its bus has changed.
  @inlinable public mutating func retrySoon() {
    retryAt = .start
    pause = 0
  }

  /// How often one kind of failure happened.
  public func count(of failure: BusError) -> UInt32 { failures[Int(failure.rawValue)] }

  /// A visit went well; `isReady` once the chip is initialised.
  @inlinable public mutating func succeed(isReady: Bool) {
    if isSound && isReady { return }
    recover(isReady: isReady)
  }

  @usableFromInline mutating func recover(isReady: Bool) {
    consecutiveFailures = 0
    guard isReady else { return }
    state = .running
    pause = 0
    isSound = true
  }

  /// A visit failed; true when the chip is lost by it.
  public mutating func fail(_ failure: BusError, at now: Instant) -> Bool {
    isSound = false
    let kind = Int(failure.rawValue)
    if failures[kind] < .max { failures[kind] += 1 }
    lastFailure = failure
    if consecutiveFailures < .max { consecutiveFailures += 1 }
    let isGrave = failure == .wrongIdentity || failure == .verifyFailed || failure == .chipFault
    guard isGrave || consecutiveFailures > ChipHealth.tolerated else { return false }
    if state == .running && losses < .max { losses += 1 }
    state = .needsInitialisation
    retryAt = now.advanced(microseconds: pause)
    pause = min(
      max(pause * 2, ChipHealth.firstPauseMicroseconds), ChipHealth.longestPauseMicroseconds)
    return true
  }
}
