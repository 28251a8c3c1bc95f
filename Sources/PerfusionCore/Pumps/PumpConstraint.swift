/// What interlocks and servos allow a pump in this tick.
public struct PumpConstraint: BitwiseCopyable, Sendable {
  /// Verdict of the interlock arbiter.
  public var grade = Grade.none
  /// Share of the set-point that the servos leave; it acts in every grade below `zeroFlow`, so
  /// pass 1 where no servo acts on this pump.
  public var factor = Fraction.one
  /// Why grade or factor act, for the status.
  public var reason = CommandReason.asSet
  /// Highest speed for now (open cover), nothing for no cap.
  public var speedCap: RotationalSpeed?
  /// Tube and stroke volume are good enough to start; without it a standing roller does not start.
  /// A pump that turns is never stopped by it.
  public var tubeConfirmed = true
  /// Nothing restrains the pump.
  public init() {}
}
