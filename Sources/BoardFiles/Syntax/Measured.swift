internal import PerfusionCore

/// A quantity of the core that a board file can carry.
protocol Measured: Quantity {
  /// The units it may be written in; the base unit is that of the quantity.
  static var units: UnitKind { get }
}

extension Pressure: Measured { static var units: UnitKind { .pressure } }
extension Flow: Measured { static var units: UnitKind { .flow } }
extension Volume: Measured { static var units: UnitKind { .volume } }
extension RotationalSpeed: Measured { static var units: UnitKind { .speed } }
extension Acceleration: Measured { static var units: UnitKind { .acceleration } }
extension Seconds: Measured { static var units: UnitKind { .time } }
extension Temperature: Measured { static var units: UnitKind { .temperature } }
extension TemperatureDifference: Measured {
  static var units: UnitKind { .temperatureDifference }
}
extension TemperatureRate: Measured { static var units: UnitKind { .temperatureRate } }
extension ElectricCurrent: Measured { static var units: UnitKind { .current } }
extension Power: Measured { static var units: UnitKind { .power } }
extension StrokeVolume: Measured { static var units: UnitKind { .strokeVolume } }
extension LeakConductance: Measured { static var units: UnitKind { .leak } }
extension Fraction: Measured { static var units: UnitKind { .fraction } }
