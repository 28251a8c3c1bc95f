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

/// What a platform keeps over a crash and a power cut (docs/domain.md 7.3, 8.4).
public enum KeptPlace: UInt8, BitwiseCopyable, Sendable {
  /// First of the two records from which a controller goes on; written in turns with the second.
  case retainedFirst
  /// Second of the two records.
  case retainedSecond
  /// The alarm log, appended to.
  case alarmLog

  /// Most bytes that a place holds. A record is never longer; of the alarm log the newest stay.
  public var capacity: Int {
    switch self {
    case .retainedFirst, .retainedSecond: 4096
    case .alarmLog: 262_144
    }
  }
}

/// What the firmware needs of the machine it runs on: Linux on a board, or the virtual board.
public protocol Platform: ~Copyable {
  /// A handle on an I2C adapter; copies mean the same adapter.
  associatedtype Bus: I2CBus
  /// The monotonic clock.
  var now: Instant { get }
  /// Seconds since 1970 by the computer's clock, 0 when it does not know; for records alone.
  var civilTime: Int64 { get }
  /// A display belongs to the machine and does not answer; the table waits (AL-55).
  func isDisplayLost(at now: Instant) -> Bool
  /// Writes of kept records that have failed or found no room so far.
  var failedWrites: UInt64 { get }
  /// The worker of a bus has given no sign of life for so long that a transfer must hold it (AL-56).
  func isBusSilent(_ index: Int, at now: Instant) -> Bool
  /// Lines of the wiring that the machine runs without: their inputs are not read, their outputs not
  /// driven.
  var missingLines: LineLevels { get }
  /// A black box belongs to the machine and cannot be written at all (AL-67).
  var isRecorderMissing: Bool { get }
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

  /// Replaces what a place holds by a whole record that outlives a power cut.
  ///
  /// Must not block: called from the tick, so a platform takes a copy and lets a thread of its own
  /// write and sync it. Of several records for one place that wait only the newest need be written;
  /// records of the two `retained` places reach the disk in the order of the calls, so that never
  /// both are torn. A write that fails leaves what was there; the firmware finds out by `recall`.
  mutating func keep(_ bytes: borrowing Span<UInt8>, in place: KeptPlace)
  /// Adds bytes to the end of a place. Must not block, as `keep`; appends stay in order, and the
  /// oldest bytes give way when the place is full.
  mutating func append(_ bytes: borrowing Span<UInt8>, to place: KeptPlace)
  /// Reads what a place holds, for start-up: may block.
  ///
  /// Gives the number of bytes, 0 when there is nothing or it cannot be read. Of more than fits,
  /// the newest bytes (the end) come. Any of them may be damaged: whoever reads them checks.
  mutating func recall(_ place: KeptPlace, into bytes: inout MutableSpan<UInt8>) -> Int
}

extension Platform where Self: ~Copyable {
  /// No display is watched.
  @inlinable public func isDisplayLost(at now: Instant) -> Bool { false }
  /// Nobody but the tick steps the workers.
  @inlinable public func isBusSilent(_ index: Int, at now: Instant) -> Bool { false }
  /// None.
  @inlinable public var missingLines: LineLevels { 0 }
  /// It can, or there is none.
  @inlinable public var isRecorderMissing: Bool { false }
  /// Unknown.
  @inlinable public var civilTime: Int64 { 0 }
  /// None.
  @inlinable public var failedWrites: UInt64 { 0 }
  /// Does nothing.
  @inlinable public mutating func recoverBus(_ index: Int, by step: BusRecovery) {}
}
