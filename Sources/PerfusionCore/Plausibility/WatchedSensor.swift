/// A sensor that is watched for signs of life.
///
/// Numbered through: pressures 0...11, flows 12...19, temperatures 20...31, the reservoir's level 32,
/// motor currents 33...40.
public struct WatchedSensor: BitwiseCopyable, Equatable, Sendable {
  /// The number, 0..<`count`.
  public var number: UInt8

  /// The sensor of a number.
  @inlinable public init(number: UInt8) { self.number = number }
  /// The sensor of a pressure site.
  public init(_ site: PressureSite) { number = site.rawValue }
  /// The sensor of a flow site.
  public init(_ site: FlowSite) { number = Self.firstFlow + site.rawValue }
  /// The sensor of a temperature site.
  public init(_ site: TemperatureSite) { number = Self.firstTemperature + site.rawValue }
  /// The motor current of a pump.
  public init(motorCurrent pump: Int) {
    number = Self.firstCurrent + UInt8(truncatingIfNeeded: min(max(pump, 0), 7))
  }
  /// The reservoir's level.
  public static var level: WatchedSensor { WatchedSensor(number: 32) }
  /// All temperature sensors.
  static var temperatures: UInt64 { ((1 << 12) - 1) << 20 }
  /// How many watched sensors there are.
  public static var count: Int { 41 }

  static var firstFlow: UInt8 { 12 }
  static var firstTemperature: UInt8 { 20 }
  static var firstCurrent: UInt8 { 33 }

  /// The pressure site it sits at.
  public var pressure: PressureSite? { PressureSite(rawValue: number) }
  /// The flow site it sits at.
  public var flow: FlowSite? {
    number >= Self.firstFlow ? FlowSite(rawValue: number - Self.firstFlow) : nil
  }
  /// The temperature site it sits at.
  public var temperature: TemperatureSite? {
    number >= Self.firstTemperature
      ? TemperatureSite(rawValue: number - Self.firstTemperature) : nil
  }
  /// The pump whose motor current it measures.
  public var motorCurrent: Int? {
    number >= Self.firstCurrent && number < Self.count ? Int(number - Self.firstCurrent) : nil
  }

  /// A thermal sensor for the crystalloid ends at a fraction of the pump's flow
  /// (docs/domain.md 10.1).
  var mayExceedRange: Bool { flow == .crystalloidFlow }

  /// Its bit in a mask of sensors.
  var bit: UInt64 { 1 << UInt64(number & 63) }
}

/// One sample of a watched sensor, without its unit.
struct SensorSample {
  var value: Double
  var takenAt: Instant
  var quality: Quality

  init<Value: Quantity>(_ reading: Reading<Value>) {
    value = reading.value.base
    takenAt = reading.takenAt
    quality = reading.quality
  }

  /// The sample of a watched sensor, read in place.
  @inline(__always)
  init(_ sensor: WatchedSensor, _ sensors: SensorSnapshot) {
    if let site = sensor.pressure {
      self.init(sensors.pressures[site])
    } else if let site = sensor.flow {
      self.init(sensors.flows[site])
    } else if let site = sensor.temperature {
      self.init(sensors.temperatures[site])
    } else if let pump = sensor.motorCurrent {
      self.init(sensors.pumps.span[pump].current)
    } else {
      self.init(sensors.reservoirVolume)
    }
  }
}
