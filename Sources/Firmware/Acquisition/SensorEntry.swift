internal import ChipDrivers
internal import PerfusionCore

/// Where a sensor is picked up, with everything resolved that can be at start-up.
enum SensorSource: BitwiseCopyable, Sendable {
  case channel(chip: UInt8, channel: UInt8)
  case line(UInt8)
  case pin(chip: UInt8, bit: UInt8, isActiveLow: Bool)

  /// Nothing when the port leads nowhere.
  init?(_ port: SignalPort, _ wiring: borrowing BoardWiring) {
    switch port {
    case .none: return nil
    case .channel(let chip, let channel):
      guard Int(chip) < wiring.chips.count && channel < 8 else { return nil }
      self = .channel(chip: chip, channel: channel)
    case .line(let index):
      guard let line = wiring.lines.element(at: Int(index)) else { return nil }
      guard line.expander >= 0 else {
        self = .line(index)
        return
      }
      guard Int(line.expander) < wiring.chips.count && line.expanderPin < 16 else { return nil }
      self = .pin(
        chip: UInt8(truncatingIfNeeded: line.expander), bit: line.expanderPin,
        isActiveLow: line.isActiveLow)
    }
  }
}

/// One sensor of the flat table that the tick goes through.
struct SensorEntry: BitwiseCopyable, Sendable {
  var site = SensorSite.reservoirVolume
  var source = SensorSource.line(0)
  var scale: Double = 1
  var offset: Double = 0
  var lowest: Double = 0
  var highest: Double = 0
  var maximumAge: Int64 = 0
  /// Index of its curve; -1 for none.
  var curve: Int8 = -1
  /// What was seen of its channel last: nothing is computed while that does not change.
  var seenAt = Instant(microseconds: -1)
  var seen = Quality.absent
  var isOverdue = false

  init() {}

  init?(_ sensor: SensorWiring, _ wiring: borrowing BoardWiring) {
    guard let source = SensorSource(sensor.port, wiring) else { return nil }
    self.source = source
    site = sensor.site
    scale = sensor.scale
    offset = sensor.offset
    lowest = sensor.lowest
    highest = sensor.highest
    maximumAge = Int64(sensor.maximumAge)
    curve = Int(sensor.curve) < wiring.curves.count ? sensor.curve : -1
  }
}
