import PerfusionCore

extension Circuit {
  /// One step of the bypass circuit (docs/domain.md 4.1).
  @inline(__always)
  mutating func stepBypass(_ inputs: borrowing CircuitInputs) {
    let state = lineState(inputs)
    patient.collapse(parameters.patient)
    venousFlow = state.isConnected ? gravityDrainage(inputs) : 0
    recirculationFlow = recirculation(to: 0)
    stepCardioplegia(inputs)
    let height = parameters.line.heightHead
    let atEnd = state.isConnected && !state.isOpen ? patient.arterialPressure : 0
    let airShare = reservoir.airShare(parameters.drainage)
    line.step(
      PumpDrive(slots.main, inputs),
      ends: PumpLine.Ends(
        source: -parameters.drainage.reservoirVacuum, end: atEnd + height,
        drag: state.drag, takenOff: cardioplegia.bloodFlow + recirculationFlow, addedAtInlet: 0),
      coefficients: lineCoefficients, heads: parameters.heads)
    let returned = stepSuction(inputs)
    count(state, flow: line.outletFlow)
    let reachesPatient = state.isConnected && !state.isOpen
    let lost = cannulaLoss(state)
    patient.step(
      Patient.Exchange(
        arterial: reachesPatient ? line.outletFlow : 0, venous: venousFlow, lost: lost,
        coronary: cardioplegia.coronaryFlow, fromRoot: cardioplegia.toAorta),
      vessels: vessels, parameters: parameters, ventFitted: slots.vent.isFitted)
    lostVolume += (lost + (state.isOpen ? line.outletFlow : 0)) * StepLength.milliliters
    let loop = !state.isConnected && !state.isOpen ? line.outletFlow : 0
    if !state.isConnected { venousFlow = loop }
    reservoir.step(
      inflow: venousFlow + returned + recirculationFlow,
      outflow: line.inletFlow > 0 ? line.inletFlow * (1 - airShare) : line.inletFlow,
      drainage: parameters.drainage)
    carryAir(state, reservoirAirShare: airShare, isClosed: false)
  }

  /// Drainage by gravity and vacuum through occluder and collapsing veins; air in the line takes
  /// from its head (docs/domain.md 4.2).
  @inline(__always)
  private func gravityDrainage(_ inputs: borrowing CircuitInputs) -> Double {
    let drainage = parameters.drainage
    let airLock =
      air.isPresent ? bounded(air.venousLine.airVolume / parameters.air.venousLineVolume, 0, 1) : 0
    let head =
      patient.venousPressure + drainage.gravityHead * (1 - airLock) + drainage.reservoirVacuum
    let opening =
      bounded(inputs.venousOccluder, 0, 1)
      * (1 - bounded(parameters.events.venousObstruction, 0, 1))
      * (1 - patient.collapse)
    return opening * max(head, 0) * vessels.venousConductance
  }

  @inline(__always)
  private mutating func stepCardioplegia(_ inputs: borrowing CircuitInputs) {
    guard slots.cardioplegia.isFitted || slots.crystalloid.isFitted else { return }
    cardioplegia.step(
      blood: PumpDrive(slots.cardioplegia, inputs),
      crystalloid: PumpDrive(slots.crystalloid, inputs),
      source: line.afterPressure, patient: patient, vessels: vessels, parameters: parameters)
    signals.cardioplegiaVolume +=
      (cardioplegia.bloodFlow + cardioplegia.crystalloidFlow) * StepLength.milliliters
    if slots.cardioplegia.isFitted {
      signals.pumpFlows[slots.cardioplegia.slot] = cardioplegia.bloodFlow
      signals.loadTorque[slots.cardioplegia.slot] = cardioplegia.bloodTorque
    }
    if slots.crystalloid.isFitted {
      signals.pumpFlows[slots.crystalloid.slot] = cardioplegia.crystalloidFlow
      signals.loadTorque[slots.crystalloid.slot] = cardioplegia.crystalloidTorque
    }
  }

  /// Vent and suckers; gives what comes back into the reservoir, L/min.
  @inline(__always)
  private mutating func stepSuction(_ inputs: borrowing CircuitInputs) -> Double {
    suction.returnedFlow = 0
    suction.airIntoHeart = 0
    if slots.vent.isFitted {
      let drive = PumpDrive(slots.vent, inputs)
      let moved = suction.vent(drive, patient: &patient, parameters: parameters)
      noteSuction(slots.vent.slot, moved, drive)
      signals.airToPatient += suction.airIntoHeart
    }
    if slots.sucker.isFitted {
      let drive = PumpDrive(slots.sucker, inputs)
      noteSuction(slots.sucker.slot, suction.suck(drive, patient: &patient), drive)
    }
    if slots.secondSucker.isFitted {
      let drive = PumpDrive(slots.secondSucker, inputs)
      noteSuction(slots.secondSucker.slot, suction.suck(drive, patient: &patient), drive)
    }
    return suction.returnedFlow
  }

  @inline(__always)
  private mutating func noteSuction(_ slot: Int, _ moved: Double, _ drive: PumpDrive?) {
    guard let drive else { return }
    signals.pumpFlows[slot] = moved
    let squeeze = parameters.heads.squeezeTorque * drive.pump.strokeVolume * (1 - 0.8 * drive.gap)
    signals.loadTorque[slot] = squeeze * bounded(2 * drive.speed, -1, 1)
  }
}
