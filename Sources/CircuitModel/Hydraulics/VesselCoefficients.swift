/// What the vessels need in a step, worked out from the parameters when they or the temperatures
/// change.
struct VesselCoefficients: Sendable, BitwiseCopyable {
  /// Flow through the body or the organ for each mmHg, (L/min)/mmHg.
  var systemicConductance = 1.0 / 12
  /// mmHg that one millilitre makes in the arteries and in the veins.
  var arterialRise = 1 / 1.3
  /// See `arterialRise`.
  var venousRise = 1.0 / 70
  /// Drainage for each mmHg of head, (L/min)/mmHg.
  var venousConductance = 1.0 / 7
  /// Filling of the heart for each mmHg of venous pressure, 1/mmHg.
  var heartFillingSlope = 1.0 / 3
  /// mmHg for each L/min that a step leaves in the cardioplegia line and in the root.
  var deliveryRise = 1.0
  /// See `deliveryRise`.
  var rootRise = 1.0
  /// Flow from the root into the coronaries for each mmHg, (L/min)/mmHg.
  var coronaryConductance = 1.0 / 150

  /// The coefficients at a resistance that includes viscosity and events, mmHg/(L/min).
  init(_ parameters: borrowing CircuitParameters, resistance: Double) {
    let patient = parameters.patient
    let numbers = parameters.cardioplegia
    systemicConductance = 1 / resistance
    arterialRise = 1 / max(parameters.arterialCompliance, 0.05)
    venousRise = 1 / max(patient.venousCompliance, 1)
    venousConductance = 1 / max(parameters.drainage.venousResistance, 0.5)
    heartFillingSlope = 1 / max(patient.heartFullPressure - patient.heartEmptyPressure, 0.1)
    deliveryRise = StepLength.milliliters / max(numbers.deliveryCompliance, 0.005)
    rootRise = StepLength.milliliters / max(numbers.rootCompliance, 0.02)
    let retrograde = parameters.events.retrogradeCardioplegia > 0.5
    let root = retrograde ? numbers.coronarySinusResistance : numbers.coronaryResistance
    coronaryConductance = 1 / max(root, 1)
  }
}
