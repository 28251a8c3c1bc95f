public import ChipDrivers
public import PerfusionCore

/// Turns the controller's commands into channel values and lines, each as a lease.
///
/// Every tick renews the leases. One that runs out, because the tick is dead, ends in the
/// actuator's own fallback: hold, off (channel value 0, line not asserted) or on. A command that is
/// not a number renews nothing.
public struct Application: Sendable {
  var actuators = InlineArray<64, ActuatorEntry>(repeating: ActuatorEntry())
  var actuatorCount = 0
  /// Lines that wait to be written.
  @usableFromInline var lines = LineOutputs()
  var watchdog = WatchdogStroke()
  /// No lease runs out before this.
  @usableFromInline var earliestExpiry = Instant(microseconds: .max)
  /// Leases that ran out.
  public private(set) var expiredLeases: UInt64 = 0
  /// Strokes of the window watchdog.
  public var watchdogStrokes: UInt64 { watchdog.strokes }
  /// Line writes that failed.
  public var failedLineWrites: UInt64 { lines.failures }

  /// The application of a board.
  public init(_ wiring: borrowing BoardWiring) {
    for index in wiring.actuators.indices {
      guard let entry = ActuatorEntry(wiring.actuators[index], wiring) else { continue }
      actuators[actuatorCount] = entry
      actuatorCount += 1
    }
  }

  /// Everything off, before the first tick; chips are off until they are commanded.
  public mutating func makeSafe() {
    for index in 0..<actuatorCount {
      if case .line(let line) = actuators[index].target { lines.set(line, false) }
    }
  }

  /// Puts out one tick's commands and renews their leases.
  @usableFromInline mutating func apply(
    _ commands: borrowing ActuatorCommands, drivesAirTest: Bool, now: Instant,
    exchange: inout ChipExchange
  ) {
    let stroke = watchdog.advance(now: now, mayStroke: commands.strokeWatchdog)
    var earliest: Int64 = .max
    for index in 0..<actuatorCount {
      let entry = actuators.span[index]
      let value =
        switch entry.site {
        case .airTest: drivesAirTest ? 1.0 : 0
        case .watchdogStroke: stroke ? 1.0 : 0
        default: commands.value(of: entry.site)
        }
      guard value.isFinite else {
        if entry.isLeased { earliest = min(earliest, entry.expiresAt.microseconds) }
        continue
      }
      let expiry = now.advanced(microseconds: entry.lease)
      actuators[index].expiresAt = expiry
      actuators[index].isLeased = true
      earliest = min(earliest, expiry.microseconds)
      guard entry.commanded != value else { continue }
      actuators[index].commanded = value
      drive(entry, value, exchange: &exchange)
    }
    earliestExpiry = Instant(microseconds: earliest)
  }

  /// Ends the leases that have run out by now.
  ///
  /// For the platform's side: works without ticks.
  public mutating func expireLeases(now: Instant, exchange: inout ChipExchange) {
    guard now >= earliestExpiry else { return }
    var earliest: Int64 = .max
    for index in 0..<actuatorCount {
      let entry = actuators.span[index]
      guard entry.isLeased else { continue }
      guard now >= entry.expiresAt else {
        earliest = min(earliest, entry.expiresAt.microseconds)
        continue
      }
      actuators[index].isLeased = false
      expiredLeases &+= 1
      fallBack(index, entry, exchange: &exchange)
    }
    earliestExpiry = Instant(microseconds: earliest)
  }

  private mutating func fallBack(
    _ index: Int, _ entry: ActuatorEntry, exchange: inout ChipExchange
  ) {
    switch entry.fallback {
    case .hold: return
    case .on: drive(entry, 1, exchange: &exchange)
    case .off:
      if case .channel(let chip, let channel) = entry.target {
        exchange.set(chip: Int(chip), channel: Int(channel), 0)
      } else {
        drive(entry, 0, exchange: &exchange)
      }
    }
    actuators[index].commanded = nil
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
