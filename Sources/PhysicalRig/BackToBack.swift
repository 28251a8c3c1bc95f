public import BoardFiles
import ChipDrivers
import Firmware
import PerfusionCore
public import VirtualBoard

/// Two virtual boards wired back to back: outputs of the rig's chips are the inputs of the board under
/// test, and the other way round, as the wiring table of a bench says.
///
/// The board under test is the firmware with its own chips and no plant; the rig is chips and lines
/// alone. Levels pass between them once a millisecond, before and after the rig's loop.
public final class BackToBack {
  /// The board under test.
  public let underTest: VirtualMachine
  /// The rig's hardware.
  public let hardware: VirtualBench
  /// What the rig does in each millisecond: its loop.
  public var eachMillisecond: (() -> Void)?

  let rig: BareBoard
  private let power: BoardPin?
  private var played: [PlayedChannel] = []
  private var heard: [HeardChannel] = []
  private var playedLines: [PlayedLine] = []
  private var heardLines: [HeardLine] = []
  private var isPowered = true

  /// How long the firmware takes from supply to its first tick.
  static var startSeconds: Double { 0.2 }

  /// An output of the rig at an input of the board; the relay that opens the wire, and what stands at
  /// the input then.
  private struct PlayedChannel {
    let rig: BoardPin
    let board: BoardPin
    let scale: Double
    let offset: Double
    let cable: BoardPin?
    let open: Double
  }
  /// An output of the board at an input of the rig.
  private struct HeardChannel {
    let rig: BoardPin
    let board: BoardPin
    let scale: Double
    let offset: Double
  }
  /// A line of the rig at one of the board; the relay that opens the wire, the board's rest state, and
  /// the board's own line behind an OR gate.
  private struct PlayedLine {
    let rigLine: Int
    let rig: BoardPin
    let board: BoardPin
    let cable: BoardPin?
    let rest: Bool
    let gate: BoardPin?
  }
  /// A line of the board at one of the rig.
  private struct HeardLine {
    let rig: BoardPin
    let board: BoardPin
  }

  /// Two boards at rest; on a bench with a power relay the one under test has no supply yet.
  ///
  /// - Parameters:
  ///   - bench: The bench.
  ///   - seed: Seed of what is random in the chips.
  ///   - kernelRig: The rig's chips and lines when a kernel carries them on; their own otherwise.
  public init(_ bench: BenchDescription, seed: UInt64, kernelRig: BareBoard? = nil) {
    let machine = VirtualMachine(board: bench.board, seed: seed, isWiredOutside: true)
    let rig = kernelRig ?? BareBoard(wiring: bench.wiring, seed: seed &+ 1)
    underTest = machine
    self.rig = rig
    rig.keepOutputEdges()
    hardware = VirtualBench(rig)
    power = bench.power.map { rig.pins.line($0) }
    for wire in bench.wires { add(wire, machine.pins, rig.pins) }
    if kernelRig == nil { machine.eachMillisecond = { [unowned self] in passMillisecond() } }
    play()
    hear()
    if power != nil {
      machine.cutPower()
      isPowered = false
    }
  }

  /// Lets a tick of the board under test pass.
  public func passTick() { underTest.runTick() }

  /// Lets a millisecond of the board under test pass beside a rig that somebody else has carried on.
  ///
  /// - Returns: a tick of the board is over.
  public func passMillisecondBeside() -> Bool {
    play()
    let isOver = underTest.runMillisecond()
    hear()
    return isOver
  }

  private func passMillisecond() {
    hear()
    eachMillisecond?()
    rig.step()
    play()
  }

  private func add(_ wire: BenchWire, _ board: BoardPins, _ rig: BoardPins) {
    let cable = wire.cable.map { rig.line($0) }
    switch (wire.signal, wire.port) {
    case (.input(let chip, let channel), .channel(let rigChip, let rigChannel)):
      played.append(
        PlayedChannel(
          rig: rig.output(chip: Int(rigChip), channel: Int(rigChannel)),
          board: board.input(chip: chip, channel: channel), scale: wire.scale, offset: wire.offset,
          cable: cable, open: board.openLevel(chip: chip, channel: channel)))
    case (.output(let chip, let channel), .channel(let rigChip, let rigChannel)):
      heard.append(
        HeardChannel(
          rig: rig.input(chip: Int(rigChip), channel: Int(rigChannel)),
          board: board.output(chip: chip, channel: channel),
          scale: wire.scale != 0 ? 1 / wire.scale : 0, offset: wire.offset))
    case (.inputLine(let line), .line(let rigLine)):
      playedLines.append(
        PlayedLine(
          rigLine: Int(rigLine), rig: rig.line(Int(rigLine)), board: board.line(line), cable: cable,
          rest: board.restState(line: line), gate: wire.gate.map { board.line($0) }))
    case (.outputLine(let line), .line(let rigLine)):
      heardLines.append(HeardLine(rig: rig.line(Int(rigLine)), board: board.line(line)))
    default: return
    }
  }

  /// Carries what the rig puts out to the board.
  private func play() {
    switchPower()
    let now = rig.time
    for index in played.indices {
      let isOpen = played[index].cable?.isAsserted ?? false
      let level = played[index].rig.value * played[index].scale + played[index].offset
      played[index].board.set(isOpen ? played[index].open : level)
    }
    playEdges()
    for index in playedLines.indices {
      let isOpen = playedLines[index].cable?.isAsserted ?? false
      let isAsserted =
        playedLines[index].rig.isAsserted || playedLines[index].gate?.isAsserted ?? false
      playedLines[index].board.set(
        isAsserted: isOpen ? playedLines[index].rest : isAsserted, at: now)
    }
  }

  /// Edges pass at their own times, so that a pulse shorter than a millisecond is not lost.
  private func playEdges() {
    for edge in rig.takeOutputEdges() {
      for played in playedLines where played.rigLine == edge.line {
        if played.cable?.isAsserted ?? false || played.gate?.isAsserted ?? false { continue }
        played.board.set(isAsserted: edge.isAsserted, at: edge.at)
      }
    }
  }

  /// Carries what the board puts out to the rig.
  private func hear() {
    let now = rig.time
    for index in heard.indices {
      heard[index].rig.set((heard[index].board.value - heard[index].offset) * heard[index].scale)
    }
    for index in heardLines.indices {
      heardLines[index].rig.set(isAsserted: heardLines[index].board.isAsserted, at: now)
    }
  }

  private func switchPower() {
    guard let power, power.isAsserted != isPowered else { return }
    isPowered.toggle()
    if isPowered {
      underTest.givePower(firmwareAfter: .seconds(Self.startSeconds))
    } else {
      underTest.cutPower()
    }
  }
}
