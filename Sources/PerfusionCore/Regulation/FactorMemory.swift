/// Keeps a servo's factor alive while the reading behind it is lost.
///
/// The loss of a sensor never stops a pump (docs/domain.md 8.1 R3), and it must not let the pump
/// jump to full speed against the pressure that slowed it either: the last factor is held for
/// one second and then let go at 10 % of the set-point a second.
struct FactorMemory: BitwiseCopyable, Sendable {
  private(set) var factor = Fraction.one
  private var lost = Seconds.zero

  /// How long the last factor is held.
  static var hold: Seconds { Seconds(seconds: 1) }
  /// Share of the set-point given back each second after that.
  static var releasePerSecond: Double { 0.1 }

  /// Takes the factor of a usable reading, or nothing, after one more `step`.
  mutating func update(_ fresh: Fraction?, step: Seconds) -> Fraction {
    if let fresh {
      factor = fresh.clamped()
      lost = .zero
    } else if lost < Self.hold {
      lost += step
    } else {
      factor = (factor + .of(Self.releasePerSecond * step.seconds)).clamped()
    }
    return factor
  }

  /// Forgets everything: the servo no longer acts.
  mutating func reset() { self = FactorMemory() }
}
