import PerfusionCore

/// The numbers of a pump's drive, by the kind of its head.
struct PumpDriveNumbers: Sendable {
  /// Lag of the drive's own speed loop, seconds.
  var lag: Double
  /// Fastest change of speed, rpm/s.
  var acceleration: Double
  /// Time constant of the run-down without torque, seconds.
  var coasting: Double
  /// Torque at which the motor stalls, N.m at the rotor.
  var stallTorque: Double
  /// Torque at the rotor for each ampere of motor current, N.m/A.
  var torquePerAmpere: Double
  /// Current of the idle drive, amperes.
  var idleCurrent: Double
  /// Current that friction takes for each rpm, amperes.
  var frictionCurrent: Double
  /// Speed that the drive reaches when it runs away, rpm.
  var runawaySpeed: Double

  /// A geared roller drive: 30 ms, 2000 rpm/s, stalls at 8 N.m (docs/domain.md 2.7).
  static var roller: PumpDriveNumbers {
    PumpDriveNumbers(
      lag: 0.030, acceleration: 2000, coasting: 0.05, stallTorque: 8, torquePerAmpere: 1.5,
      idleCurrent: 0.30, frictionCurrent: 0.001, runawaySpeed: 300)
  }

  /// A magnetically coupled centrifugal drive: 5000 rpm/s, runs down with 0.3 s
  /// (docs/domain.md 3.3, 3.5).
  static var centrifugal: PumpDriveNumbers {
    PumpDriveNumbers(
      lag: 0.050, acceleration: 5000, coasting: 0.3, stallTorque: 0.25, torquePerAmpere: 0.033,
      idleCurrent: 0.20, frictionCurrent: 0.0001, runawaySpeed: 5500)
  }

  /// The numbers for a kind of head.
  static func of(_ kind: PumpKind) -> PumpDriveNumbers {
    switch kind {
    case .roller: .roller
    case .centrifugal: .centrifugal
    }
  }
}
