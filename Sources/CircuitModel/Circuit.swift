/// The blood circuit, the patient or organ in it, and the heat that moves through them.
///
/// Explicit Euler with a step of one millisecond (docs/domain.md 4.2). Deterministic: no clock, no
/// randomness of its own, no libm beyond the square root.
public struct Circuit: Sendable {
  /// The plant's numbers; changing one takes effect at the next step.
  public var parameters: CircuitParameters
  /// What there is to be measured after the last step.
  public private(set) var signals = CircuitSignals()

  /// The circuit at rest, primed.
  public init(parameters: CircuitParameters) { self.parameters = parameters }

  /// Moves the plant on by one millisecond.
  public mutating func step(_ inputs: borrowing CircuitInputs) {}
}
