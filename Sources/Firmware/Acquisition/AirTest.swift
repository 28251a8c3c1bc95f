internal import ChipDrivers
internal import PerfusionCore

/// When the air detectors are tested: once a second, or when the controller asks.
struct AirTest: BitwiseCopyable, Sendable {
  static var periodMicroseconds: Int64 { 1_000_000 }
  /// No two tests are closer than this, whatever the controller asks.
  static var pauseMicroseconds: Int64 { 500_000 }

  /// The board has a test line.
  private let isFitted: Bool
  /// Ticks that the line is driven: one on a GPIO line, three on an expander's pin.
  private let ticks: UInt8
  private(set) var isDriven = false
  private var ticksLeft: UInt8 = 0
  private var lastAt: Instant?

  init(_ wiring: borrowing BoardWiring) {
    var found: WiredPlace?
    for index in wiring.actuators.indices {
      if case .airTest = wiring.actuators[index].site {
        found = WiredPlace(wiring.actuators[index].port, channels: 8, wiring)
      }
    }
    isFitted = found != nil
    if case .line = found { ticks = 1 } else { ticks = 3 }
  }

  enum Step: BitwiseCopyable, Sendable { case none, begin, end }

  /// What happens in this tick, after the sensors were read and before the actuators are driven.
  mutating func advance(now: Instant, isRequested: Bool) -> Step {
    guard isFitted else { return .none }
    if isDriven {
      ticksLeft &-= 1
      guard ticksLeft == 0 else { return .none }
      isDriven = false
      return .end
    }
    if let lastAt {
      let elapsed = now.microseconds &- lastAt.microseconds
      let isDue = elapsed >= AirTest.periodMicroseconds
      guard isDue || (isRequested && elapsed >= AirTest.pauseMicroseconds) else { return .none }
    }
    lastAt = now
    isDriven = true
    ticksLeft = ticks
    return .begin
  }
}
