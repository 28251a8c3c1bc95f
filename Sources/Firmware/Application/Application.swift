public import ChipDrivers
public import PerfusionCore

/// Turns the controller's commands into channel values and lines, each as a lease.
///
/// Every tick renews the leases. One that runs out, because the tick is dead, ends in the
/// actuator's own fallback: hold, off (channel value 0, line not asserted) or on; whoever drives
/// the chip or the line sees to that (`ChipLeases`, `LineKeeper`). A command that is not a number
/// renews nothing.
public struct Application: Sendable {
  var actuators = InlineArray<64, ActuatorEntry>(repeating: ActuatorEntry())
  var actuatorCount = 0
  /// What the GPIO outputs are asked.
  public internal(set) var lines = LineCommands()
  var watchdog = WatchdogStroke()
  private var follower = CommandChanges()
  /// Place of the watchdog among the actuators, -1 for none.
  private var watchdogPlace = -1
  /// Strokes of the window watchdog.
  public var watchdogStrokes: UInt64 { watchdog.strokes }

  /// The application of a board.
  public init(_ wiring: borrowing BoardWiring) {
    for index in wiring.actuators.indices {
      guard let entry = ActuatorEntry(wiring.actuators[index], wiring) else { continue }
      actuators[actuatorCount] = entry
      if case .watchdogStroke = entry.site { watchdogPlace = actuatorCount }
      actuatorCount += 1
    }
  }

  /// Everything off, before the first tick; chips are off until they are commanded.
  ///
  /// While the controller adopts a machine that may be running, lines that carry blood flow are left
  /// as they are found: untouched, they hold what the power-up pull or the firmware before gave them
  /// (docs/domain.md 8.4, HZ-54, HZ-55).
  public mutating func makeSafe(keepingFlow: Bool) {
    for index in 0..<actuatorCount {
      let entry = actuators.span[index]
      guard case .line(let line) = entry.target else { continue }
      if !keepingFlow || !entry.site.carriesFlow { lines.set(line, false) }
    }
  }

  /// Puts out one tick's commands and renews their leases.
  ///
  /// The commands are only read; they are passed in place because borrowed ones are copied.
  @usableFromInline mutating func apply(
    _ commands: inout ActuatorCommands, drivesAirTest: Bool, now: Instant,
    exchange: inout ChipExchange
  ) {
    let changed = follower.changes(in: &commands, drivesAirTest: drivesAirTest)
    for index in 0..<actuatorCount where index != watchdogPlace {
      guard changed & actuators[index].group != 0 else {
        // The same as in the tick before: its lease goes on, or nothing was commanded at all.
        if actuators[index].isNumber { renew(index, now, &exchange) }
        continue
      }
      let value =
        switch actuators[index].site {
        case .airTest: drivesAirTest ? 1.0 : 0
        case let site: commands.value(of: site)
        }
      actuators[index].isNumber = value.isFinite
      if value.isFinite { put(value, index, now, &exchange) }
    }
  }

  /// Renews the lease of one actuator and, when it is told something new, drives it.
  private mutating func put(
    _ value: Double, _ index: Int, _ now: Instant, _ exchange: inout ChipExchange
  ) {
    renew(index, now, &exchange)
    guard actuators[index].commanded != value else { return }
    actuators[index].commanded = value
    drive(actuators[index], value, exchange: &exchange)
  }

  /// The last act of a cycle: strokes the window watchdog when its time has come and the cycle was
  /// verified.
  @usableFromInline mutating func stroke(
    mayStroke: Bool, now: Instant, exchange: inout ChipExchange
  ) {
    guard watchdogPlace >= 0 else { return }
    let value = watchdog.advance(now: now, mayStroke: mayStroke) ? 1.0 : 0
    put(value, watchdogPlace, now, &exchange)
  }

  private mutating func renew(_ index: Int, _ now: Instant, _ exchange: inout ChipExchange) {
    let end = now.advanced(microseconds: actuators[index].lease)
    switch actuators[index].target {
    case .channel(let chip, let channel):
      exchange.renew(chip: Int(chip), place: Int(channel), until: end)
    case .line(let line): lines.renew(line, until: end)
    case .pin(let chip, let bit, _):
      exchange.renew(chip: Int(chip), place: Int(bit), until: end)
    }
  }

  private mutating func drive(
    _ entry: ActuatorEntry, _ value: Double, exchange: inout ChipExchange
  ) {
    switch entry.target {
    case .channel(let chip, let channel):
      let output = value * entry.scale + entry.offset
      exchange.set(chip: Int(chip), channel: Int(channel), output)
    case .line(let line): lines.set(line, value > 0.5)
    case .pin(let chip, let bit, let isActiveLow):
      exchange.setPin(chip: Int(chip), pin: Int(bit), isHigh: (value > 0.5) != isActiveLow)
    }
  }
}
