/// Temperatures of blood, water, patient and organ. Stepped every 20 ms.
struct CircuitHeat: Sendable, BitwiseCopyable {
  /// The patient.
  var body: BodyHeat
  /// The perfused organ, degC.
  var organ: Double
  /// Blood at the end of the venous line, degC.
  var venousLine: Double
  /// Blood that enters the oxygenator, degC.
  var entering: Double
  /// Blood at the oxygenator's outlet, degC.
  var arterial: Double
  /// Cardioplegia as delivered, degC.
  var cardioplegia: Double
  /// Water of the patient's circuit.
  var patientWater: WaterCircuit
  /// Water of the cardioplegia circuit.
  var cardioplegiaWater: WaterCircuit
  /// Effectiveness of the patient's heat exchanger on the blood side.
  var effectiveness = 0.0

  /// Everything at rest.
  init(_ parameters: borrowing CircuitParameters) {
    body = BodyHeat(parameters.body)
    organ = parameters.organ.initialTemperature
    let prime = parameters.body.initialPrimeTemperature
    venousLine = prime
    entering = prime
    arterial = prime
    cardioplegia = parameters.body.ambientTemperature
    patientWater = WaterCircuit(parameters.water.patient)
    cardioplegiaWater = WaterCircuit(parameters.water.cardioplegia)
  }

  /// Flows that carry heat, L/min, and the blood in the reservoir, ml.
  struct Flows {
    var venous = 0.0
    var oxygenator = 0.0
    var arterial = 0.0
    var systemic = 0.0
    var cardioplegiaBlood = 0.0
    var crystalloid = 0.0
    var reservoirVolume = 0.0
    /// Blood to the portal vein, which runs through the same heat exchanger.
    var portal = 0.0
    /// Blood around a closed loop without patient or organ.
    var bypassesPatient = false
    var isOrgan = false
  }

  /// Moves all temperatures on.
  mutating func step(
    _ flows: Flows, inputs: borrowing CircuitInputs, parameters: borrowing CircuitParameters,
    seconds: Double
  ) {
    let water = parameters.water
    patientWater.circulate(
      pump: inputs.waterPump[0], parameters: water.patient, seconds: seconds)
    cardioplegiaWater.circulate(
      pump: inputs.waterPump[1], parameters: water.cardioplegia, seconds: seconds)
    stepVenous(flows, parameters, seconds)
    let given = stepOxygenator(flows, parameters, seconds)
    let givenToCardioplegia = stepCardioplegia(flows, parameters, seconds)
    let ambient = parameters.body.ambientTemperature
    patientWater.exchange(
      given: given, heaterWatts: inputs.heaterWatts[0], chillerOn: inputs.chillerOn[0],
      ambient: ambient, parameters: water.patient, seconds: seconds)
    cardioplegiaWater.exchange(
      given: givenToCardioplegia, heaterWatts: inputs.heaterWatts[1],
      chillerOn: inputs.chillerOn[1], ambient: ambient, parameters: water.cardioplegia,
      seconds: seconds)
    if flows.isOrgan {
      stepOrgan(flows, parameters, seconds)
    } else {
      body.step(
        systemic: flows.systemic, circuit: flows.bypassesPatient ? 0 : flows.arterial,
        arterial: arterial, parameters: parameters.body, seconds: seconds)
    }
  }

  /// Blood comes back through the venous line and mixes in the reservoir.
  private mutating func stepVenous(
    _ flows: Flows, _ parameters: borrowing CircuitParameters, _ seconds: Double
  ) {
    let back = flows.bypassesPatient ? arterial : flows.isOrgan ? organ : body.venous
    let moved = max(flows.venous, 0) * StepLength.perSecond * seconds
    venousLine += (back - venousLine) * min(moved / parameters.air.venousLineVolume, 1)
    let volume = max(flows.reservoirVolume, 50)
    entering += (venousLine - entering) * min(moved / volume, 1)
    let capacity = parameters.body.bloodHeatContent * volume * 0.001
    let lost = parameters.body.circuitLoss * (entering - parameters.body.ambientTemperature)
    entering -= seconds * lost / capacity
  }

  /// The heat exchanger; gives the heat that went into the blood, kW. Blood that stands in it
  /// takes the water's temperature.
  private mutating func stepOxygenator(
    _ flows: Flows, _ parameters: borrowing CircuitParameters, _ seconds: Double
  ) -> Double {
    let content = parameters.body.bloodHeatContent
    let conductance = parameters.water.patient.exchangerConductance
    let blood = max(flows.oxygenator, 0)
    effectiveness = HeatExchanger.effectiveness(
      blood: blood, water: patientWater.flow, conductance: conductance,
      bloodHeatContent: content)
    let leaving = entering + effectiveness * (patientWater.supplied - entering)
    let volume = max(parameters.air.oxygenatorVolume, 20) * 0.001
    let moved = min(blood / 60 * seconds / volume, 1)
    arterial += (leaving - arterial) * moved
    var given = content * blood / 60 * (leaving - entering)
    let standing = max(1 - blood / 0.3, 0)
    if standing > 0, patientWater.flow > 0 {
      let soaked = standing * conductance * (patientWater.supplied - arterial)
      arterial +=
        min(seconds * conductance * standing / (content * volume), 1)
        * (patientWater.supplied - arterial)
      given += soaked
    }
    return given
  }

  /// The cardioplegia exchanger; gives the heat that went into the cardioplegia, kW.
  private mutating func stepCardioplegia(
    _ flows: Flows, _ parameters: borrowing CircuitParameters, _ seconds: Double
  ) -> Double {
    let blood = max(flows.cardioplegiaBlood, 0)
    let crystalloid = max(flows.crystalloid, 0)
    let total = blood + crystalloid
    guard total > 1e-3 else { return 0 }
    let mixed =
      (blood * arterial + crystalloid * parameters.cardioplegia.crystalloidTemperature) / total
    let content = parameters.body.bloodHeatContent
    let share = HeatExchanger.effectiveness(
      blood: total, water: cardioplegiaWater.flow,
      conductance: parameters.water.cardioplegia.exchangerConductance, bloodHeatContent: content)
    let leaving = mixed + share * (cardioplegiaWater.supplied - mixed)
    let moved = total * StepLength.perSecond * seconds
    cardioplegia +=
      (leaving - cardioplegia) * min(moved / max(parameters.air.cardioplegiaLineVolume, 5), 1)
    return content * total / 60 * (leaving - mixed)
  }

  /// The organ follows the blood that runs through it.
  private mutating func stepOrgan(
    _ flows: Flows, _ parameters: borrowing CircuitParameters, _ seconds: Double
  ) {
    let organParameters = parameters.organ
    let reached = flows.bypassesPatient ? 0 : max(flows.arterial, 0) + max(flows.portal, 0)
    let blood = parameters.body.bloodHeatContent * reached / 60 * (arterial - organ)
    let metabolic = organParameters.metabolism * growth(0.0916290731874155 * (organ - 37))
    let lost = organParameters.ambientLoss * (organ - parameters.body.ambientTemperature)
    organ += seconds * (blood + metabolic - lost) / max(organParameters.heatCapacity, 0.05)
  }
}
