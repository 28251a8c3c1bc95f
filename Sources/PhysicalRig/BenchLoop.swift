public import BoardFiles
import ChipDrivers
import Firmware
import PerfusionCore
public import VirtualBoard

/// The rig's programme: hears what the board under test drives, moves plant, drives and clamps on, and
/// plays what the board measures, by the rig's own chips.
///
/// Once a millisecond `step` does all of it; whoever owns the loop keeps time. It knows the board under
/// test by the wires alone.
public final class BenchLoop<Hardware: BenchHardware> {
  /// Plant, drives, clamps, supply and switches around the board under test.
  public let world: BareBoard
  /// The relay in the board's supply is closed; always, on a bench without one.
  public private(set) var isPowered: Bool
  /// Why the rig itself cannot go on.
  public private(set) var trouble: String?
  /// Every chip of the rig runs: the board may be given its supply.
  public private(set) var isReady = false

  private var hardware: Hardware
  private let bench: BenchDescription
  private let wires: BenchWires
  private var workers: [BusWorker]
  private var due: [Instant]
  private var exchange = ChipExchange()
  private var levels: UInt64 = 0
  private var isWritten = false
  private var milliseconds: Int64 = 0

  /// How long the rig's chips may take to answer for the first time, milliseconds.
  static var patience: Int64 { 2000 }

  /// A rig at rest: relays open, converters at zero.
  public init(_ bench: BenchDescription, on hardware: Hardware, seed: UInt64) {
    self.bench = bench
    self.hardware = hardware
    world = BareBoard(board: bench.board, seed: seed)
    wires = BenchWires(bench, world)
    isPowered = bench.power == nil
    workers = bench.wiring.buses.indices.map {
      BusWorker(bench.wiring, bus: $0, tickMicroseconds: bench.tickMicroseconds)
    }
    due = workers.map { _ in hardware.now }
    for bus in workers.indices { workers[bus].start(at: hardware.now) }
  }

  /// Closes or opens the relay in the board's supply; false on a bench without one.
  public func setPower(_ isOn: Bool) -> Bool {
    guard bench.power != nil else { return false }
    isPowered = isOn
    return true
  }

  /// Carries rig and world on by one millisecond.
  public func step() {
    milliseconds &+= 1
    let heard = readLines()
    visitChips()
    wires.hear(lines: heard, exchange: &exchange, at: world.time)
    world.step()
    var wanted = wires.play(isPowered: isPowered, into: &exchange)
    if let power = bench.power, isPowered { wanted |= 1 << UInt64(power & 63) }
    write(wanted)
    if milliseconds % 50 == 0 { judge() }
  }

  private func readLines() -> LineLevels {
    do throws(BusError) { return try hardware.readLines() } catch {
      fail("the rig's GPIO inputs cannot be read (\(error))")
      return 0
    }
  }

  private func write(_ wanted: LineLevels) {
    let changed = isWritten ? wanted ^ levels : wires.gpioOutputs
    guard changed & wires.gpioOutputs != 0 else { return }
    do throws(BusError) {
      try hardware.writeLines(wanted, changed: changed & wires.gpioOutputs)
      levels = wanted
      isWritten = true
    } catch { fail("the rig's GPIO outputs cannot be driven (\(error))") }
  }

  /// Every visit whose time has come.
  private func visitChips() {
    for bus in workers.indices {
      var adapter = hardware.bus(bus)
      let latest = hardware.now
      while due[bus] <= latest {
        due[bus] = workers[bus].step(bus: &adapter, now: hardware.now, exchange: &exchange)
      }
    }
  }

  /// Looks how the rig's chips fare: one that is lost ends the run, because nobody knows what it
  /// plays.
  private func judge() {
    guard trouble == nil else { return }
    let lost = bench.wiring.chips.indices.first { chip in
      let health = workers[Int(bench.wiring.chips[chip].bus)].chipHealth(chip)
      return health.map { $0.state != .running } ?? false
    }
    guard let lost else {
      isReady = true
      return
    }
    if isReady || milliseconds > Self.patience { fail(text(ofLost: lost)) }
  }

  private func text(ofLost chip: Int) -> String {
    let wiring = bench.wiring.chips[chip]
    let bus = bench.wiring.buses[Int(wiring.bus)]
    let health = workers[Int(wiring.bus)].chipHealth(chip)
    let cause = health?.lastFailure.map { ": \($0)" } ?? ""
    return "the rig's chip '\(wiring.id)' at \(hexadecimalAddress(wiring.address)) on bus "
      + "'\(bus.id)' (\(bus.adapter)) does not answer\(cause); look with perfusion doctor --rig"
  }

  private func fail(_ text: String) {
    if trouble == nil { trouble = text }
  }
}

/// `0x48`.
func hexadecimalAddress(_ address: I2CAddress) -> String {
  "0x" + (address.bits < 16 ? "0" : "") + String(address.bits, radix: 16, uppercase: true)
}
