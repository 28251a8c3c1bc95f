/// How the clamped line fills while the pump turns slowly against it.
///
/// The slope is taken from a mark at 50 mmHg on, over whole stretches of rotor angle, so that the
/// rollers' own ripple averages out.
struct PressureRise: BitwiseCopyable, Sendable {
  private var isMarked = false
  private var markPressure = Pressure.zero
  private var markTurned = Revolutions.zero
  private var time = Seconds.zero
  private var pressure = Pressure.zero
  private var turned = Revolutions.zero

  /// Pressure from which the rise is watched.
  static var markAt: Pressure { Pressure(millimetersOfMercury: 50) }

  /// Takes pressure and rotor angle after one more `step`.
  mutating func append(_ pressure: Pressure, turned: Revolutions, step: Seconds) {
    if isMarked {
      time += step
    } else if pressure >= Self.markAt {
      isMarked = true
      markPressure = pressure
      markTurned = turned
    }
    self.pressure = pressure
    self.turned = turned
  }

  /// The angle since the mark is long enough for the slopes to mean something.
  var isKnown: Bool { isMarked && angle.revolutions >= 0.2 && time.seconds > 0 }
  /// Rise for each turn of the rotor, mmHg.
  var perTurn: Double { isKnown ? risen / angle.revolutions : 0 }
  /// Rise each second.
  var rate: PressureRate { .mmHgPerSecond(isKnown ? risen / time.seconds : 0) }
  /// Mean pressure while it was watched.
  var mean: Pressure { isMarked ? (markPressure + pressure) * 0.5 : pressure }
  /// Speed the rotor really had.
  var speed: RotationalSpeed { isKnown ? angle / time : .zero }

  private var angle: Revolutions { turned - markTurned }
  private var risen: Double { (pressure - markPressure).millimetersOfMercury }
}
