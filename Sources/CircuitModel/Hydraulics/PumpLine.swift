import PerfusionCore

/// One line from its source through a pump and the oxygenator to its end.
///
/// Nodes with compliance: inlet, before the oxygenator, after it. Branches with inertance: inlet,
/// centrifugal head, oxygenator, line with clamp and cannula. Flows are moved on first, with the
/// drag taken at the new flow, then pressures with the new flows: this stays stable at 1 ms for
/// every drag up to a closed clamp. Pressures are at pump height, mmHg; flows in L/min.
struct PumpLine: Sendable, BitwiseCopyable {
  /// Pressure at the pump's inlet.
  var inletPressure = 0.0
  /// Flow from the source to the inlet.
  var inletFlow = 0.0
  /// Flow through the pump.
  var pumpFlow = 0.0
  /// Pressure between pump and oxygenator.
  var beforePressure = 0.0
  /// Flow through the oxygenator.
  var oxygenatorFlow = 0.0
  /// Pressure after the oxygenator.
  var afterPressure = 0.0
  /// Flow out of the end of the line.
  var outletFlow = 0.0
  /// Torque on the rotor, N m.
  var torque = 0.0
  /// Air in a centrifugal head, ml.
  var headAir = 0.0
  /// Blood lost through a connector that blew off, ml.
  var spilled = 0.0

  /// What lies at the two ends of the line in this step.
  struct Ends {
    /// Pressure of the source, mmHg at pump height.
    var source: Double
    /// Pressure at the end, mmHg at pump height.
    var end: Double
    /// Drag of the line with its clamps and cannula, mmHg/(L/min)2; infinite when shut.
    var drag: Double
    /// Flow taken out after the oxygenator, L/min.
    var takenOff: Double
    /// Flow added at the pump's inlet, L/min.
    var addedAtInlet: Double
  }

  /// Moves the line on by one step.
  @inline(__always)
  mutating func step(
    _ drive: PumpDrive?, ends: Ends, coefficients c: borrowing LineCoefficients,
    heads: borrowing HeadParameters
  ) {
    inletFlow =
      (inletFlow + c.inletGain * (ends.source - inletPressure))
      / (1 + c.inletGain * c.inletQuadratic * inletFlow.magnitude)
    oxygenatorFlow =
      (oxygenatorFlow + c.oxygenatorGain * (beforePressure - afterPressure))
      / (1 + c.oxygenatorGain
        * (c.oxygenatorLinear + c.oxygenatorQuadratic * oxygenatorFlow.magnitude))
    if ends.drag < .infinity {
      outletFlow =
        (outletFlow + c.lineGain * (afterPressure - ends.end))
        / (1 + c.lineGain * (c.endLinear + ends.drag * outletFlow.magnitude))
    } else {
      outletFlow = 0
    }
    turn(drive, c, heads)
    inletPressure += c.inletRise * (inletFlow + ends.addedAtInlet - pumpFlow)
    beforePressure += c.beforeRise * (pumpFlow - oxygenatorFlow)
    afterPressure += c.afterRise * (oxygenatorFlow - outletFlow - ends.takenOff)
    if max(beforePressure, afterPressure) > c.burstPressure { blowOff(c) }
  }

  /// The pump's flow and torque.
  @inline(__always)
  private mutating func turn(
    _ drive: PumpDrive?, _ c: borrowing LineCoefficients, _ heads: borrowing HeadParameters
  ) {
    guard let drive else {
      pumpFlow = 0
      torque = 0
      return
    }
    switch drive.pump.kind {
    case .roller:
      let moved = RollerFlow(
        drive, inlet: inletPressure, outlet: beforePressure, heads: heads)
      pumpFlow = moved.flow
      torque = moved.torque
    case .centrifugal:
      let prime = CentrifugalFlow.prime(air: headAir, heads)
      let head = CentrifugalFlow.shutOffHead(drive, prime: prime)
      pumpFlow =
        (pumpFlow + c.headGain * (inletPressure + head - beforePressure))
        / (1 + c.headGain * drive.pump.headPerFlowSquared * pumpFlow.magnitude)
      torque = CentrifugalFlow.torque(drive, flow: pumpFlow, prime: prime, heads: heads)
    }
  }

  /// A connector lets go: what is above its strength runs out.
  private mutating func blowOff(_ c: borrowing LineCoefficients) {
    let before = max(beforePressure - c.burstPressure, 0)
    let after = max(afterPressure - c.burstPressure, 0)
    spilled += (before / c.beforeRise + after / c.afterRise) * StepLength.milliliters
    beforePressure -= before
    afterPressure -= after
  }

  /// Volume stretched into the line's walls, ml.
  func stretchedVolume(_ c: borrowing LineCoefficients) -> Double {
    let pressureSum =
      inletPressure / c.inletRise + beforePressure / c.beforeRise + afterPressure / c.afterRise
    return pressureSum * StepLength.milliliters
  }
}
