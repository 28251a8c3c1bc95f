/// Whether a water circuit may heat and cool now, and what holds it (docs/domain.md 5.2 and 5.3).
struct ThermalPermit: BitwiseCopyable, Sendable {
  /// What holds the heater off; the gravest first.
  var heating = ThermalHold.none
  /// What holds the chiller off.
  var cooling = ThermalHold.none
  /// The contactor in series with the heater may stay closed.
  var mayCloseContactor: Bool

  /// Bath temperature above which an unknown gradient forbids heating.
  static var blindCeiling: Temperature { .celsius(36) }

  init(
    _ findings: ThermalFindings, _ readings: ThermalReadings, isArterialTrusted: Bool,
    limits: BloodTemperatureLimits, circuit: WaterCircuitConfiguration, purpose: ThermalPurpose
  ) {
    mayCloseContactor =
      !findings.cutOutTripped && !findings.bathCut && !findings.uncommandedHeating
    heating = Self.water(findings, readings)
    cooling = Self.chilling(findings, readings, circuit: circuit)
    guard purpose == .blood else { return }
    if heating == .none {
      heating = Self.blood(findings, readings, isArterialTrusted, limits: limits)
    }
    if cooling == .none {
      cooling = Self.cold(readings, limits: limits)
    }
  }

  private static func water(
    _ findings: ThermalFindings, _ readings: ThermalReadings
  ) -> ThermalHold {
    if findings.cutOutTripped { return .cutOutTripped }
    if findings.bathCut { return .waterTooWarm }
    if findings.uncommandedHeating { return .uncommandedHeating }
    if findings.tankLow { return .tankLow }
    if findings.waterLost { return .noWaterFlow }
    if readings.bath == nil { return .noWaterTemperature }
    if findings.heaterWithoutEffect { return .heaterWithoutEffect }
    if findings.sensorsDisagreeFar { return .sensorsDisagree }
    return .none
  }

  private static func blood(
    _ findings: ThermalFindings, _ readings: ThermalReadings, _ isArterialTrusted: Bool,
    limits: BloodTemperatureLimits
  ) -> ThermalHold {
    if let warmest = readings.warmestArterial, warmest >= limits.ceiling { return .bloodTooWarm }
    if findings.bloodTooWarm { return .bloodTooWarm }
    if findings.noBloodFlow { return .noBloodFlow }
    if readings.arterial == nil || !isArterialTrusted { return .noArterialTemperature }
    if readings.venous == nil, readings.bath.map({ $0 > blindCeiling }) ?? true {
      return .noVenousTemperature
    }
    return .none
  }

  private static func chilling(
    _ findings: ThermalFindings, _ readings: ThermalReadings, circuit: WaterCircuitConfiguration
  ) -> ThermalHold {
    if findings.tankLow { return .tankLow }
    if findings.waterLost { return .noWaterFlow }
    guard readings.bath != nil else { return .noWaterTemperature }
    return .none
  }

  /// Cooling ends when the outlet is cold, or when it cannot be seen and the bath is.
  private static func cold(
    _ readings: ThermalReadings, limits: BloodTemperatureLimits
  ) -> ThermalHold {
    if let arterial = readings.arterial {
      return arterial < limits.cold ? .bloodTooCold : .none
    }
    return readings.bath.map { $0 < limits.cold } ?? true ? .noArterialTemperature : .none
  }
}
