import ChipDrivers
import Firmware
import PerfusionCore

/// The virtual board as the machine that the firmware runs on.
struct VirtualPlatform: Platform {
  let board: BoardHardware

  /// The start of the tick while the tick runs; a bus's own time while its worker runs.
  var now: Instant { board.clock.now }

  func bus(_ index: Int) -> VirtualBus {
    VirtualBus(core: board.buses[min(max(index, 0), board.buses.count - 1)])
  }

  mutating func readLines() throws(BusError) -> LineLevels { board.lines.gpioLevels }

  mutating func writeLine(_ index: Int, isAsserted: Bool) throws(BusError) {
    try board.writeLine(index, isAsserted: isAsserted)
  }

  mutating func takeEdge() -> LineEdgeEvent? { board.lines.edges.take(until: board.clock.now) }

  /// Nine clocks, or a pulse on the reset line of the bus's multiplexers.
  mutating func recoverBus(_ index: Int, by step: BusRecovery) {
    guard board.buses.indices.contains(index) else { return }
    switch step {
    case .none: return
    case .reopen: board.buses[index].recover()
    case .resetMultiplexers:
      var lines = board.wiring.resetLines(ofBus: index)
      while lines != 0 {
        let line = lines.trailingZeroBitCount
        lines &= lines &- 1
        // A line that cannot be driven resets nobody, as on copper.
        do throws(BusError) {
          try board.writeLine(line, isAsserted: true)
          try board.writeLine(line, isAsserted: false)
        } catch {}
      }
    }
  }

  var failedWrites: UInt64 { board.store.failures }
  func isDisplayLost(at now: Instant) -> Bool { board.isDisplayLost }

  mutating func keep(_ bytes: borrowing Span<UInt8>, in place: KeptPlace) {
    board.store.keep(bytes.indices.map { bytes[$0] }, in: place)
  }

  mutating func append(_ bytes: borrowing Span<UInt8>, to place: KeptPlace) {
    board.store.append(bytes.indices.map { bytes[$0] }, to: place)
  }

  mutating func recall(_ place: KeptPlace, into bytes: inout MutableSpan<UInt8>) -> Int {
    board.store.read(place, into: &bytes)
  }
}
