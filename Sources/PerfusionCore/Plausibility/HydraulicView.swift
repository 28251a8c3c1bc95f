/// The blood circuit in the lattice's eyes: smoothed over a second, in mmHg and L/min.
struct HydraulicView: BitwiseCopyable, Sendable {
  /// Flow by the probe.
  private(set) var probe = SmoothedValue()
  /// Flow by the rotor; only a roller has one.
  private(set) var rotor = SmoothedValue()
  private(set) var before = SmoothedValue()
  private(set) var after = SmoothedValue()
  private(set) var inlet = SmoothedValue()
  private(set) var patient = SmoothedValue()
  private(set) var central = SmoothedValue()
  private(set) var speed = SmoothedValue()
  private(set) var slowSpeed = SmoothedValue()

  /// What one look sees.
  struct Moment {
    var probe: Reading<Flow>
    var rotor: Reading<Flow>
    var before: Reading<Pressure>
    var after: Reading<Pressure>
    var inlet: Reading<Pressure>
    var patient: Reading<Pressure>
    var central: Reading<Pressure>
    var speed: Reading<RotationalSpeed>
  }

  /// Takes one more look, `step` seconds after the last.
  mutating func update(_ moment: Moment, step: Double) {
    probe.follow(moment.probe.usable?.litersPerMinute, over: 1, step: step)
    rotor.follow(moment.rotor.usable?.litersPerMinute, over: 1, step: step)
    before.follow(moment.before.usable?.millimetersOfMercury, over: 1, step: step)
    after.follow(moment.after.usable?.millimetersOfMercury, over: 1, step: step)
    inlet.follow(moment.inlet.usable?.millimetersOfMercury, over: 1, step: step)
    patient.follow(moment.patient.usable?.millimetersOfMercury, over: 1, step: step)
    central.follow(moment.central.usable?.millimetersOfMercury, over: 1, step: step)
    let turns = moment.speed.usable?.magnitude.revolutionsPerMinute
    speed.follow(turns, over: 0.5, step: step)
    slowSpeed.follow(turns, over: 4, step: step)
  }

  /// The rotor has kept its speed for some seconds.
  var isSteady: Bool {
    guard let speed = speed.value, let slow = slowSpeed.value, slow > 1 else { return false }
    return (speed - slow).magnitude < 0.02 * slow
  }
}

/// A value behind a first-order lag; gone when its reading was gone for three looks. A pressure whose
/// peaks lie outside what its sensor can show is missed in between, and still says much.
struct SmoothedValue: BitwiseCopyable, Sendable {
  private(set) var value: Double?
  private var missed: UInt8 = 0

  mutating func follow(_ reading: Double?, over lag: Double, step: Double) {
    guard let reading else {
      missed = min(missed + 1, 3)
      if missed == 3 { value = nil }
      return
    }
    missed = 0
    guard let before = value else { return value = reading }
    value = before + (reading - before) * min(step / lag, 1)
  }
}
