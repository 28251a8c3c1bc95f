internal import PerfusionCore

/// Readings that were taken in the tick before: they are taken again in every tick until the record
/// says something else of them.
struct LiveReadings {
  private var bits = InlineArray<3, UInt64>(repeating: 0)

  /// The bit of a reading of a pump, 1...6 as in `PumpInputs`.
  static func place(pump: Int, field: UInt32) -> Int { 128 + pump * 6 + Int(field) - 1 }

  /// Notes what the record said of a reading.
  @inline(__always)
  mutating func note<Value>(_ place: Int, _ reading: Reading<Value>, _ now: Instant) {
    let bit = UInt64(1) << UInt64(place & 63)
    let isLive = reading.takenAt == now && reading.quality != .absent
    let word = place >> 6
    if isLive { bits[word] |= bit } else { bits[word] &= ~bit }
  }

  /// Takes all of them again.
  func retake(_ sensors: inout SensorSnapshot, _ now: Instant) {
    for word in 0..<3 {
      var rest = bits.span[word]
      while rest != 0 {
        Self.retake(word * 64 + rest.trailingZeroBitCount, &sensors, now)
        rest &= rest &- 1
      }
    }
  }

  private static func retake(_ place: Int, _ sensors: inout SensorSnapshot, _ now: Instant) {
    if place >= 128 {
      let pump = (place - 128) / 6
      switch (place - 128) % 6 {
      case 0: sensors.pumps[pump].rotor.takenAt = now
      case 1: sensors.pumps[pump].current.takenAt = now
      case 2: sensors.pumps[pump].driveAlive.takenAt = now
      case 3: sensors.pumps[pump].driveFault.takenAt = now
      case 4: sensors.pumps[pump].torqueIsOff.takenAt = now
      default: sensors.pumps[pump].coverIsOpen.takenAt = now
      }
      return
    }
    switch InputPlace(UInt32(place)) {
    case .pressure(let site): sensors.pressures[site].takenAt = now
    case .flow(let site): sensors.flows[site].takenAt = now
    case .temperature(let site): sensors.temperatures[site].takenAt = now
    case .air(let site): sensors.air[site].takenAt = now
    case .switchInput(let site): sensors.switches[site].takenAt = now
    case .occlusionGap(let pump): sensors.occlusionGaps[pump].takenAt = now
    case .reservoirVolume: sensors.reservoirVolume.takenAt = now
    case .venousOccluderOpening: sensors.venousOccluderOpening.takenAt = now
    case .batteryVoltage: sensors.supply.batteryVoltage.takenAt = now
    case .batteryCurrent: sensors.supply.batteryCurrent.takenAt = now
    case .batteryCharge: sensors.supply.batteryCharge.takenAt = now
    case .pump, nil: break
    }
  }
}

/// Which reading a field of `Inputs` is.
enum InputPlace {
  case pressure(PressureSite)
  case flow(FlowSite)
  case temperature(TemperatureSite)
  case air(AirSite)
  case switchInput(SwitchSite)
  case pump(Int)
  case occlusionGap(Int)
  case reservoirVolume
  case venousOccluderOpening
  case batteryVoltage
  case batteryCurrent
  case batteryCharge

  /// Nothing for a field that this version does not know.
  @inline(__always) init?(_ number: UInt32) {
    let found: InputPlace? =
      switch number {
      case InputField.reservoirVolume: .reservoirVolume
      case InputField.venousOccluderOpening: .venousOccluderOpening
      case InputField.batteryVoltage: .batteryVoltage
      case InputField.batteryCurrent: .batteryCurrent
      case InputField.batteryCharge: .batteryCharge
      case InputField.pressures..<InputField.flows:
        PressureSite(rawValue: UInt8(number - InputField.pressures)).map { .pressure($0) }
      case InputField.flows..<InputField.temperatures:
        FlowSite(rawValue: UInt8(number - InputField.flows)).map { .flow($0) }
      case InputField.temperatures..<InputField.air:
        TemperatureSite(rawValue: UInt8(number - InputField.temperatures)).map { .temperature($0) }
      case InputField.air..<InputField.switches:
        AirSite(rawValue: UInt8(number - InputField.air)).map { .air($0) }
      case InputField.switches..<InputField.pumps:
        SwitchSite(rawValue: UInt8(number - InputField.switches)).map { .switchInput($0) }
      case InputField.pumps..<InputField.occlusionGaps: .pump(Int(number - InputField.pumps))
      case InputField.occlusionGaps..<(InputField.occlusionGaps + 8):
        .occlusionGap(Int(number - InputField.occlusionGaps))
      default: nil
      }
    guard let found else { return nil }
    self = found
  }
}
