/// A perfused liver or kidney on its bench (docs/domain.md 1.4, C13).
struct Organ: Sendable, BitwiseCopyable {
  /// Hepatic or renal artery, mmHg.
  var arterialPressure = 0.0
  /// Portal vein, mmHg.
  var portalPressure = 0.0
  /// Outflow, mmHg.
  var veinPressure = 0.0
  /// Flow out of the organ into the reservoir, L/min.
  var outflow = 0.0

  /// Moves the organ on by one step, with the flows into artery and portal vein, L/min.
  @inline(__always)
  mutating func step(
    arterial: Double, portal: Double, conductance: Double, hasPortalVein: Bool,
    organ: borrowing OrganParameters
  ) {
    let throughArtery = (arterialPressure - veinPressure) * conductance
    let throughPortal =
      hasPortalVein ? (portalPressure - veinPressure) / max(organ.portalResistance, 0.2) : 0
    arterialPressure +=
      (arterial - throughArtery) * StepLength.milliliters / max(organ.arterialCompliance, 0.01)
    portalPressure +=
      (portal - throughPortal) * StepLength.milliliters / max(organ.portalCompliance, 0.2)
    outflow = throughArtery + throughPortal
    veinPressure = outflow * organ.outflowResistance
  }

  /// Blood stretched into the organ, ml.
  func volume(_ organ: borrowing OrganParameters) -> Double {
    arterialPressure * max(organ.arterialCompliance, 0.01)
      + portalPressure * max(organ.portalCompliance, 0.2)
  }
}
