import PerfusionCore

extension Circuit {
  /// One step of a perfused liver or kidney: reservoir, pump, oxygenator, artery, and for a liver
  /// a second line to the portal vein (docs/domain.md 1.4, C13).
  @inline(__always)
  mutating func stepOrgan(_ inputs: borrowing CircuitInputs) {
    let state = lineState(inputs)
    let reachesOrgan = state.isConnected && !state.isOpen
    recirculationFlow = recirculation(to: 0)
    let airShare = reservoir.airShare(parameters.drainage)
    let source = -parameters.drainage.reservoirVacuum
    line.step(
      PumpDrive(slots.main, inputs),
      ends: PumpLine.Ends(
        source: source,
        end: (reachesOrgan ? organ.arterialPressure : 0) + parameters.line.heightHead,
        drag: state.drag, takenOff: recirculationFlow, addedAtInlet: 0),
      coefficients: lineCoefficients, heads: parameters.heads)
    let hasPortalVein = parameters.topology == .liver
    if hasPortalVein { stepPortal(inputs, source: source, isConnected: state.isConnected) }
    count(state, flow: line.outletFlow)
    organ.step(
      arterial: reachesOrgan ? line.outletFlow : 0,
      portal: hasPortalVein && state.isConnected ? portal.outletFlow : 0,
      conductance: vessels.systemicConductance,
      hasPortalVein: hasPortalVein, organ: parameters.organ)
    let loss = max(min(organ.outflow, parameters.organ.surfaceLoss * 0.001), 0)
    lostVolume += (loss + (state.isOpen ? line.outletFlow : 0)) * StepLength.milliliters
    var returned = organ.outflow - loss
    if !state.isConnected {
      returned += portal.outletFlow + (state.isOpen ? 0 : line.outletFlow)
    }
    venousFlow = returned
    let share = 1 - airShare
    let fromLine = line.inletFlow > 0 ? line.inletFlow * share : line.inletFlow
    let fromPortal = portal.inletFlow > 0 ? portal.inletFlow * share : portal.inletFlow
    reservoir.step(
      inflow: returned + recirculationFlow, outflow: fromLine + fromPortal,
      drainage: parameters.drainage)
    carryAir(state, reservoirAirShare: airShare, isClosed: false)
  }

  @inline(__always)
  private mutating func stepPortal(
    _ inputs: borrowing CircuitInputs, source: Double, isConnected: Bool
  ) {
    let drive = PumpDrive(slots.portalVein, inputs)
    portal.step(
      drive,
      ends: PumpLine.Ends(
        source: source,
        end: (isConnected ? organ.portalPressure : 0) + parameters.line.heightHead,
        drag: portalCoefficients.tubeQuadratic + portalCoefficients.cannulaQuadratic, takenOff: 0,
        addedAtInlet: 0),
      coefficients: portalCoefficients, heads: parameters.heads)
    if slots.portalVein.isFitted {
      signals.pumpFlows[slots.portalVein.slot] = portal.pumpFlow
      signals.loadTorque[slots.portalVein.slot] = portal.torque
    }
  }
}
