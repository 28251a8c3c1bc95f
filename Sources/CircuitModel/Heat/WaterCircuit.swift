/// One water circuit: tank, heater, chiller, pump and hose (docs/domain.md 4.6).
struct WaterCircuit: Sendable, BitwiseCopyable {
  /// Water in the tank, degC.
  var temperature: Double
  /// Water in the tank, L.
  var liters: Double
  /// Water that reaches the heat exchanger, degC.
  var supplied: Double
  /// Water flow, L/min.
  var flow = 0.0
  /// What is left in the cold store, kJ.
  var coldStore: Double
  private var hose: WaterHose

  /// A circuit at rest.
  init(_ parameters: WaterCircuitParameters) {
    temperature = parameters.initialTemperature
    liters = parameters.tankVolume
    supplied = parameters.initialTemperature
    coldStore = parameters.coldStoreEnergy
    hose = WaterHose(temperature: parameters.initialTemperature)
  }

  /// Sets the flow and brings the water to the exchanger.
  mutating func circulate(
    pump: Double, parameters: WaterCircuitParameters, seconds: Double
  ) {
    let wet = liters > parameters.dryVolume
    flow =
      wet ? parameters.fullFlow * bounded(pump, 0, 1) * bounded(parameters.hoseOpening, 0, 1) : 0
    supplied = hose.pass(
      flow * seconds / 60, at: temperature, volume: parameters.hoseVolume)
    liters = max(liters - parameters.leakRate * seconds / 60, 0)
  }

  /// Heats and cools the tank; `given` kW went from the water to the blood.
  mutating func exchange(
    given: Double, heaterWatts: Double, chillerOn: Bool, ambient: Double,
    parameters: WaterCircuitParameters, seconds: Double
  ) {
    let capacity = 4.18 * max(liters, 0.3)
    let cooled = chillerOn ? coldPower(parameters, seconds) : rechargeStore(parameters, seconds)
    let returned = flow > 0 ? flow * 4.18 / 60 * (supplied - temperature) - given : -given
    let power =
      returned + bounded(heaterWatts, 0, 100_000) * 0.001 - cooled
      - parameters.tankLoss * (temperature - ambient)
    temperature = bounded(temperature + power * seconds / capacity, 0, 99)
  }

  /// What compressor and cold store take out together, kW; they fade out towards freezing.
  private mutating func coldPower(_ parameters: WaterCircuitParameters, _ seconds: Double) -> Double
  {
    let fade = bounded((temperature - 1) / 2, 0, 1)
    var stored = bounded(
      parameters.coldStoreConductance * temperature, 0, parameters.coldStorePower)
    if coldStore <= 0 { stored = 0 }
    coldStore = max(coldStore - fade * stored * seconds, 0)
    return fade * (parameters.chillerPower + stored)
  }

  /// An idle chiller fills its cold store again.
  private mutating func rechargeStore(
    _ parameters: WaterCircuitParameters, _ seconds: Double
  ) -> Double {
    coldStore = min(
      coldStore + parameters.chillerPower * seconds, parameters.coldStoreEnergy)
    return 0
  }
}
