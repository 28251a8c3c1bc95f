internal import ChipDrivers
internal import PerfusionCore

/// One actuator of the flat table that the tick goes through.
struct ActuatorEntry: BitwiseCopyable, Sendable {
  var site = ActuatorSite.buzzer
  var target = WiredPlace.line(0)
  var scale: Double = 1
  var offset: Double = 0
  var lease: Int64 = 0
  var fallback = LeaseFallback.off
  /// What was commanded last, in engineering units; nothing before the first command.
  var commanded: Double?
  /// Its bit in `CommandChanges`.
  var group: UInt16 = 0
  /// What it is told is a number: a command that is none renews no lease.
  var isNumber = false

  init() {}

  init?(_ actuator: ActuatorWiring, _ wiring: borrowing BoardWiring) {
    guard let target = WiredPlace(actuator.port, channels: 16, wiring) else { return nil }
    self.target = target
    site = actuator.site
    group = CommandChanges.group(of: actuator.site)
    scale = actuator.scale
    offset = actuator.offset
    lease = Int64(actuator.lease)
    fallback = actuator.fallback
  }
}
