/// Watches a water circuit: the delays of section 9 and the cross-checks of 5.2 and 8.3 of
/// docs/domain.md. It decides nothing; `ThermalPermit` does.
struct ThermalMonitor: Sendable {
  private(set) var findings = ThermalFindings()
  private(set) var balance: HeatBalance
  private(set) var detachment = DetachmentCheck()

  private let limits: BloodTemperatureLimits
  private let circuit: WaterCircuitConfiguration
  private let purpose: ThermalPurpose
  private let capacity: Double
  private var arterialTwins = TwinCheck()
  private var bathTwins = TwinCheck()
  private var arterialStuck = StuckCheck()
  private var venousLost = SustainedCondition(for: Seconds(seconds: 5))
  private var arterialLost = SustainedCondition(for: Seconds(seconds: 5))
  private var bathLost = SustainedCondition(for: Seconds(seconds: 5))
  private var warm = SustainedCondition(for: Seconds(seconds: 2))
  private var tooWarm = SustainedCondition(for: Seconds(seconds: 2))
  private var gradient = SustainedCondition(for: Seconds(seconds: 5))
  private var gradientHigh = SustainedCondition(for: Seconds(seconds: 5))
  private var bathHigh = SustainedCondition(for: Seconds(seconds: 1))
  private var bathLow = SustainedCondition(for: Seconds(seconds: 10))
  private var water = SustainedCondition(for: Seconds(seconds: 3))
  private var cold = SustainedCondition(for: Seconds(seconds: 10))

  init(
    _ circuit: WaterCircuitConfiguration, limits: BloodTemperatureLimits,
    purpose: ThermalPurpose, capacity: Double
  ) {
    self.circuit = circuit
    self.limits = limits
    self.purpose = purpose
    self.capacity = capacity
    balance = HeatBalance(circuit, capacity: capacity)
  }

  /// The outlet sensor may be controlled by.
  var isArterialTrusted: Bool { !detachment.isDetached && !arterialStuck.isStuck }

  /// What the circuit was told in the last step.
  struct Told {
    var pump: Bool
    var duty: Fraction
    var chillerOn: Bool
    var isHeatWanted: Bool
  }

  mutating func update(
    _ environment: ThermalEnvironment, _ readings: ThermalReadings, told: Told,
    correction: Double, rewarmRate: TemperatureRate?, step: Seconds
  ) {
    watchWater(environment, readings, told: told, step: step)
    balance.update(
      bath: readings.bath, duty: told.duty, chillerOn: told.chillerOn,
      blood: -readings.load(correction: correction), step: step)
    findings.uncommandedHeating = balance.isUncommanded
    findings.heaterWithoutEffect = balance.isWithoutEffect
    bathTwins.update(environment.bath, environment.bathSecond, step: step)
    if purpose == .blood {
      watchSensors(environment, readings, correction: correction, step: step)
      watchBlood(readings, rewarmRate: rewarmRate, step: step)
    }
    findings.sensorsDisagree = arterialTwins.isAlert || bathTwins.isAlert
    findings.sensorsDisagreeFar = arterialTwins.isFar || bathTwins.isFar
    findings.sensorFault =
      bathLost.update(environment.bath.usable == nil, step: step) || findings.sensorsDisagree
      || (purpose == .blood
        && venousLost.update(environment.venous.usable == nil, step: step))
  }

  /// Sees blood flow lost while the circuit is at work.
  mutating func note(noBloodFlow: Bool) { findings.noBloodFlow = noBloodFlow }

  /// Forgets what stays until the circuit is put in standby.
  mutating func clearLatches() {
    balance = HeatBalance(circuit, capacity: capacity)
    findings.noBloodFlow = false
  }

  private mutating func watchWater(
    _ environment: ThermalEnvironment, _ readings: ThermalReadings, told: Told, step: Seconds
  ) {
    findings.tankLow = environment.isTankFilled.usable == false
    let isLost =
      told.pump && (environment.waterFlow.usable.map { $0 < circuit.lowestFlow } ?? false)
    let isWaterLost = water.update(isLost, step: step) || findings.tankLow
    findings.waterLost = isWaterLost
    findings.waterLostWhileHeating = isWaterLost && told.isHeatWanted
    let bath = readings.warmestBath
    findings.bathHigh = bathHigh.update(bath.map { $0 >= circuit.hottest } ?? false, step: step)
    findings.bathCut = bath.map { $0 >= circuit.cutOff } ?? false
    findings.bathLow = bathLow.update(
      readings.bath.map { $0 <= circuit.coldest } ?? false, step: step)
    findings.cutOutTripped = environment.isCutOutTripped.usable == true
  }

  private mutating func watchSensors(
    _ environment: ThermalEnvironment, _ readings: ThermalReadings, correction: Double,
    step: Seconds
  ) {
    let first = environment.arterial.usable
    arterialTwins.update(environment.arterial, environment.arterialSecond, step: step)
    let explained = readings.explainedArterial(correction: correction)
    var drive = TemperatureDifference.zero
    if let bath = readings.bath, let venous = readings.venous { drive = bath - venous }
    detachment.update(first, explained: explained, drive: drive, step: step)
    arterialStuck.update(first, expected: detachment.expectation, step: step)
    let isLost = arterialLost.update(first == nil, step: step)
    findings.arterialSensorFault = isLost || !isArterialTrusted
  }

  private mutating func watchBlood(
    _ readings: ThermalReadings, rewarmRate: TemperatureRate?, step: Seconds
  ) {
    let warmest = readings.warmestArterial
    findings.bloodWarm = warm.update(warmest.map { $0 >= limits.ceiling } ?? false, step: step)
    findings.bloodTooWarm = tooWarm.update(
      warmest.map { $0 >= limits.heatingStop } ?? false, step: step)
    findings.coldBlood = cold.update(
      readings.arterial.map { $0 < limits.cold } ?? false, step: step)
    findings.rewarmTooFast =
      readings.isPatient && (rewarmRate.map { $0 > limits.rewarmRate } ?? false)
      && (readings.arterial.map { $0 >= limits.gradientSwitch } ?? false)
    watchGradient(readings, step: step)
  }

  /// The law's own figure plus a tenth of a kelvin, which is what the sensors resolve.
  private mutating func watchGradient(_ readings: ThermalReadings, step: Seconds) {
    var apart = TemperatureDifference.zero
    var limit = limits.wideGradient
    if readings.isPatient, let arterial = readings.arterial, let venous = readings.venous,
      let blood = readings.blood, blood.litersPerMinute >= 0.3
    {
      apart = (arterial - venous).magnitude
      limit = GradientLaw(limits).limit(arterial: arterial, venous: venous)
    }
    findings.gradient = gradient.update(apart > limit + .kelvins(0.1), step: step)
    findings.gradientHigh = gradientHigh.update(
      apart > limits.wideGradient + .kelvins(2), step: step)
  }
}
