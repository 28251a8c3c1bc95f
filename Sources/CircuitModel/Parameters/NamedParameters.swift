/// A number of the plant: its name in board files and cases, its unit, where it is kept.
public typealias NamedParameter = (
  name: String, unit: String, path: any WritableKeyPath<CircuitParameters, Double> & Sendable
)

extension CircuitParameters {
  /// Every number of the plant that a board file or a case may override, in reading order.
  ///
  /// Names are unique. A unit of "1" means a plain number. The numbers of single pumps are
  /// listed by `PlantPump.named`.
  public static var named: [NamedParameter] {
    let own: [NamedParameter] = [
      ("systemicResistance", "mmHg/(L/min)", \.systemicResistance),
      ("arterialCompliance", "ml/mmHg", \.arterialCompliance),
    ]
    return own + PatientParameters.named + DrainageParameters.named + LineParameters.named
      + HeadParameters.named + CardioplegiaParameters.named + AirParameters.named
      + BodyParameters.named + WaterParameters.named + OrganParameters.named
      + EventParameters.named
  }
}
