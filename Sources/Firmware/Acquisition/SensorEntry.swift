internal import ChipDrivers
internal import PerfusionCore

/// One sensor of the flat table: what is needed of it when it has something new.
struct SensorEntry: BitwiseCopyable, Sendable {
  var site = SensorSite.reservoirVolume
  var source = WiredPlace.line(0)
  var scale: Double = 1
  var offset: Double = 0
  var lowest: Double = 0
  var highest: Double = 0
  var maximumAge: Int64 = 0
  /// Index of its curve; -1 for none.
  var curve: Int8 = -1

  init() {}

  init?(_ sensor: SensorWiring, _ wiring: borrowing BoardWiring) {
    guard let source = WiredPlace(sensor.port, channels: 8, wiring) else { return nil }
    self.source = source
    site = sensor.site
    scale = sensor.scale
    offset = sensor.offset
    lowest = sensor.lowest
    highest = sensor.highest
    maximumAge = Int64(sensor.maximumAge)
    curve = Int(sensor.curve) < wiring.curves.count ? sensor.curve : -1
  }

  /// The chip that it is read from.
  var chip: UInt8? {
    switch source {
    case .channel(let chip, _), .pin(let chip, _, _): chip
    case .line: nil
    }
  }

  /// An interlock needs it: without it the machine is blind for a hazard of blood path, speed or
  /// heat (AL-56, "HIGH if safety sensor").
  var isSafetySensor: Bool {
    switch site {
    case .pressure, .flow, .temperature, .air, .switchInput, .reservoirVolume, .rotor,
      .driveAlive, .driveFault, .torqueIsOff:
      true
    case .venousOccluderOpening, .motorCurrent, .coverIsOpen, .occlusionGap, .batteryVoltage,
      .batteryCurrent, .batteryCharge:
      false
    }
  }
}
