internal import ChipDrivers
internal import PerfusionCore

/// Where an actuator's command goes, with everything resolved that can be at start-up.
enum ActuatorTarget: BitwiseCopyable, Sendable {
  case channel(chip: UInt8, channel: UInt8)
  case line(UInt8)
  case pin(chip: UInt8, bit: UInt8, isActiveLow: Bool)

  /// Nothing when the port leads nowhere.
  init?(_ port: SignalPort, _ wiring: borrowing BoardWiring) {
    switch port {
    case .none: return nil
    case .channel(let chip, let channel):
      guard Int(chip) < wiring.chips.count && channel < 16 else { return nil }
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

/// One actuator of the flat table that the tick goes through.
struct ActuatorEntry: BitwiseCopyable, Sendable {
  var site = ActuatorSite.buzzer
  var target = ActuatorTarget.line(0)
  var scale: Double = 1
  var offset: Double = 0
  var lease: Int64 = 0
  var fallback = LeaseFallback.off
  /// What was commanded last, in engineering units; nothing before the first command.
  var commanded: Double?

  init() {}

  init?(_ actuator: ActuatorWiring, _ wiring: borrowing BoardWiring) {
    guard let target = ActuatorTarget(actuator.port, wiring) else { return nil }
    self.target = target
    site = actuator.site
    scale = actuator.scale
    offset = actuator.offset
    lease = Int64(actuator.lease)
    fallback = actuator.fallback
  }
}
