/// What an air detector saw since the previous tick.
///
/// Detectors are captured as edges with time stamps, because a bubble passes in 5 to 7 ms
/// (docs/domain.md 11.2): the longest stretch of air is kept even when it is over.
public struct AirObservation: BitwiseCopyable, Sendable {
  /// The detector reads air now.
  public var airNow: Bool
  /// The longest stretch of air that was under way since the previous tick, its beginning
  /// included even when that lies earlier; microseconds.
  public var longestAir: Int32
  /// The detector answered its last self test with "air", as it must.
  public var selfTestPassed: Bool

  /// Makes an observation.
  public init(airNow: Bool, longestAir: Int32, selfTestPassed: Bool) {
    self.airNow = airNow
    self.longestAir = longestAir
    self.selfTestPassed = selfTestPassed
  }
  /// Fluid, self test passed.
  public static var fluid: AirObservation {
    AirObservation(airNow: false, longestAir: 0, selfTestPassed: true)
  }
}

/// The supply of the machine.
public struct SupplySignals: BitwiseCopyable, Sendable {
  /// Voltage of the drive bus and battery.
  public var batteryVoltage: Reading<Voltage>
  /// Current out of the battery; negative while it charges.
  public var batteryCurrent: Reading<ElectricCurrent>
  /// Charge that is left.
  public var batteryCharge: Reading<ElectricCharge>

  /// Signals of a board without a battery gauge.
  public static var absent: SupplySignals {
    SupplySignals(batteryVoltage: .absent, batteryCurrent: .absent, batteryCharge: .absent)
  }
  /// Makes the supply signals.
  public init(
    batteryVoltage: Reading<Voltage>, batteryCurrent: Reading<ElectricCurrent>,
    batteryCharge: Reading<ElectricCharge>
  ) {
    self.batteryVoltage = batteryVoltage
    self.batteryCurrent = batteryCurrent
    self.batteryCharge = batteryCharge
  }
}

/// Everything the controller knows about the world in one tick.
public struct SensorSnapshot: Sendable {
  /// Pressures by site.
  public var pressures = SiteTable<PressureSite, Reading<Pressure>>(repeating: .absent)
  /// Flows by site.
  public var flows = SiteTable<FlowSite, Reading<Flow>>(repeating: .absent)
  /// Temperatures by site.
  public var temperatures = SiteTable<TemperatureSite, Reading<Temperature>>(repeating: .absent)
  /// Air detectors by site.
  public var air = SiteTable<AirSite, Reading<AirObservation>>(
    repeating: Reading(.fluid, takenAt: .start, quality: .absent))
  /// Two-state inputs by site.
  public var switches = SiteTable<SwitchSite, Reading<Bool>>(repeating: .absent)
  /// Volume of blood in the venous reservoir.
  public var reservoirVolume = Reading<Volume>.absent
  /// Opening of the venous occluder, by its own position sensor.
  public var venousOccluderOpening = Reading<Fraction>.absent
  /// Each pump's own sensors, in the order of the configuration.
  public var pumps = InlineArray<8, PumpSignals>(repeating: .absent)
  /// Gap of each roller pump's occlusion actuator, by its own position sensor: 0 none, 1 widest.
  public var occlusionGaps = InlineArray<8, Reading<Fraction>>(repeating: .absent)
  /// Mains and battery.
  public var supply = SupplySignals.absent
  /// What the platform and the firmware around the controller found.
  public var platform = PlatformFindings()

  /// Bit i: chip i of the wiring is scheduled and does not run as the part it should be. Refreshed
  /// during the power-on self test.
  public var chipsLost: UInt64 = 0

  /// Seconds since 1970 by the computer's clock, looked at every 10 s; 0 when it does not know.
  ///
  /// It may jump: nothing that controls reads it, only the age of a disinfection (HZ-29).
  public var civilTime: Int64 = 0

  /// A snapshot in which nothing has been read.
  public init() {}

  /// The reading of a pressure site.
  @inlinable public subscript(site: PressureSite) -> Reading<Pressure> { pressures[site] }
  /// The reading of a flow site.
  @inlinable public subscript(site: FlowSite) -> Reading<Flow> { flows[site] }
  /// The reading of a temperature site.
  @inlinable public subscript(site: TemperatureSite) -> Reading<Temperature> { temperatures[site] }
  /// The reading of an air detector.
  @inlinable public subscript(site: AirSite) -> Reading<AirObservation> { air[site] }
  /// The reading of a switch.
  @inlinable public subscript(site: SwitchSite) -> Reading<Bool> { switches[site] }
}
