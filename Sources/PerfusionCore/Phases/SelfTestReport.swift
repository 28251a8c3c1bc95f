/// What the power-on self test looks at (docs/domain.md C1), in the order of its lines.
public enum SelfTestItem: UInt8, BitwiseCopyable, Sendable {
  /// Every chip answered as the part it should be.
  case identities
  /// The configuration in memory has the check sum that it had when it was loaded.
  case configuration
  /// Sensors that the interlocks need have a valid reading.
  case sensors
  /// No rotor moved while nothing was told to turn.
  case rotorsStand
  /// Each drive's torque feedback followed its safe-torque-off line, both ways.
  case safeTorqueOff
  /// The arterial clamp opened in 150...500 ms.
  case clampOpening
  /// The arterial clamp closed in 150...500 ms.
  case clampClosing
  /// Air detectors read "air" for their test pulse.
  case airDetectors
  /// The window watchdog bit when it was not stroked, and recovered.
  case watchdog
  /// The over-temperature cut-outs are closed, and their circuits can be read.
  case overTemperature
  /// Buzzer and lamps were driven.
  case signals
  /// How many items there are.
  public static var count: Int { 11 }
}

/// How an item of the self test ended.
public enum SelfTestOutcome: UInt8, BitwiseCopyable, Sendable {
  /// It has not been looked at yet.
  case pending
  /// It is as it must be.
  case passed
  /// It is not: READY stays refused.
  case failed
  /// The board has nothing of the kind, or no way to see it.
  case notFitted
  /// The machine did its part; only a person can see or hear the result, and says so by the item
  /// `signalsHeard` of the checklist, without which there is no READY. Of the clamp: it was not moved,
  /// because somebody may be connected behind it, and counts as the slowest that is allowed.
  case operatorConfirms
}

/// The results of the power-on self test.
public struct SelfTestReport: BitwiseCopyable, Sendable {
  private var outcomes = InlineArray<11, SelfTestOutcome>(repeating: .pending)
  /// Time the clamp took from the command until its own switch said open.
  public internal(set) var clampOpening = Seconds.zero
  /// Time it took until its own switch said closed.
  public internal(set) var clampClosing = Seconds.zero
  /// Bit i: chip i of the wiring did not answer as the part it should be.
  public internal(set) var lostChips: UInt64 = 0
  /// Bit i: pump i failed its torque test or moved.
  public internal(set) var failedPumps: UInt8 = 0

  /// Nothing has been looked at.
  public init() {}

  /// How an item ended.
  public subscript(item: SelfTestItem) -> SelfTestOutcome {
    get { outcomes.span[Int(item.rawValue)] }
    set { outcomes[Int(item.rawValue)] = newValue }
  }

  /// Nothing failed and nothing is pending.
  public var hasPassed: Bool {
    let span = outcomes.span
    for index in 0..<SelfTestItem.count
    where span[index] == .failed || span[index] == .pending {
      return false
    }
    return true
  }

  /// Passes the report through a record.
  mutating func pass(_ buffer: inout RecordBuffer) {
    for index in 0..<SelfTestItem.count { buffer.pass(&outcomes[index]) }
    buffer.pass(&clampOpening)
    buffer.pass(&clampClosing)
    buffer.pass(&lostChips)
    buffer.pass(&failedPumps)
  }
}
