/// A volume flow.
///
/// Blood flows lie in -10...10 L/min; positive is towards the patient.
public struct Flow: AdditiveQuantity {
  /// Litres per minute.
  public var litersPerMinute: Double

  /// Makes it from litres per minute.
  @inlinable public init(litersPerMinute: Double) { self.litersPerMinute = litersPerMinute }
  /// Makes it from the base unit, litres per minute.
  @inlinable public init(base: Double) { litersPerMinute = base }
  /// The number in the base unit, litres per minute.
  @inlinable public var base: Double { litersPerMinute }
  /// Makes it from litres per minute.
  @inlinable public static func litersPerMinute(_ value: Double) -> Self {
    Self(litersPerMinute: value)
  }
}

extension Flow {
  /// Makes it from millilitres per minute.
  @inlinable public static func millilitersPerMinute(_ value: Double) -> Flow {
    Flow(litersPerMinute: value / 1000)
  }
  /// The number in millilitres per minute.
  @inlinable public var millilitersPerMinute: Double { litersPerMinute * 1000 }
  /// The number in millilitres per second.
  @inlinable public var millilitersPerSecond: Double { litersPerMinute * (1000.0 / 60.0) }

  /// The volume that passes in a time.
  @inlinable public static func * (flow: Flow, time: Seconds) -> Volume {
    Volume(milliliters: flow.millilitersPerSecond * time.seconds)
  }
  /// The speed at which a pump head of this stroke volume gives the flow.
  ///
  /// A stroke volume of zero gives zero, not infinity.
  @inlinable public static func / (flow: Flow, stroke: StrokeVolume) -> RotationalSpeed {
    stroke.millilitersPerRevolution > 0
      ? RotationalSpeed(
        revolutionsPerMinute: flow.millilitersPerMinute / stroke.millilitersPerRevolution)
      : .zero
  }
}
