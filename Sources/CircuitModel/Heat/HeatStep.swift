import PerfusionCore

extension Circuit {
  /// Moves temperatures and level on, and works out again what depends on them.
  mutating func stepHeat(_ inputs: borrowing CircuitInputs) {
    var flows = CircuitHeat.Flows()
    flows.venous = venousFlow
    flows.oxygenator = line.oxygenatorFlow + max(portal.oxygenatorFlow, 0)
    flows.arterial = line.outletFlow
    flows.systemic = patient.systemicFlow
    flows.cardioplegiaBlood = cardioplegia.bloodFlow
    flows.crystalloid = cardioplegia.crystalloidFlow
    flows.reservoirVolume = reservoir.volume
    flows.portal = portal.outletFlow
    flows.bypassesPatient =
      parameters.events.patientConnected < 0.5 || parameters.events.arterialDisconnection > 0.5
    flows.isOrgan = parameters.topology == .liver || parameters.topology == .kidney
    heat.step(flows, inputs: inputs, parameters: parameters, seconds: StepLength.heatSeconds)
    if parameters.topology != .ecmo { reservoir.findLevel(parameters.drainage) }
    refresh()
    publishHeat()
  }
}
