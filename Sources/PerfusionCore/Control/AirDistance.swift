/// Whether the tubing behind the arterial detector is long enough to stop a bubble
/// (docs/domain.md 11.2).
enum AirDistance {
  /// Detection, qualification and software: 3 ms + one tick + bus, rounded up.
  private static var reaction: Seconds { .milliseconds(15) }
  /// A roller ramps down in 200 ms, linearly: half of it counts.
  private static var rollerRamp: Seconds { .milliseconds(200) }

  /// Centimetres that blood moves along the line in a time.
  private static func travel(_ flow: Flow, _ time: Seconds, area: Double) -> Double {
    area > 0 ? flow.millilitersPerSecond * time.seconds / area : .infinity
  }

  /// The declared distances suffice at the pump's highest flow and the measured closing time.
  static func suffices(
    _ detection: AirDetectionConfiguration, pump: PumpConfiguration, clampFitted: Bool,
    clampClosing: Seconds
  ) -> Bool {
    let stopping = pump.kind == .roller ? rollerRamp / 2 : clampClosing
    let toCannula = travel(pump.maximumFlow, reaction + stopping, area: detection.lineArea)
    guard detection.distanceToCannula >= toCannula else { return false }
    guard clampFitted, pump.kind == .centrifugal else { return true }
    let toClamp = travel(pump.maximumFlow, reaction + clampClosing, area: detection.lineArea)
    return detection.distanceToClamp >= toClamp
  }
}
