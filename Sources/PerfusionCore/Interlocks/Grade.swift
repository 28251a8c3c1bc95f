/// Graded reaction of the interlocks (docs/domain.md 8.1). A later case takes precedence.
public enum Grade: UInt8, BitwiseCopyable, Comparable, Sendable {
  /// Nothing.
  case none
  /// G0: alarm and log only.
  case annunciate
  /// Gx: explicitly keep running.
  case keepRunning
  /// G1: hold or limit.
  case hold
  /// G2: slow down in proportion.
  case regulate
  /// G3: zero-flow hold.
  case zeroFlow
  /// G4: controlled stop.
  case stop
  /// G5: forced stop, torque removed.
  case forcedStop
  /// G6: isolate the patient.
  case isolate
  /// Orders by precedence.
  public static func < (left: Grade, right: Grade) -> Bool { left.rawValue < right.rawValue }
}
