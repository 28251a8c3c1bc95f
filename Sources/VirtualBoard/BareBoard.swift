public import BoardFiles
public import ChipDrivers
import CircuitModel
public import Firmware
public import PerfusionCore

/// A virtual board without firmware, for whoever drives its wires from outside: a kernel's I2C
/// adapters and GPIO chips, or another board.
///
/// Its owner keeps time: `step` carries plant, chips and lines on by one millisecond, and each
/// transfer or line is told the moment at which it happens, within the millisecond that follows.
public final class BareBoard {
  /// The board as its file describes it.
  public let board: BoardDescription
  let hardware: BoardHardware
  let directory: FaultDirectory
  private var random: SplitMix64

  /// A board at power-on; every random draw comes from `seed`.
  public convenience init(board: BoardDescription, seed: UInt64) {
    self.init(board, seed: seed, isWiredOutside: false)
  }

  /// Buses, chips and lines alone: what is at their pins comes by `pins` from outside.
  public convenience init(wiring: BoardWiring, seed: UInt64) {
    let board = BoardDescription(
      name: "wiring", summary: "", machine: MachineConfiguration(), wiring: wiring,
      circuit: CircuitParameters())
    self.init(board, seed: seed, isWiredOutside: true)
  }

  private init(_ board: BoardDescription, seed: UInt64, isWiredOutside: Bool) {
    self.board = board
    var random = SplitMix64(seed: seed)
    hardware = BoardHardware(board: board, random: &random, isWiredOutside: isWiredOutside)
    directory = FaultDirectory(hardware)
    self.random = random
  }

  /// The board of a machine whose firmware has ended, as it stands.
  init(
    _ board: BoardDescription, _ hardware: BoardHardware, _ directory: FaultDirectory, seed: UInt64
  ) {
    self.board = board
    self.hardware = hardware
    self.directory = directory
    random = SplitMix64(seed: seed)
  }

  /// A generator for one fault.
  func fork() -> SplitMix64 { random.fork() }

  /// How the board is wired.
  public var wiring: BoardWiring { board.wiring }
  /// How far plant and lines have been carried.
  public var time: Instant { Instant(microseconds: hardware.plantTime) }

  /// Carries everything on by one millisecond.
  public func step() {
    hardware.clock.now = Instant(microseconds: hardware.plantTime &+ 1000)
    hardware.step()
  }

  /// One combined transfer on a bus that begins at `moment`; gives the moment of its end.
  ///
  /// A transfer takes its time whether it ends well or not.
  public func transfer(
    bus: Int, _ address: I2CAddress, write: Span<UInt8>, read: inout MutableSpan<UInt8>,
    at moment: Instant
  ) -> (end: Instant, error: BusError?) {
    guard hardware.buses.indices.contains(bus) else { return (moment, .unsupported) }
    hardware.clock.now = moment
    do throws(BusError) {
      try hardware.buses[bus].transfer(address.bits, write: write, read: &read)
      return (hardware.clock.now, nil)
    } catch {
      return (hardware.clock.now, error)
    }
  }

  /// Nine clocks on a bus: frees it from a chip that holds it.
  public func recover(bus: Int) {
    if hardware.buses.indices.contains(bus) { hardware.buses[bus].recover() }
  }

  /// A GPIO line of the wiring is asserted now, whatever its electrical level.
  public func isAsserted(line: Int) -> Bool {
    let level = hardware.lines.levels | hardware.gpioOutputs
    return level >> UInt64(line & 63) & 1 != 0
  }

  /// Drives a GPIO output at a moment; false for a line that is none.
  public func drive(line: Int, isAsserted: Bool, at moment: Instant) -> Bool {
    hardware.clock.now = moment
    do throws(BusError) {
      try hardware.writeLine(line, isAsserted: isAsserted)
      return true
    } catch { return false }
  }

  /// What stands on the board's GPIO outputs: their states, and which lines are outputs.
  public var outputs: (levels: LineLevels, lines: LineLevels) {
    (hardware.gpioOutputs, hardware.drivenLines)
  }

  /// Reads what the firmware has kept in a place; how many bytes.
  public func recall(_ place: KeptPlace, into bytes: inout MutableSpan<UInt8>) -> Int {
    hardware.store.read(place, into: &bytes)
  }
  /// Keeps bytes in a place.
  public func keep(_ bytes: [UInt8], in place: KeptPlace) { hardware.store.keep(bytes, in: place) }
  /// Adds bytes to the end of a place.
  public func append(_ bytes: [UInt8], to place: KeptPlace) {
    hardware.store.append(bytes, to: place)
  }

  /// Takes the oldest edge of a captured line that is not later than a moment: line, level, when.
  public func takeEdge(until moment: Instant) -> (line: Int, isAsserted: Bool, at: Instant)? {
    hardware.lines.edges.take(until: moment).map { (Int($0.line), $0.isAsserted, $0.at) }
  }
}
