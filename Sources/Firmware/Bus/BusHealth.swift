public import ChipDrivers
public import PerfusionCore

/// How one bus fares, and the ladder that frees it when it is stuck.
///
/// A failed visit is retried by the schedule. Two bus failures in a row (timeout, lost arbitration,
/// electrical fault), or silence of every chip twice over, make the bus stuck: it is reported and
/// only probed once a tick. The fourth failure asks for the adapter to be opened anew, the eighth
/// for a reset of the multiplexers, and so on in turn until something answers.
public struct BusHealth: BitwiseCopyable, Sendable {
  /// Failures in a row after which the bus counts as stuck.
  public static var stuckAfter: UInt32 { 2 }

  /// Visits that ended well.
  public private(set) var successes: UInt64 = 0
  /// Failures of each kind, by `BusError.rawValue`.
  public private(set) var failures = InlineArray<11, UInt32>(repeating: 0)
  /// Nothing gets through.
  public private(set) var isStuck = false
  /// How often the bus became stuck.
  public private(set) var timesStuck: UInt32 = 0
  /// How often the adapter was asked to be opened anew.
  public private(set) var reopenRequests: UInt32 = 0
  /// How often the multiplexers were asked to be reset.
  public private(set) var resetRequests: UInt32 = 0
  private var failuresInRow: UInt32 = 0
  /// The last three failures of the bus, the newest first.
  private var lately = InlineArray<3, Instant>(repeating: Instant(microseconds: .min / 2))
  private var silentVisits: UInt32 = 0
  private var request = BusRecovery.none

  /// A bus that has not been used.
  public init() {}

  /// How often one kind of failure happened.
  public func count(of failure: BusError) -> UInt32 { failures[Int(failure.rawValue)] }

  /// A visit went well; true when that freed a stuck bus.
  mutating func succeed() -> Bool {
    successes &+= 1
    failuresInRow = 0
    silentVisits = 0
    request = .none
    guard isStuck else { return false }
    isStuck = false
    return true
  }

  /// The bus has failed three times in the second before this moment (AL-56).
  public func isFailing(at now: Instant) -> Bool {
    now.microseconds &- lately.span[2].microseconds <= 1_000_000
  }

  private mutating func note(_ now: Instant) {
    lately[2] = lately[1]
    lately[1] = lately[0]
    lately[0] = now
  }

  /// A visit failed on a bus with this many chips.
  mutating func fail(_ failure: BusError, chips: Int, at now: Instant) {
    let kind = Int(failure.rawValue)
    if failures[kind] < .max { failures[kind] += 1 }
    switch failure {
    case .timeout, .arbitrationLost, .busFault, .adapterGone:
      failuresInRow &+= 1
      note(now)
    case .noAcknowledge:
      // A single chip that is silent is that chip's matter; all of them are the bus's.
      silentVisits &+= 1
      if silentVisits > UInt32(clamping: chips) &* 2 {
        failuresInRow &+= 1
        note(now)
      }
    case .unsupported, .checksum, .wrongIdentity, .verifyFailed, .notReady, .chipFault:
      silentVisits = 0
      return
    }
    guard failuresInRow >= BusHealth.stuckAfter else { return }
    if !isStuck { timesStuck &+= 1 }
    isStuck = true
    climb()
  }

  private mutating func climb() {
    switch failuresInRow % 8 {
    case 4:
      request = .reopen
      reopenRequests &+= 1
    case 0:
      request = .resetMultiplexers
      resetRequests &+= 1
    default: break
    }
  }

  /// A chip that was parted before holds the bus again: the rungs before the reset are left out.
  mutating func partAtOnce() {
    request = .resetMultiplexers
    resetRequests &+= 1
  }

  /// What is asked for, once.
  mutating func takeRequest() -> BusRecovery {
    defer { request = .none }
    return request
  }
}
