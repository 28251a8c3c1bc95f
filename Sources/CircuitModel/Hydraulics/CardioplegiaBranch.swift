/// The delivery line of the cardioplegia pair and the root or sinus it fills
/// (docs/domain.md C4).
struct CardioplegiaBranch: Sendable, BitwiseCopyable {
  /// Pressure in the delivery line, mmHg at pump height.
  var linePressure = 0.0
  /// Pressure in the aortic root or the coronary sinus, mmHg at patient height.
  var rootPressure = 0.0
  /// Blood taken from the oxygenator's outlet, L/min.
  var bloodFlow = 0.0
  /// Crystalloid from its bag, L/min.
  var crystalloidFlow = 0.0
  /// Flow delivered, L/min.
  var deliveredFlow = 0.0
  /// Flow through the coronaries into the right atrium, L/min.
  var coronaryFlow = 0.0
  /// Crystalloid given so far, ml.
  var crystalloidGiven = 0.0
  /// Lost through a connector that blew off, ml.
  var spilled = 0.0

  /// The root is cut off from the aorta.
  var isIsolated = false
  /// Blood that goes from the root into the aorta in this step, ml.
  var toAorta = 0.0
  /// Torques on the rotors, N m.
  var bloodTorque = 0.0
  /// See `bloodTorque`.
  var crystalloidTorque = 0.0

  /// Moves the branch on by one step; both pumps are occlusive, so nothing passes when they stand.
  @inline(__always)
  mutating func step(
    blood: PumpDrive?, crystalloid: PumpDrive?, source: Double, patient: borrowing Patient,
    vessels: borrowing VesselCoefficients, parameters: borrowing CircuitParameters
  ) {
    (bloodFlow, bloodTorque) = Self.move(blood, from: source, to: linePressure, parameters.heads)
    (crystalloidFlow, crystalloidTorque) = Self.move(
      crystalloid, from: 0, to: linePressure, parameters.heads)
    deliveredFlow = CircuitModel.flow(
      across: linePressure - rootPressure - parameters.line.heightHead,
      linear: parameters.cardioplegia.deliveryLinear,
      quadratic: parameters.cardioplegia.deliveryQuadratic)
    let gained = bloodFlow + crystalloidFlow - deliveredFlow
    linePressure += gained * vessels.deliveryRise
    crystalloidGiven += crystalloidFlow * StepLength.milliliters
    let burst = parameters.line.burstPressure
    if linePressure > burst {
      spilled += (linePressure - burst) / vessels.deliveryRise * StepLength.milliliters
      linePressure = burst
    }
    fillRoot(patient, vessels, parameters.events)
  }

  /// The root is the aorta itself until it is clamped off; the sinus stands alone.
  @inline(__always)
  private mutating func fillRoot(
    _ patient: borrowing Patient, _ vessels: borrowing VesselCoefficients,
    _ events: borrowing EventParameters
  ) {
    let isCutOff = max(events.retrogradeCardioplegia, events.aorticCrossClamp) > 0.5
    let volume = rootPressure / vessels.rootRise * StepLength.milliliters
    toAorta = 0
    guard isCutOff else {
      toAorta = deliveredFlow * StepLength.milliliters + (isIsolated ? volume : 0)
      isIsolated = false
      coronaryFlow = 0
      rootPressure = patient.arterialPressure
      return
    }
    if !isIsolated { toAorta = -volume }
    isIsolated = true
    coronaryFlow = (rootPressure - patient.venousPressure) * vessels.coronaryConductance
    rootPressure += (deliveredFlow - coronaryFlow) * vessels.rootRise
  }

  /// What a cardioplegia pump moves in L/min, and its torque; nothing without one.
  @inline(__always)
  private static func move(
    _ drive: PumpDrive?, from inlet: Double, to outlet: Double, _ heads: borrowing HeadParameters
  ) -> (Double, Double) {
    guard let drive else { return (0, 0) }
    let moved = RollerFlow(drive, inlet: inlet, outlet: outlet, heads: heads)
    return (moved.flow, moved.torque)
  }

  /// Volume in the branch that its pressures hold, ml.
  func volume(_ vessels: borrowing VesselCoefficients) -> Double {
    let line = linePressure / vessels.deliveryRise
    let root = isIsolated ? rootPressure / vessels.rootRise : 0
    return (line + root) * StepLength.milliliters
  }
}
