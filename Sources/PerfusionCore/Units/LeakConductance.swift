/// How much a roller that does not occlude fully lets back for each unit of head.
///
/// 0...1 ml/min per mmHg (docs/domain.md 2.3).
public struct LeakConductance: AdditiveQuantity {
  /// Millilitres per minute for each millimetre of mercury.
  public var millilitersPerMinutePerMmHg: Double

  /// Makes it from millilitres per minute per millimetre of mercury.
  @inlinable public init(millilitersPerMinutePerMmHg: Double) {
    self.millilitersPerMinutePerMmHg = millilitersPerMinutePerMmHg
  }
  /// Makes it from the base unit, millilitres per minute per millimetre of mercury.
  @inlinable public init(base: Double) { millilitersPerMinutePerMmHg = base }
  /// The number in the base unit, millilitres per minute per millimetre of mercury.
  @inlinable public var base: Double { millilitersPerMinutePerMmHg }
  /// Makes it from millilitres per minute per millimetre of mercury.
  @inlinable public static func millilitersPerMinutePerMmHg(_ value: Double) -> Self {
    Self(millilitersPerMinutePerMmHg: value)
  }
}

extension LeakConductance {
  /// The leak at a head; a negative head leaks forwards.
  @inlinable public static func * (leak: LeakConductance, head: Pressure) -> Flow {
    .millilitersPerMinute(leak.millilitersPerMinutePerMmHg * head.millimetersOfMercury)
  }
}
