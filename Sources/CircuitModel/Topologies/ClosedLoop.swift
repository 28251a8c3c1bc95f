import PerfusionCore

extension Circuit {
  /// One step of the closed circuit of ECMO: P_in = CVP - k_d Q^2 (docs/domain.md 3.4).
  @inline(__always)
  mutating func stepClosedLoop(_ inputs: borrowing CircuitInputs) {
    let state = lineState(inputs)
    patient.collapse(parameters.patient)
    let reachesPatient = state.isConnected && !state.isOpen
    recirculationFlow = recirculation(to: line.inletPressure)
    let atEnd = reachesPatient ? patient.arterialPressure : 0
    let fromVeins = state.isConnected ? patient.venousPressure : 0
    var coefficients = lineCoefficients
    coefficients.inletQuadratic = drainageDrag(inputs)
    line.step(
      PumpDrive(slots.main, inputs),
      ends: PumpLine.Ends(
        source: fromVeins, end: atEnd + parameters.line.heightHead,
        drag: state.drag, takenOff: recirculationFlow, addedAtInlet: recirculationFlow),
      coefficients: coefficients, heads: parameters.heads)
    venousFlow = line.inletFlow
    count(state, flow: line.outletFlow)
    let lost = cannulaLoss(state)
    patient.step(
      Patient.Exchange(
        arterial: reachesPatient ? line.outletFlow : 0,
        venous: state.isConnected ? line.inletFlow : 0, lost: lost, coronary: 0, fromRoot: 0),
      vessels: vessels, parameters: parameters, ventFitted: false)
    lostVolume += (lost + (state.isOpen ? line.outletFlow : 0)) * StepLength.milliliters
    if !state.isConnected {
      let kept = state.isOpen ? 0 : line.outletFlow
      loopVolume += (kept - line.inletFlow) * StepLength.milliliters
    }
    carryAir(state, reservoirAirShare: 0, isClosed: true)
  }

  /// Drag of the drainage with its clamp and collapsing veins, mmHg/(L/min)2.
  @inline(__always)
  private func drainageDrag(_ inputs: borrowing CircuitInputs) -> Double {
    let opening =
      bounded(inputs.venousOccluder, 0, 1)
      * (1 - bounded(parameters.events.venousObstruction, 0, 1))
    let base =
      lineCoefficients.inletQuadratic
      * (1 + parameters.drainage.collapseFactor * patient.collapse)
    guard opening < 1 else { return base }
    return base / max(opening * opening, 1e-8)
  }
}
