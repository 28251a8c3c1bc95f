import ChipDrivers
import Firmware
import PerfusionCore

@testable import VirtualBoard

/// The tiny board on the bench: no firmware, a person at its buses and lines.
final class BoardBench {
  let hardware: BoardHardware

  /// A powered board whose expander drives port A.
  init(primary: PumpKind, seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    hardware = BoardHardware(board: TinyBoard.make(primary: primary), random: &random)
    var bus = VirtualBus(core: hardware.buses[0])
    try bus.write(I2CAddress(0x20), [0x00, 0x00])
  }

  /// Speed of the arterial rotor, rpm.
  var speed: Double { hardware.drives[0].rotorSpeed }

  /// Runs the board for some milliseconds.
  func step(_ milliseconds: Int) {
    for _ in 0..<milliseconds {
      hardware.clock.now = Instant(microseconds: hardware.plantTime + 1000)
      hardware.step()
    }
  }

  /// Drives a GPIO output; a refused one stays as it is.
  func write(_ line: TinyBoard.Line, _ isAsserted: Bool) {
    do throws(BusError) {
      try hardware.writeLine(line.rawValue, isAsserted: isAsserted)
    } catch {
      preconditionFailure("\(line) is not an output: \(error)")
    }
  }

  /// Lets the arterial pump run and waits until it has settled.
  func run(pump rpm: Double) throws {
    write(.torque, true)
    write(.enable, true)
    try set(rpm: rpm)
    step(1000)
  }

  /// Writes the arterial channel of the speed DAC with its fast command.
  func set(rpm: Double) throws {
    let code = UInt16(rpm / 300 * 4095 + 0.5)
    var bus = VirtualBus(core: hardware.buses[0])
    try bus.write(
      I2CAddress(0x60), [UInt8(code >> 8), UInt8(truncatingIfNeeded: code)])
  }

  /// Drives port A of the expander.
  func expander(_ pins: UInt8) throws {
    var bus = VirtualBus(core: hardware.buses[0])
    try bus.write(I2CAddress(0x20), [0x14, pins])
  }

  /// Reads port B of the expander.
  func expanderInputs() throws -> UInt8 {
    var bus = VirtualBus(core: hardware.buses[0])
    let bytes: InlineArray<1, UInt8> = try bus.read(I2CAddress(0x20), register: 0x13)
    return bytes[0]
  }

  /// Level of an input line.
  func level(_ line: TinyBoard.Line) -> Bool {
    hardware.lines.levels >> UInt64(line.rawValue) & 1 != 0
  }

  /// Takes all captured edges.
  func edges() -> [LineEdgeEvent] {
    var found: [LineEdgeEvent] = []
    while let edge = hardware.lines.edges.take(until: hardware.clock.now) { found.append(edge) }
    return found
  }
}
