/// Compares what the bath does with the heat that goes in and out of it (HZ-22).
///
/// Uncommanded heating: over 20 s without heat being asked for, the bath warms by 0.3 K and 40 %
/// of the blood's share more than the blood explains (a welded relay). Heater without effect: over
/// two minutes of heating that should have warmed it by 1.5 K at least, it warmed by less than a
/// quarter of that. Both stay until the circuit is put in standby.
struct HeatBalance: BitwiseCopyable, Sendable {
  private(set) var isUncommanded = false
  private(set) var isWithoutEffect = false

  private let capacity: Double
  private let heater: Power
  private var quiet = Window()
  private var heated = Window()
  private var sinceHeat = Seconds.zero

  /// A stretch of time with the bath at its beginning and the energy since.
  private struct Window: BitwiseCopyable {
    var begin: Temperature?
    var time = Seconds.zero
    /// From the heater, J.
    var heater = 0.0
    /// From the blood, J; signed.
    var blood = 0.0
    /// From the blood, J; without sign.
    var exchanged = 0.0
  }

  private static var settle: Seconds { Seconds(seconds: 15) }
  private static var quietSpan: Seconds { Seconds(seconds: 20) }
  private static var heatedSpan: Seconds { Seconds(seconds: 120) }

  init(_ circuit: WaterCircuitConfiguration, capacity: Double) {
    self.capacity = max(capacity, 1)
    heater = circuit.heater
  }

  /// Takes one more `step`: the duty that was asked for, the chiller, and the heat from the blood.
  mutating func update(
    bath: Temperature?, duty: Fraction, chillerOn: Bool, blood: Power, step: Seconds
  ) {
    guard let bath else {
      quiet = Window()
      heated = Window()
      return
    }
    sinceHeat = duty > .zero ? .zero : min(sinceHeat + step, Self.settle)
    watchQuiet(bath, blood: blood, step: step)
    watchHeated(bath, duty: duty, chillerOn: chillerOn, blood: blood, step: step)
  }

  private mutating func watchQuiet(_ bath: Temperature, blood: Power, step: Seconds) {
    guard sinceHeat >= Self.settle else {
      quiet = Window()
      return
    }
    Self.extend(&quiet, bath, heater: .zero, blood: blood, step: step)
    guard quiet.time >= Self.quietSpan, let begin = quiet.begin else { return }
    let explained = quiet.blood / capacity
    let tolerance = 0.3 + 0.4 * quiet.exchanged / capacity
    if (bath - begin).kelvins > max(explained, 0) + tolerance { isUncommanded = true }
    quiet = Window()
  }

  private mutating func watchHeated(
    _ bath: Temperature, duty: Fraction, chillerOn: Bool, blood: Power, step: Seconds
  ) {
    guard duty.value > 0.5, !chillerOn else {
      heated = Window()
      return
    }
    Self.extend(&heated, bath, heater: heater * duty.value, blood: blood, step: step)
    guard heated.time >= Self.heatedSpan, let begin = heated.begin else { return }
    let expected = (heated.heater + heated.blood - 0.4 * heated.exchanged) / capacity
    if expected > 1.5 && (bath - begin).kelvins < 0.25 * expected { isWithoutEffect = true }
    heated = Window()
  }

  private static func extend(
    _ window: inout Window, _ bath: Temperature, heater: Power, blood: Power, step: Seconds
  ) {
    if window.begin == nil { window.begin = bath }
    window.time += step
    window.heater += heater.watts * step.seconds
    window.blood += blood.watts * step.seconds
    window.exchanged += blood.magnitude.watts * step.seconds
  }
}
