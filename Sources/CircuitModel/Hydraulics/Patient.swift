/// The patient's vessels and heart: a three-element Windkessel, a venous store, and a heart that
/// fills up what bypass leaves (docs/domain.md 4.2).
///
/// The characteristic impedance, the third element, stands at the end of the arterial line.
struct Patient: Sendable, BitwiseCopyable {
  /// Pressure in the arteries, mmHg at patient height.
  var arterialPressure = 70.0
  /// Pressure in the great veins, mmHg.
  var venousPressure = 5.0
  /// Flow through the body, L/min.
  var systemicFlow = 0.0
  /// Flow that the native heart ejects, L/min.
  var heartFlow = 0.0
  /// Phase of the chatter of collapsing veins, turns.
  var chatterPhase = 0.0
  /// Share of the veins' width that has collapsed in this step, 0...1, chatter included.
  var collapse = 0.0
  /// Blood lying in the surgical field, ml.
  var fieldVolume = 0.0
  /// Blood in the left ventricle that the vent may take, ml.
  var ventricleVolume = 0.0

  /// The flows across the patient's border in one step, L/min.
  struct Exchange {
    /// Into the aorta.
    var arterial: Double
    /// Out of the great veins.
    var venous: Double
    /// Out of a cut or open artery, not into the field.
    var lost: Double
    /// Out of the coronaries into the right atrium.
    var coronary: Double
    /// Out of the aortic root into the aorta, ml in this step.
    var fromRoot: Double
  }

  /// How far the veins have collapsed; call it once a step before the drainage is worked out.
  @inline(__always)
  mutating func collapse(_ patient: borrowing PatientParameters) {
    guard venousPressure < patient.collapsePressure else {
      collapse = 0
      return
    }
    let open = smoothStep(
      venousPressure, from: patient.closedVeinPressure, to: patient.collapsePressure)
    chatterPhase += patient.chatterFrequency * StepLength.seconds
    if chatterPhase > 1 { chatterPhase -= 1 }
    let shut = 1 - open
    let beat = 2 * patient.chatterDepth * shut * open * cosine(turns: chatterPhase)
    collapse = bounded(shut + beat, 0, 1)
  }

  /// Moves pressures on by one step.
  @inline(__always)
  mutating func step(
    _ exchange: Exchange, vessels: borrowing VesselCoefficients,
    parameters: borrowing CircuitParameters, ventFitted: Bool
  ) {
    systemicFlow = (arterialPressure - venousPressure) * vessels.systemicConductance
    heartFlow = ejected(parameters.patient, parameters.events, vessels.heartFillingSlope)
    let bleeding = arterialPressure > 10 ? parameters.events.bleedingRate * 0.001 : 0
    let bronchial = ventFitted && arterialPressure > 10 ? parameters.patient.bronchialFlow : 0
    fieldVolume += bleeding * StepLength.milliliters
    ventricleVolume += bronchial * StepLength.milliliters
    let passedOn = max(ventricleVolume - parameters.cardioplegia.ventricleVolume, 0)
    ventricleVolume -= passedOn

    let arterial =
      exchange.arterial + heartFlow - systemicFlow - exchange.lost - bleeding - bronchial
    arterialPressure +=
      (arterial * StepLength.milliliters + exchange.fromRoot) * vessels.arterialRise
    let venous = systemicFlow + exchange.coronary - heartFlow - exchange.venous
    venousPressure += (venous * StepLength.milliliters + passedOn) * vessels.venousRise
    let heldArterial = parameters.patient.heldArterialPressure
    if heldArterial > 0 { arterialPressure = heldArterial }
    let heldVenous = parameters.patient.heldVenousPressure
    if heldVenous > 0 { venousPressure = heldVenous }
  }

  /// What the heart ejects: what is missing to its set-point, as far as it is filled.
  @inline(__always)
  private func ejected(
    _ patient: borrowing PatientParameters, _ events: borrowing EventParameters,
    _ fillingSlope: Double
  ) -> Double {
    guard events.heartStrength > 0, events.aorticCrossClamp < 0.5 else { return 0 }
    let wanted = patient.heartGain * (patient.heartSetPoint - arterialPressure)
    let filling = bounded((venousPressure - patient.heartEmptyPressure) * fillingSlope, 0, 1)
    return events.heartStrength * filling * bounded(wanted, 0, patient.heartMaximumFlow)
  }

  /// Blood above the unstressed volume, ml.
  func volume(_ vessels: borrowing VesselCoefficients) -> Double {
    arterialPressure / vessels.arterialRise + venousPressure / vessels.venousRise + fieldVolume
      + ventricleVolume
  }
}
