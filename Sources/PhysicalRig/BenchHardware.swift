public import ChipDrivers
public import Firmware
public import LinuxPlatform
public import PerfusionCore

/// The rig's own hardware: adapters, GPIO lines and a clock. Linux on a rig computer, or the virtual
/// one of a bench that is wired back to back.
public protocol BenchHardware {
  /// A handle on an I2C adapter of the rig.
  associatedtype Bus: I2CBus
  /// The rig's clock.
  var now: Instant { get }
  /// The adapter of bus `index` of the rig's wiring.
  func bus(_ index: Int) -> Bus
  /// Reads all GPIO inputs of the rig.
  mutating func readLines() throws(BusError) -> LineLevels
  /// Drives the GPIO outputs of the rig, of which those in `changed` have changed.
  mutating func writeLines(_ levels: LineLevels, changed: LineLevels) throws(BusError)
}

extension LinuxBoard: BenchHardware {}
