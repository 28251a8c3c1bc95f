import ChipDrivers
import PerfusionCore

/// The place where an actuator picks its signal off the board: an output of a chip or a line.
struct OutputTap {
  /// The place.
  enum Place {
    /// An output of a chip; `isPulsed` when no pulse at all means no signal.
    case chip(Int, pin: Int, isPulsed: Bool)
    /// A pin of an expander.
    case pin(chip: Int, pin: Int, line: Int, isActiveLow: Bool)
    /// A GPIO line.
    case gpio(line: Int)
  }

  let site: ActuatorSite
  let place: Place
  /// The second channel of a two-channel input (safe torque off).
  var isSecond = false
  /// Life of a command, microseconds.
  let lease: Int32
  /// What happens after it.
  let fallback: LeaseFallback
  private let scale: Double
  private let offset: Double

  /// The tap of an actuator, nothing when it goes nowhere.
  init?(_ actuator: ActuatorWiring, wiring: BoardWiring) {
    site = actuator.site
    lease = actuator.lease
    fallback = actuator.fallback
    scale = actuator.scale
    offset = actuator.offset
    switch actuator.port {
    case .none: return nil
    case .channel(let chip, let channel):
      guard let part = wiring.chips.element(at: Int(chip))?.part else { return nil }
      place = .chip(Int(chip), pin: Int(channel), isPulsed: OutputTap.isPulsed(part))
    case .line(let index):
      guard let line = wiring.lines.element(at: Int(index)) else { return nil }
      place =
        line.expander < 0
        ? .gpio(line: Int(index))
        : .pin(
          chip: Int(line.expander), pin: Int(line.expanderPin), line: Int(index),
          isActiveLow: line.isActiveLow)
    }
  }

  /// The chip that drives it; -1 for a GPIO line.
  var chip: Int {
    switch place {
    case .chip(let chip, _, _): chip
    case .pin(let chip, _, _, _): chip
    case .gpio: -1
    }
  }

  /// The line it sits on; -1 for none.
  var line: Int {
    switch place {
    case .chip: -1
    case .pin(_, _, let line, _): line
    case .gpio(let line): line
    }
  }

  /// The engineering value of a channel's output, nothing without a signal.
  func engineering(_ output: Double, isPulsed: Bool) -> Double? {
    if isPulsed && output == 0 { return nil }
    return scale != 0 ? (output - offset) / scale : 0
  }

  private static func isPulsed(_ part: ChipPart) -> Bool {
    if case .pca9685 = part { true } else { false }
  }
}
