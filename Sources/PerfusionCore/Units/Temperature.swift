/// A temperature.
///
/// Blood and water lie in 0...45 degC.
public struct Temperature: Quantity {
  /// Degrees Celsius.
  public var degreesCelsius: Double

  /// Makes it from degrees Celsius.
  @inlinable public init(degreesCelsius: Double) { self.degreesCelsius = degreesCelsius }
  /// Makes it from the base unit, degrees Celsius.
  @inlinable public init(base: Double) { degreesCelsius = base }
  /// The number in the base unit, degrees Celsius.
  @inlinable public var base: Double { degreesCelsius }
  /// Makes it from degrees Celsius.
  @inlinable public static func celsius(_ value: Double) -> Self { Self(degreesCelsius: value) }
}

extension Temperature {
  /// How much warmer the left one is.
  @inlinable public static func - (left: Temperature, right: Temperature) -> TemperatureDifference {
    TemperatureDifference(kelvins: left.degreesCelsius - right.degreesCelsius)
  }
  /// Warmer by a difference.
  @inlinable public static func + (
    left: Temperature, right: TemperatureDifference
  ) -> Temperature {
    Temperature(degreesCelsius: left.degreesCelsius + right.kelvins)
  }
  /// Colder by a difference.
  @inlinable public static func - (
    left: Temperature, right: TemperatureDifference
  ) -> Temperature {
    Temperature(degreesCelsius: left.degreesCelsius - right.kelvins)
  }
}
