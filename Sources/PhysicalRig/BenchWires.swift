import BoardFiles
import ChipDrivers
import Firmware
import PerfusionCore
import VirtualBoard

/// The wiring table as the loop reads it.
struct BenchWires {
  /// A line of the rig: on GPIO, or a pin of an expander.
  struct RigLine {
    let index: Int
    let expander: Int
    let pin: Int
    let isActiveLow: Bool
  }
  private struct PlayedInput {
    let world: WorldPin
    let scale: Double
    let offset: Double
    let rigChip: Int
    let rigChannel: Int
    let cable: RigLine?
  }
  private struct PlayedLine {
    let world: WorldPin
    let rig: RigLine
    let cable: RigLine?
  }
  private struct HeardOutput {
    let world: WorldPin
    let scale: Double
    let offset: Double
    let rigChip: Int
    let rigChannel: Int
    let deadBand: Double
  }
  private struct HeardLine {
    let world: WorldPin
    let rig: RigLine
  }

  private var inputs: [PlayedInput] = []
  private var playedLines: [PlayedLine] = []
  private var outputs: [HeardOutput] = []
  private var heardLines: [HeardLine] = []
  /// GPIO outputs of the rig; bit i is line i.
  private(set) var gpioOutputs: LineLevels = 0

  /// What a drive takes for zero at its reference input, a share of the channel's reach: converters
  /// at rest are not exactly at 0 V.
  private static let deadBand = 0.001

  init(_ bench: BenchDescription, _ world: BareBoard) {
    for index in bench.wiring.lines.indices {
      let line = bench.wiring.lines[index]
      if line.direction == .output && line.expander < 0 { gpioOutputs |= 1 << UInt64(index & 63) }
    }
    for wire in bench.wires { add(wire, bench, world) }
  }

  private mutating func add(
    _ wire: BenchWire, _ bench: BenchDescription, _ world: BareBoard
  ) {
    let cable = wire.cable.map { Self.rigLine($0, bench.wiring) }
    switch (wire.signal, wire.port) {
    case (.input(let chip, let channel), .channel(let rigChip, let rigChannel)):
      inputs.append(
        PlayedInput(
          world: world.worldPin(chip: chip, channel: channel),
          scale: wire.scale != 0 ? 1 / wire.scale : 0, offset: wire.offset, rigChip: Int(rigChip),
          rigChannel: Int(rigChannel), cable: cable))
    case (.output(let chip, let channel), .channel(let rigChip, let rigChannel)):
      outputs.append(
        HeardOutput(
          world: world.worldPin(chip: chip, channel: channel), scale: wire.scale,
          offset: wire.offset, rigChip: Int(rigChip),
          rigChannel: Int(rigChannel),
          deadBand: Self.deadBand * Self.reach(bench.board.wiring, chip)))
    case (.inputLine(let line), .line(let rig)):
      playedLines.append(
        PlayedLine(
          world: world.worldPin(line: line), rig: Self.rigLine(Int(rig), bench.wiring), cable: cable
        ))
    case (.outputLine(let line), .line(let rig)):
      heardLines.append(
        HeardLine(
          world: world.worldPin(line: line),
          rig: Self.rigLine(Int(rig), bench.wiring)))
    default: return
    }
  }

  private static func rigLine(_ index: Int, _ wiring: BoardWiring) -> RigLine {
    let line = wiring.lines[index]
    return RigLine(
      index: index, expander: Int(line.expander), pin: Int(line.expanderPin),
      isActiveLow: line.isActiveLow)
  }

  /// The greatest value of a chip's output channels.
  private static func reach(_ wiring: BoardWiring, _ chip: Int) -> Double {
    switch wiring.chips.element(at: chip)?.part {
    case .mcp4725(let reference)?, .mcp4728(let reference)?: reference
    default: 1
    }
  }

  /// What the board drives reaches the world. A converter that has not measured yet tells nothing.
  func hear(lines: LineLevels, exchange: inout ChipExchange, at now: Instant) {
    for output in outputs {
      let sample = exchange.read(chip: output.rigChip, channel: output.rigChannel)
      guard sample.quality == .valid || sample.quality == .outOfRange else { continue }
      let value = sample.value * output.scale + output.offset
      output.world.hear(value.magnitude < output.deadBand ? 0 : value)
    }
    for heard in heardLines {
      guard let isAsserted = state(heard.rig, lines, &exchange) else { continue }
      heard.world.hear(isAsserted: isAsserted, at: now)
    }
  }

  private func state(
    _ line: RigLine, _ levels: LineLevels, _ exchange: inout ChipExchange
  ) -> Bool? {
    guard line.expander >= 0 else { return levels >> UInt64(line.index & 63) & 1 != 0 }
    let sample = exchange.read(chip: line.expander, channel: 0)
    guard sample.quality == .valid else { return nil }
    let isHigh = UInt16(clamping: Int(sample.value)) >> UInt16(line.pin & 15) & 1 != 0
    return isHigh != line.isActiveLow
  }

  /// What the world puts on the wires goes to the rig's chips; gives the GPIO outputs that are to be
  /// asserted. A board without supply is fed by no wire: its inputs would carry it through their
  /// protection diodes.
  func play(isPowered: Bool, into exchange: inout ChipExchange) -> LineLevels {
    var asserted: LineLevels = 0
    for input in inputs {
      exchange.set(
        chip: input.rigChip, channel: input.rigChannel,
        isPowered ? (input.world.played - input.offset) * input.scale : 0)
      guard let cable = input.cable else { continue }
      drive(cable, input.world.isOpen, &asserted, &exchange)
    }
    for played in playedLines {
      drive(
        played.rig, isPowered ? played.world.isAsserted : played.rig.isActiveLow, &asserted,
        &exchange)
      if let cable = played.cable { drive(cable, false, &asserted, &exchange) }
    }
    return asserted
  }

  private func drive(
    _ line: RigLine, _ isAsserted: Bool, _ asserted: inout LineLevels,
    _ exchange: inout ChipExchange
  ) {
    if line.expander < 0 {
      if isAsserted { asserted |= 1 << UInt64(line.index & 63) }
    } else {
      exchange.setPin(
        chip: line.expander, pin: line.pin, isHigh: isAsserted != line.isActiveLow)
    }
  }
}
