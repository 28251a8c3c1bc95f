/// The flow of a pump, from the probe when it is good, else from the pump itself.
public enum FlowEstimate {
  /// Share of the stroke volume that is filled at an inlet pressure (docs/domain.md 2.5): all of
  /// it down to -50 mmHg, then less, half at -300 mmHg. An unusable reading counts as filled.
  public static func fill(inlet: Reading<Pressure>) -> Fraction {
    guard let pressure = inlet.usable, pressure.millimetersOfMercury < -50 else { return .one }
    return Fraction(value: 1 + (pressure.millimetersOfMercury + 50) / 500).clamped(.of(0.5), .one)
  }

  /// Flow of a roller pump by its rotor: n times stroke volume less leak.
  ///
  /// It has the quality of the speed.
  public static func roller(
    speed: Reading<RotationalSpeed>, stroke: StrokeVolume, leak: Flow
  ) -> Reading<Flow> {
    let turning = speed.value.magnitude > .rpm(0.5)
    let flow = turning ? stroke * speed.value - leak : .zero
    return Reading(flow, takenAt: speed.takenAt, quality: speed.quality)
  }

  /// Flow of a centrifugal pump by its head: the Q at which a n^2 - b Q|Q| is the measured head
  /// (docs/domain.md 3.1).
  ///
  /// Usable only when speed and both pressures are, and an outlet site right at the head makes it
  /// better: the drop of what lies between counts as flow.
  public static func centrifugal(
    speed: Reading<RotationalSpeed>, head: CentrifugalHead, outlet: Reading<Pressure>,
    inlet: Reading<Pressure>
  ) -> Reading<Flow> {
    guard speed.quality == .valid, outlet.quality == .valid, inlet.quality == .valid,
      head.headPerFlowSquared > 0
    else {
      return Reading(.zero, takenAt: speed.takenAt, quality: .absent)
    }
    let turns = speed.value.revolutionsPerMinute
    let measured = (outlet.value - inlet.value).millimetersOfMercury
    let square = (head.shutOff(turns) - measured) / head.headPerFlowSquared
    let size = square.magnitude.squareRoot()
    return Reading(.init(litersPerMinute: square < 0 ? -size : size), takenAt: speed.takenAt)
  }
}
