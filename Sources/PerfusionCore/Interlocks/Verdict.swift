/// What the interlocks ask of one pump in this tick.
public struct Verdict: BitwiseCopyable, Equatable, Sendable {
  /// The highest reaction of all rows that stand or are latched.
  public var grade = Grade.none
  /// Why, in the words of the status.
  public var reason = CommandReason.asSet
  /// The reaction is latched: it stays until the operator resumes the pump.
  public var needsResume = false
  /// A cause of the latched reaction still stands, so resuming is refused.
  public var causeStands = false
  /// Nothing asked.
  public init() {}
}
