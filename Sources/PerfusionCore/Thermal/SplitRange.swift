/// Divides a heat demand between heater and chiller, so that they never work against each other.
///
/// The heater never runs with the chiller. After the chiller has pulled the bath below a steady
/// set-point, the heater leaves that alone, because a shortest run of the chiller overshoots and
/// the bath drifts back by itself; it comes in when the bath is lower than such a run explains,
/// stays low for three minutes, or the set-point moves up.
struct SplitRange: BitwiseCopyable, Sendable {
  private var chiller: Chiller
  private var isCooling = false
  private var low = SustainedCondition(for: Seconds(seconds: 180))
  private let heater: Power

  /// Share of its time that the heater is on.
  private(set) var duty = Fraction.zero
  /// The chiller runs.
  var chillerOn: Bool { chiller.isOn }

  init(_ circuit: WaterCircuitConfiguration, capacity: Double) {
    chiller = Chiller(circuit, capacity: capacity)
    heater = circuit.heater
  }

  /// What decides during one step.
  struct Inputs {
    var demand: Power
    var error: TemperatureDifference
    /// Heat that flows into the bath from the blood.
    var warming: Power
    var isRising: Bool
    var mayHeat: Bool
    var mayCool: Bool
    var mustStopChiller: Bool
  }

  mutating func update(_ inputs: Inputs, step: Seconds) {
    // While the blood takes heat out of the bath, a bath that is a little too warm needs only a
    // heater that is off.
    let isNeeded = inputs.warming >= .zero || inputs.error < .kelvins(-3)
    let mayStart = inputs.demand < .zero && isNeeded
    chiller.update(
      error: inputs.error, warming: inputs.warming,
      isPermitted: inputs.mayCool && (mayStart || chiller.isOn),
      mustStop: inputs.mustStopChiller, step: step)
    if chiller.isOn { isCooling = true }
    let isLow = low.update(inputs.error > .kelvins(0.4), step: step)
    let overshoot =
      chiller.swing(warming: inputs.warming)
      - chiller.threshold(
        warming: inputs.warming)
    if isLow || inputs.isRising || inputs.error > overshoot + .kelvins(0.4) { isCooling = false }
    let mayHeat = inputs.mayHeat && !chiller.isOn && !isCooling
    duty = mayHeat && heater > .zero ? Fraction(value: inputs.demand / heater).clamped() : .zero
  }

  /// How far below a steady set-point a shortest run of the chiller can take the bath.
  func overshoot(warming: Power) -> TemperatureDifference {
    chiller.swing(warming: warming) - chiller.threshold(warming: warming)
  }
}
