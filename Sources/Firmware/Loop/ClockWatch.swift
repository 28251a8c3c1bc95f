public import PerfusionCore

/// Sets the computer's clock against the one that does not jump (HZ-49): control counts the second
/// alone, records carry the first, and whoever reads them has to know that it moved.
///
/// Looked at every 10 s in spans of ten minutes. Each is whole seconds, so a second of difference
/// says nothing; more than that and a three hundredth of the span is a jump, or 0.5 % of drift at the
/// end of it. A correction of the time service, 500 ppm at most, stays far below.
@usableFromInline struct ClockWatch: BitwiseCopyable, Sendable {
  private let ticksBetween: UInt32
  private var ticksLeft: UInt32
  private var civilThen: Int64 = 0
  private var nowThen = Instant.start
  /// Looks for which the finding stands yet.
  private var told: UInt32 = 0

  private static var span: Double { 600 }
  /// A minute of looks.
  private static var tellFor: UInt32 { 6 }

  init(tickMicroseconds: Int32) {
    ticksBetween = UInt32(clamping: 10_000_000 / max(1, tickMicroseconds))
    ticksLeft = 1
  }

  /// The clocks disagreed within the last minute.
  @usableFromInline var disagrees: Bool { told > 0 }

  /// True when the clocks are to be compared in this tick.
  @usableFromInline mutating func isDue() -> Bool {
    ticksLeft -= 1
    guard ticksLeft == 0 else { return false }
    ticksLeft = max(ticksBetween, 1)
    return true
  }

  /// Compares the clocks; a computer that does not know its time says 0.
  @usableFromInline mutating func compare(civil: Int64, now: Instant) {
    if told > 0 { told -= 1 }
    guard civil > 0, civilThen > 0 else { return begin(civil, now) }
    let passed = Double(now.microseconds &- nowThen.microseconds) / 1_000_000
    let shown = Double(civil &- civilThen)
    if (shown - passed).magnitude > 1 + passed / 300 {
      told = Self.tellFor
      begin(civil, now)
    } else if passed >= Self.span {
      begin(civil, now)
    }
  }

  private mutating func begin(_ civil: Int64, _ now: Instant) {
    (civilThen, nowThen) = (civil, now)
  }
}
