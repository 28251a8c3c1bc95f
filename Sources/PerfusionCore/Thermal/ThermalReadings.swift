/// The readings of a water circuit after the cross-checks: what may be controlled by.
struct ThermalReadings: BitwiseCopyable, Sendable {
  /// The circuit tempers somebody's blood.
  var isPatient: Bool
  /// Outlet by the sensor that is worse for the patient: the warmer one, or while cooling the
  /// colder one.
  var arterial: Temperature?
  /// The warmer of all outlet sensors that can be read, trusted or not.
  var warmestArterial: Temperature?
  var venous: Temperature?
  /// Water by the main sensor, or by its twin while the main one is lost.
  var bath: Temperature?
  /// The warmer of both bath sensors.
  var warmestBath: Temperature?
  /// Blood flow by the probe.
  var blood: Flow?
  /// Blood flow to calculate with: a middling one while it is not known.
  var assumedBlood = Flow(litersPerMinute: 4.5)
  /// Water flow, rated while there is no meter.
  var water: Flow
  /// Effectiveness of the exchanger at these flows.
  var effectiveness: Double

  init(
    _ environment: ThermalEnvironment, circuit: WaterCircuitConfiguration, purpose: ThermalPurpose,
    isCooling: Bool, isArterialTrusted: Bool
  ) {
    isPatient = purpose == .blood && environment.isPatientConnected
    let first = environment.arterial.usable
    let second = environment.arterialSecond.usable
    warmestArterial = Self.either(first, second) { max($0, $1) }
    let worse = Self.either(first, second) { isCooling ? min($0, $1) : max($0, $1) }
    arterial = isArterialTrusted ? worse : second
    venous = environment.venous.usable
    bath = environment.bath.usable ?? environment.bathSecond.usable
    warmestBath = Self.either(environment.bath.usable, environment.bathSecond.usable) {
      max($0, $1)
    }
    blood = environment.bloodFlow.usable
    if let blood { assumedBlood = blood }
    water = environment.waterFlow.usable ?? circuit.ratedFlow
    effectiveness = HeatExchanger(conductance: circuit.exchangerConductance).effectiveness(
      blood: assumedBlood, water: water)
  }

  /// What the exchanger makes of bath and venous blood, while blood flows.
  func explainedArterial(correction: Double) -> Temperature? {
    guard let venous, let bath, let blood, blood.litersPerMinute > 0.5 else { return nil }
    return venous + (bath - venous) * min(effectiveness * correction, 1)
  }

  /// Heat from the bath into the blood; nothing flows where a reading is missing.
  func load(correction: Double) -> Power {
    guard let venous, let bath, let blood, blood.litersPerMinute > 0.1 else { return .zero }
    let rate = HeatExchanger.bloodRate(blood) * min(effectiveness * correction, 1)
    return .watts(rate * (bath - venous).kelvins)
  }

  private static func either(
    _ first: Temperature?, _ second: Temperature?,
    _ choose: (Temperature, Temperature) -> Temperature
  ) -> Temperature? {
    guard let first else { return second }
    guard let second else { return first }
    return choose(first, second)
  }
}
