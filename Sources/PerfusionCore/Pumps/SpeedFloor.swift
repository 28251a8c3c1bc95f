/// The speed under which a centrifugal pump lets blood run backwards (docs/domain.md 3.3).
///
/// The patient's pressure comes from the MAP reading; without one from the line behind the closed
/// clamp while the rotor stands, where it looks like a patient's (40...150 mmHg); without either
/// 80 mmHg are assumed.
public struct SpeedFloor: BitwiseCopyable, Sendable {
  /// Speed whose head just holds the patient's pressure without flow.
  public private(set) var balance = RotationalSpeed.zero
  /// `balance` with the margin: the operator is held above it.
  public private(set) var value = RotationalSpeed.zero
  /// Mean arterial pressure that the floor rests on.
  public var patientPressure: Pressure { .mmHg(pressure.value) }
  /// The floor rests on a measurement, not on the assumption.
  public private(set) var isMeasured = false

  /// Pressure that is assumed when nothing is measured.
  public static var assumedPressure: Pressure { Pressure(millimetersOfMercury: 80) }

  private var pressure = LowPass()
  private let headPerSpeedSquared: Double
  private let margin: Double
  private let maximum: RotationalSpeed

  /// The floor of a pump head, at the assumed pressure.
  public init(head: CentrifugalHead, maximum: RotationalSpeed, heightHead: Pressure) {
    headPerSpeedSquared = max(head.headPerSpeedSquared, 1e-9)
    margin = max(head.floorMargin, 1)
    self.maximum = maximum
    pressure.set(SpeedFloor.assumedPressure.millimetersOfMercury)
    work(heightHead)
  }

  /// Follows the patient's pressure with a second's delay.
  mutating func update(
    _ environment: PumpEnvironment, rotorStands: Bool, clampIsClosed: Bool
  ) {
    var target = isMeasured ? pressure.value : SpeedFloor.assumedPressure.millimetersOfMercury
    if let measured = environment.arterialPressure.usable {
      target = measured.clamped(.mmHg(20), .mmHg(150)).millimetersOfMercury
      isMeasured = true
    } else if clampIsClosed && rotorStands, let line = environment.outletPressure.usable {
      let patient = (line - environment.heightHead).millimetersOfMercury
      if patient >= 40 && patient <= 150 {
        target = patient
        isMeasured = true
      }
    }
    pressure.update(target, timeConstant: Seconds(seconds: 1), tick: environment.tick)
    work(environment.heightHead)
  }

  /// `balance` less what stands at the pump's inlet: at rest the venous line bears its own column and
  /// the patient's venous pressure, which the floor leaves out to be on the safe side. No more than
  /// the height and 20 mmHg of venous pressure are believed.
  func openBalance(_ environment: PumpEnvironment) -> RotationalSpeed {
    let height = environment.heightHead
    let inlet = environment.inletPressure.usable ?? .zero
    return speed(holding: height - inlet.clamped(.zero, max(height, .zero) + .mmHg(20)))
  }

  private func speed(holding extra: Pressure) -> RotationalSpeed {
    let column = max(0, pressure.value + extra.millimetersOfMercury)
    return .rpm((column / headPerSpeedSquared).squareRoot())
  }

  private mutating func work(_ heightHead: Pressure) {
    balance = speed(holding: heightHead)
    value = min(balance * margin, maximum)
  }
}
