/// Position control of the motorised occluder on the venous line (docs/domain.md 8.4, AL-36).
///
/// Closes slowly and opens fast. Closing below 20 % while the arterial pump delivers needs a
/// confirmation, because the reservoir runs empty in seconds. When the position sensor shows that
/// the occluder does not follow, the command stays where it is until somebody asks again.
public struct VenousOccluder: BitwiseCopyable, Sendable {
  /// Opening that was asked for.
  public private(set) var target = Fraction.one
  /// Opening that is commanded now.
  public private(set) var command = Fraction.one
  /// The position differs from the command by more than 10 % for 2 s.
  public private(set) var isDeviating = false

  private let configuration: OccluderConfiguration
  private var deviation = SustainedCondition(for: Seconds(seconds: 2))

  /// Difference between position and command that counts as a deviation.
  public static var tolerance: Fraction { Fraction(value: 0.1) }
  /// Arterial flow above which a close needs confirmation.
  public static var confirmFlow: Flow { Flow(litersPerMinute: 0.5) }

  /// An open occluder.
  public init(_ configuration: OccluderConfiguration) { self.configuration = configuration }

  /// Asks for an opening, or says why not.
  ///
  /// An arterial flow that cannot be read counts as running.
  public mutating func request(
    _ opening: Fraction, isConfirmed: Bool, arterialFlow: Reading<Flow>
  ) -> Refusal? {
    guard configuration.isFitted else { return .notFitted }
    guard opening.isFinite, opening >= .zero, opening <= .one else { return .outOfRange }
    let isRunning = arterialFlow.usable.map { $0 > Self.confirmFlow } ?? true
    let isClosing = opening < configuration.confirmBelow && opening < command
    if isClosing && isRunning && !isConfirmed { return .needsConfirmation }
    aim(opening)
    return nil
  }

  /// Closes without asking, for the isolation of the patient only (grade G6).
  public mutating func closeToIsolate() { aim(.zero) }

  /// Takes the measured opening after one more `step` and gives the opening to command.
  public mutating func update(measured: Reading<Fraction>, step: Seconds) -> Fraction {
    guard configuration.isFitted else { return command }
    if let position = measured.usable {
      let isOff = (position - command).magnitude > Self.tolerance
      isDeviating = deviation.update(isOff, step: step)
    }
    if isDeviating { target = command }
    let closing = Self.travel(step, configuration.closingTime)
    let opening = Self.travel(step, configuration.openingTime)
    command = target.clamped(command - closing, command + opening).clamped()
    return command
  }

  private mutating func aim(_ opening: Fraction) {
    target = opening
    isDeviating = false
    deviation.reset()
  }

  /// Share of the whole way that is made in a step.
  private static func travel(_ step: Seconds, _ whole: Seconds) -> Fraction {
    whole.seconds > 0 ? Fraction(value: step / whole).clamped() : .one
  }
}
