/// What one pump line needs in a step, worked out from the parameters when they or the
/// temperatures change.
struct LineCoefficients: Sendable, BitwiseCopyable {
  /// (L/min)/mmHg gained in a step by the inertia of the inlet, head, oxygenator and line.
  var inletGain = 0.0
  /// See `inletGain`.
  var headGain = 0.0
  /// See `inletGain`.
  var oxygenatorGain = 0.0
  /// See `inletGain`.
  var lineGain = 0.0
  /// mmHg for each L/min that a step leaves at the inlet, before and after the oxygenator.
  var inletRise = 0.0
  /// See `inletRise`.
  var beforeRise = 0.0
  /// See `inletRise`.
  var afterRise = 0.0
  /// Drag of the inlet, mmHg/(L/min)2.
  var inletQuadratic = 0.0
  /// Drag of the oxygenator, mmHg/(L/min) and mmHg/(L/min)2.
  var oxygenatorLinear = 0.0
  /// See `oxygenatorLinear`.
  var oxygenatorQuadratic = 0.0
  /// Impedance at the end of the line, mmHg/(L/min).
  var endLinear = 0.0
  /// Drag of the tubing and of the cannula, mmHg/(L/min)2.
  var tubeQuadratic = 0.0
  /// See `tubeQuadratic`.
  var cannulaQuadratic = 0.0
  /// Connectors blow off here, mmHg.
  var burstPressure = 750.0

  /// The coefficients of the line through the oxygenator.
  ///
  /// The laminar part of the drag follows the viscosity, the turbulent part its fourth root:
  /// that reproduces the 28 degC row of docs/domain.md 4.4.
  init(_ parameters: borrowing CircuitParameters, viscosity: Double, drainage: Double) {
    let line = parameters.line
    let events = parameters.events
    let turbulent = viscosity.squareRoot().squareRoot()
    func gain(_ inertance: Double) -> Double {
      StepLength.seconds / (max(inertance, 0.002) * StepLength.perSecond)
    }
    func rise(_ compliance: Double) -> Double {
      StepLength.milliliters / max(compliance, 0.003)
    }
    inletGain = gain(line.inletInertance)
    headGain = gain(line.headInertance)
    oxygenatorGain = gain(line.oxygenatorInertance)
    lineGain = gain(line.lineInertance)
    let share = bounded(line.complianceBeforeOxygenator, 0.02, 0.98)
    inletRise = rise(line.inletCompliance)
    beforeRise = rise(line.lineCompliance * share)
    afterRise = rise(line.lineCompliance * (1 - share))
    inletQuadratic = drainage
    let clot = viscosity * events.oxygenatorFactor
    oxygenatorLinear = clot * line.oxygenatorLinear + viscosity * line.filterResistance
    oxygenatorQuadratic = clot * line.oxygenatorQuadratic
    endLinear = line.characteristicImpedance * StepLength.perSecond
    tubeQuadratic = turbulent * line.lineResistance
    cannulaQuadratic = turbulent * line.cannulaResistance * events.cannulaFactor
    burstPressure = line.burstPressure
  }
}
