import PerfusionCore

/// What the cases and the actuators make of the main line in one step.
struct LineState {
  /// The patient or organ is connected.
  let isConnected: Bool
  /// The line has come off its cannula.
  let isOpen: Bool
  /// Drag of the line, mmHg/(L/min)2; infinite when shut.
  let drag: Double
}

extension Circuit {
  /// The main line as clamps and events leave it.
  @inline(__always)
  func lineState(_ inputs: borrowing CircuitInputs) -> LineState {
    let isOpen = parameters.events.arterialDisconnection > 0.5
    let opening = min(inputs.arterialClamp, parameters.events.surgeonClamp)
    let tube =
      lineCoefficients.tubeQuadratic + (isOpen ? 0 : lineCoefficients.cannulaQuadratic)
    return LineState(
      isConnected: parameters.events.patientConnected > 0.5, isOpen: isOpen,
      drag: LineDrag.drag(tube: tube, clamp: parameters.line.clampResistance, opening: opening))
  }

  /// The pressure that a chattering inlet line adds at the inlet transducer, mmHg.
  @inline(__always)
  mutating func lineChatter() -> Double {
    guard parameters.events.lineChatterAmplitude != 0 else { return 0 }
    lineChatterPhase += parameters.events.lineChatterFrequency * StepLength.seconds
    if lineChatterPhase > 1 { lineChatterPhase -= 1 }
    return parameters.events.lineChatterAmplitude * cosine(turns: lineChatterPhase)
  }

  /// Flow through the recirculation line, L/min.
  @inline(__always)
  func recirculation(to pressure: Double) -> Double {
    guard parameters.events.recirculationOpening > 0 else { return 0 }
    let difference = max(line.afterPressure - pressure, 0)
    return parameters.events.recirculationOpening * difference
      / max(parameters.line.recirculationResistance, 10)
  }

  /// What runs out of a cannula whose line is gone, L/min.
  @inline(__always)
  func cannulaLoss(_ state: LineState) -> Double {
    guard state.isOpen, state.isConnected else { return 0 }
    return flow(
      across: max(patient.arterialPressure, 0), linear: 0.5,
      quadratic: max(lineCoefficients.cannulaQuadratic, 0.1))
  }

  /// Counts what ran backwards out of the patient and forwards into it.
  @inline(__always)
  mutating func count(_ state: LineState, flow: Double) {
    guard state.isConnected, !state.isOpen else { return }
    let moved = flow * StepLength.milliliters
    if moved < 0 { signals.retrogradeVolume -= moved } else { signals.deliveredVolume += moved }
  }

  /// Moves the air, if there is any.
  @inline(__always)
  mutating func carryAir(_ state: LineState, reservoirAirShare: Double, isClosed: Bool) {
    let openEndAir =
      state.isOpen && line.outletFlow < 0 ? -line.outletFlow * StepLength.milliliters : 0
    let venousAir = parameters.events.venousAirRate * StepLength.seconds
    guard air.isPresent || reservoirAirShare > 0 || openEndAir > 0 || venousAir > 0 else {
      if air.wasPresent { signals.airEdges = SiteTable(repeating: AirEdges()) }
      air.wasPresent = false
      return
    }
    air.wasPresent = true
    signals.airEdges = SiteTable(repeating: AirEdges())
    let ml = StepLength.milliliters
    let flows = AirCarriage.Flows(
      venous: venousFlow * ml, inlet: line.pumpFlow * ml, oxygenator: line.oxygenatorFlow * ml,
      arterial: line.outletFlow * ml, cardioplegia: cardioplegia.deliveredFlow * ml,
      portal: portal.outletFlow * ml, venousAir: max(venousAir, 0),
      reservoirAir: max(line.inletFlow, 0) * ml * reservoirAirShare,
      portalAir: max(portal.inletFlow, 0) * ml * reservoirAirShare, openEndAir: openEndAir,
      headIsCentrifugal: slots.mainIsCentrifugal, isClosed: isClosed,
      endsInPatient: state.isConnected && !state.isOpen)
    airDrawnByPumps += flows.reservoirAir + flows.portalAir
    air.step(flows, headAir: &line.headAir, parameters: parameters, signals: &signals)
  }
}
