/// What the shared fault machinery must know of a part.
struct ChipTraits {
  /// Number of nets that the part feels.
  var inputs = 0
  /// Number of pins that it drives.
  var outputs = 0
  /// Greatest level of an output: volts of a DAC, 1 of a PWM channel or a digital pin.
  var outputSpan = 1.0
  /// Outputs know two levels only.
  var outputsAreDigital = false
  /// Lag of the part with the sensing element in front of it, seconds; `slow` multiplies it by 10.
  var lag = 0.0
  /// Fault words that the part knows.
  var faults = FaultWord.ofSensors
}

extension FaultWord {
  /// The words of a part that measures.
  static var ofSensors: [FaultWord] {
    [.off, .stuck, .garbage, .wrong, .slow, .delayed, .intermittent, .nack, .bitFlip]
  }
  /// The words of a part that drives: a DAC or a PWM chip has no lag to multiply.
  static var ofDrivers: [FaultWord] {
    [.off, .stuck, .garbage, .wrong, .delayed, .intermittent, .nack, .bitFlip]
  }
}
