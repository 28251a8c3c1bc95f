/// A counter-flow heat exchanger by effectiveness and transfer units (docs/domain.md 4.6).
enum HeatExchanger {
  /// Effectiveness on the blood side: how far blood comes towards the water that enters, 0...1.
  ///
  /// `conductance` in kW/K, flows in L/min; without blood or water flow it is 0.
  static func effectiveness(
    blood: Double, water: Double, conductance: Double, bloodHeatContent: Double
  ) -> Double {
    let bloodRate = bloodHeatContent * blood / 60
    let waterRate = 4.18 * water / 60
    guard bloodRate > 1e-4, waterRate > 1e-4 else { return 0 }
    let least = min(bloodRate, waterRate)
    let ratio = least / max(bloodRate, waterRate)
    let units = conductance / least
    let effective: Double
    if ratio > 0.999 {
      effective = units / (1 + units)
    } else {
      let falling = decay(units * (1 - ratio))
      effective = (1 - falling) / (1 - ratio * falling)
    }
    return effective * least / bloodRate
  }
}
