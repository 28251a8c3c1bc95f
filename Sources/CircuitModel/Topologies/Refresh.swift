import PerfusionCore

extension Circuit {
  /// Works out again what follows from parameters and temperatures.
  mutating func refresh() {
    slots = PumpSlots(parameters)
    let connected = parameters.events.patientConnected > 0.5
    let viscosity =
      connected ? viscosityFactor(at: heat.arterial) : max(parameters.patient.primeViscosity, 0.1)
    let drainage =
      parameters.topology == .ecmo
      ? parameters.drainage.drainageResistance * parameters.events.drainageFactor
      : parameters.line.inletResistance
    lineCoefficients = LineCoefficients(parameters, viscosity: viscosity, drainage: drainage)
    if !connected { lineCoefficients.endLinear = 0 }
    if parameters.topology == .liver {
      portalCoefficients = lineCoefficients
      portalCoefficients.oxygenatorLinear = 0.5
      portalCoefficients.oxygenatorQuadratic = 0
      portalCoefficients.cannulaQuadratic = parameters.organ.portalLineResistance
    }
    let factor = max(parameters.events.resistanceFactor, 0.02)
    let resistance: Double
    switch parameters.topology {
    case .bypass, .ecmo:
      resistance =
        max(parameters.systemicResistance, 0.5) * factor * viscosityFactor(at: heat.body.core)
    case .liver, .kidney:
      resistance =
        max(parameters.organ.arterialResistance, 0.5) * factor * viscosityFactor(at: heat.organ)
    }
    vessels = VesselCoefficients(parameters, resistance: resistance)
  }

  /// How much thicker blood is than at 37 degC (docs/domain.md 4.3).
  private func viscosityFactor(at temperature: Double) -> Double {
    let cold = 1 + parameters.patient.viscositySlope * (37 - temperature)
    return max(cold, 0.5) * parameters.patient.haematocritFactor
  }
}
