/// The patient's heat: core and periphery (docs/domain.md 4.6).
struct BodyHeat: Sendable, BitwiseCopyable {
  /// Core, degC.
  var core: Double
  /// Periphery, degC.
  var periphery: Double
  /// Nasopharynx, degC.
  var nasopharynx: Double
  /// Bladder or rectum, degC.
  var bladder: Double
  /// Mixed venous blood, degC.
  var venous: Double

  /// A patient at rest.
  init(_ parameters: BodyParameters) {
    core = parameters.initialCoreTemperature
    periphery = parameters.initialPeripheryTemperature
    nasopharynx = core
    bladder = 0.5 * (core + periphery)
    venous = core * parameters.coreFlowShare + periphery * (1 - parameters.coreFlowShare)
  }

  /// Moves on while `systemic` L/min run through the body, of which `circuit` L/min come from the
  /// circuit at `arterial` degC; the heart adds the rest at the venous temperature.
  mutating func step(
    systemic: Double, circuit: Double, arterial: Double, parameters: BodyParameters,
    seconds: Double
  ) {
    let fromCircuit = bounded(circuit, 0, max(systemic, 0))
    let total = max(systemic, 1e-6)
    let share = fromCircuit / total
    let inflow = arterial * share + venous * (1 - share)
    let rate = parameters.bloodHeatContent * max(systemic, 0) / 60
    let metabolic =
      parameters.metabolism
      * growth(Self.logarithm(parameters.metabolismFactor) * (core - 37) / 10)
    let across = parameters.coupling * (core - periphery)
    let coreCapacity = parameters.heatCapacity * parameters.coreShare
    let peripheryCapacity = parameters.heatCapacity - coreCapacity
    let toCore = rate * parameters.coreFlowShare * (inflow - core)
    let toPeriphery = rate * (1 - parameters.coreFlowShare) * (inflow - periphery)
    let lost = parameters.ambientLoss * (periphery - parameters.ambientTemperature)
    core += seconds * (toCore + metabolic * parameters.coreShare - across) / coreCapacity
    periphery +=
      seconds * (toPeriphery + metabolic * (1 - parameters.coreShare) + across - lost)
      / peripheryCapacity
    venous = core * parameters.coreFlowShare + periphery * (1 - parameters.coreFlowShare)
    nasopharynx += seconds * (core - nasopharynx) / max(parameters.nasopharyngealLag, 1)
    bladder += seconds * (0.5 * (core + periphery) - bladder) / max(parameters.bladderLag, 1)
  }

  /// The natural logarithm of a number near 2.5, with arithmetic only; good to 1e-5 in 1.5...4.
  private static func logarithm(_ x: Double) -> Double {
    let y = (x - 2.5) / (x + 2.5)
    let square = y * y
    return 0.9162907318741551 + 2 * y * (1 + square * (1.0 / 3 + square * (0.2 + square / 7)))
  }
}
