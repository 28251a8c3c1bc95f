public import ChipDrivers
public import Firmware
public import PerfusionCore
public import VirtualBoard

/// The hardware of a rig in virtual time: its chips as models, its lines as levels.
public struct VirtualBench: BenchHardware {
  let rig: BareBoard
  private let clock: RigClock

  /// The hardware of a rig that stands on these chips and lines.
  public init(_ rig: BareBoard) {
    self.rig = rig
    clock = RigClock()
  }

  /// A transfer takes its time; the rig's loop goes on from its end.
  final class RigClock {
    var busyUntil = Instant.start
  }

  /// The end of the last transfer, or the board's time.
  public var now: Instant { max(clock.busyUntil, rig.time) }

  /// A virtual adapter.
  public struct Bus: I2CBus {
    let rig: BareBoard
    let clock: RigClock
    let index: Int

    /// Carries out a transfer.
    public mutating func transfer(
      _ address: I2CAddress, write: Span<UInt8>, read: inout MutableSpan<UInt8>
    ) throws(BusError) {
      let (end, error) = rig.transfer(
        bus: index, address, write: write, read: &read, at: max(clock.busyUntil, rig.time))
      clock.busyUntil = end
      if let error { throw error }
    }
  }

  /// The adapter of a bus.
  public func bus(_ index: Int) -> Bus { Bus(rig: rig, clock: clock, index: index) }

  /// The GPIO inputs.
  public mutating func readLines() throws(BusError) -> LineLevels { rig.gpioInputs }

  /// The GPIO outputs.
  public mutating func writeLines(
    _ levels: LineLevels, changed: LineLevels
  ) throws(BusError) {
    var rest = changed
    while rest != 0 {
      let line = rest.trailingZeroBitCount
      rest &= rest &- 1
      guard
        rig.drive(line: line, isAsserted: levels >> UInt64(line) & 1 != 0, at: now)
      else { throw .unsupported }
    }
  }
}
