public import ChipDrivers
public import PerfusionCore

/// Levels of up to 64 lines; bit i stands for line i of the wiring. Asserted is 1, whatever the
/// electrical level.
public typealias LineLevels = UInt64

/// An edge of a captured line.
public struct LineEdgeEvent: BitwiseCopyable, Sendable {
  /// Index of the line in the wiring.
  public var line: UInt8
  /// The line became asserted.
  public var isAsserted: Bool
  /// When the kernel saw it.
  public var at: Instant
  /// Makes an edge.
  public init(line: UInt8, isAsserted: Bool, at: Instant) {
    self.line = line
    self.isAsserted = isAsserted
    self.at = at
  }
}

/// What the firmware needs of the machine it runs on: Linux on a board, or the virtual board.
public protocol Platform: ~Copyable {
  /// A handle on an I2C adapter; copies mean the same adapter.
  associatedtype Bus: I2CBus
  /// The monotonic clock.
  var now: Instant { get }
  /// The adapter of bus `index` of the wiring.
  func bus(_ index: Int) -> Bus
  /// Reads all GPIO inputs of the wiring; bits of other lines are 0.
  mutating func readLines() throws(BusError) -> LineLevels
  /// Drives a GPIO output of the wiring.
  mutating func writeLine(_ index: Int, isAsserted: Bool) throws(BusError)
  /// Takes the oldest captured edge, nothing when there is none.
  mutating func takeEdge() -> LineEdgeEvent?
  /// Carries out a step of a stuck bus's recovery; a platform without such a way does nothing.
  ///
  /// Must not block longer than a transfer may.
  mutating func recoverBus(_ index: Int, by step: BusRecovery)
}

extension Platform where Self: ~Copyable {
  /// Does nothing.
  @inlinable public mutating func recoverBus(_ index: Int, by step: BusRecovery) {}
}
