/// The roller pump: Q = n SV fill - leak, with ripple (docs/domain.md 2.1, 2.3, 2.4, 2.5, 2.7).
struct RollerFlow {
  /// L/min, positive forwards.
  var flow: Double
  /// Torque on the rotor, N m: squeezing the tube, which acts against the motion and fades out
  /// below 0.5 rpm, and the work on the blood.
  var torque: Double

  /// What a roller head moves between an inlet and an outlet pressure in mmHg.
  ///
  /// Rollers take turns: the first seals while the cosine of the rotor angle is positive.
  @inline(__always)
  init(_ drive: PumpDrive, inlet: Double, outlet: Double, heads: borrowing HeadParameters) {
    let stroke = drive.pump.strokeVolume
    let rise = outlet - inlet
    let once = cosine(turns: drive.turns)
    let first = bounded(0.5 + 4 * once, 0, 1)
    let leak =
      first * drive.pump.leakFirst + (1 - first) * drive.pump.leakSecond
      + heads.openGapLeak * drive.gap * drive.gap * drive.gap
    flow = -0.001 * leak * rise
    torque = rise * 2.1218865e-5 * stroke
    guard drive.speed != 0 else { return }
    let twice = 2 * once * once - 1
    let four = 2 * twice * twice - 1
    let ripple = 1 + heads.rippleFirst * twice + heads.rippleSecond * four
    let filled = Self.fill(drive.speed < 0 ? outlet : inlet, heads)
    let closed = 1 - drive.gap * drive.gap
    flow += 0.001 * drive.speed * stroke * filled * closed * ripple
    let squeeze =
      heads.squeezeTorque * stroke * (1 - 0.8 * drive.gap) * (1 + heads.torqueRipple * twice)
    torque += squeeze * bounded(2 * drive.speed, -1, 1)
  }

  /// How full the tube springs open in front of the roller, 0...1.
  @inline(__always)
  static func fill(_ inlet: Double, _ heads: borrowing HeadParameters) -> Double {
    guard inlet < heads.fullFillPressure else { return 1 }
    let lost = (heads.fullFillPressure - inlet) / heads.fillSpan
    let sucked = max(1 - lost, heads.leastFill)
    return sucked * bounded((inlet - heads.cavitationPressure) / 200, 0, 1)
  }
}
