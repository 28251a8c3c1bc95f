import ChipDrivers
import PerfusionCore

/// A handle on a virtual I2C adapter; copies mean the same adapter.
struct VirtualBus: I2CBus {
  let core: BusCore

  mutating func transfer(
    _ address: I2CAddress, write: Span<UInt8>, read: inout MutableSpan<UInt8>
  ) throws(BusError) {
    try core.transfer(address.bits, write: write, read: &read)
  }
}
