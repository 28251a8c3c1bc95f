/// The motorised actuator that sets the gap between rollers and raceway.
///
/// It moves only while the pump stands, or turns below 5 rpm with the line clamped, and never
/// while a patient or organ depends on the pump (docs/domain.md 2.3). When that ceases to hold
/// during a move, the command freezes at the measured gap.
public struct OcclusionActuator: BitwiseCopyable, Sendable {
  /// What decides whether the gap may move.
  public struct Conditions: BitwiseCopyable, Sendable {
    /// Where the treatment stands.
    public var phase: Phase
    /// Measured speed of the pump.
    public var speed: Reading<RotationalSpeed>
    /// The line is clamped, by the clamp's own switch.
    public var isClampClosed: Bool

    /// Makes the conditions.
    public init(phase: Phase, speed: Reading<RotationalSpeed>, isClampClosed: Bool) {
      self.phase = phase
      self.speed = speed
      self.isClampClosed = isClampClosed
    }

    /// Why the gap may not move, or nothing.
    public var refusal: Refusal? {
      guard OcclusionTest.isAllowed(in: phase) else { return .wrongPhase }
      guard let speed = speed.usable?.magnitude.revolutionsPerMinute else {
        return .readingUnusable
      }
      return speed < 0.5 || (speed < 5 && isClampClosed) ? nil : .pumpRunning
    }
  }

  /// The gap that is commanded: 0 none, 1 widest.
  public private(set) var command: Fraction
  /// The position sensor disagrees with the command, or says nothing, for 3 s.
  public private(set) var isDeviating = false
  /// The position sensor confirms the command.
  public private(set) var isInPosition = false

  private var isMoving = false
  private var deviation = SustainedCondition(for: Seconds(seconds: 3))

  /// Gap that counts as the same.
  public static var tolerance: Fraction { Fraction(value: 0.02) }

  /// An actuator that keeps the gap it was left at.
  public init(gap: Fraction = .zero) { command = gap.clamped() }

  /// Asks for a gap, or says why not; nothing moves then.
  public mutating func request(_ gap: Fraction, _ conditions: Conditions) -> Refusal? {
    guard gap.isFinite, gap >= .zero, gap <= .one else { return .outOfRange }
    if let refusal = conditions.refusal { return refusal }
    command = gap
    isMoving = true
    isInPosition = false
    isDeviating = false
    deviation.reset()
    return nil
  }

  /// Takes the measured gap after one more `step` and gives the gap to command.
  public mutating func update(
    measured: Reading<Fraction>, _ conditions: Conditions, step: Seconds
  ) -> Fraction {
    let gap = measured.usable
    if isMoving, conditions.refusal != nil {
      if let gap { command = gap.clamped() }
      isMoving = false
    }
    let isThere = gap.map { ($0 - command).magnitude <= Self.tolerance } ?? false
    isInPosition = isThere
    if isThere { isMoving = false }
    isDeviating = deviation.update(!isThere && measured.isPresent, step: step)
    return command
  }
}
