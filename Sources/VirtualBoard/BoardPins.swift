import BoardFiles
import ChipDrivers
public import PerfusionCore

/// One pin of a board that is wired from outside, found once: whoever has the other end of its wire puts
/// a level on it, or looks at it, in every millisecond.
public struct BoardPin {
  private enum Place {
    case net(Int)
    case inputLine(Int)
    case channel(chip: Int, pin: Int)
    case expander(chip: Int, pin: Int, isActiveLow: Bool)
    case gpio(line: Int, isActiveLow: Bool)
    case nowhere
  }
  private let hardware: BoardHardware
  private let place: Place

  /// An input or output channel of a chip.
  fileprivate init(_ hardware: BoardHardware, chip: Int, channel: Int, isInput: Bool) {
    self.hardware = hardware
    let net = hardware.net(chip, channel)
    place = isInput ? net.map { .net($0) } ?? .nowhere : .channel(chip: chip, pin: channel)
  }

  /// A line.
  fileprivate init(_ hardware: BoardHardware, line: Int) {
    self.hardware = hardware
    guard let wiring = hardware.wiring.lines.element(at: line) else {
      place = .nowhere
      return
    }
    if wiring.direction == .input {
      place = .inputLine(line)
    } else if wiring.expander >= 0 {
      place = .expander(
        chip: Int(wiring.expander), pin: Int(wiring.expanderPin), isActiveLow: wiring.isActiveLow)
    } else {
      place = .gpio(line: line, isActiveLow: wiring.isActiveLow)
    }
  }

  /// Puts a value on an input channel from now on, in the unit of the channel.
  public func set(_ value: Double) {
    if case .net(let net) = place { hardware.nets.map?.set(net, .nothing(value)) }
  }

  /// Puts a line that the board reads to a state at a moment.
  public func set(isAsserted: Bool, at moment: Instant) {
    if case .inputLine(let line) = place {
      hardware.lines.drive(line, isAsserted: isAsserted, at: moment)
    }
  }

  /// What an output channel carries now, in the unit of the channel; 0 without supply.
  public var value: Double {
    guard hardware.isPowered, case .channel(let chip, let pin) = place else { return 0 }
    return hardware.chips[chip].output(pin)
  }

  /// A line that the board drives is asserted now. Without supply it is low.
  public var isAsserted: Bool {
    switch place {
    case .expander(let chip, let pin, let isActiveLow):
      let isHigh = hardware.isPowered && hardware.chips[chip].output(pin) > 0.5
      return isHigh != isActiveLow
    case .gpio(let line, let isActiveLow):
      guard hardware.isPowered else { return isActiveLow }
      return hardware.gpioOutputs >> UInt64(line & 63) & 1 != 0
    case .net, .inputLine, .channel, .nowhere: return false
    }
  }
}

/// The pins of a board that is wired from outside.
public struct BoardPins {
  let hardware: BoardHardware

  /// An input channel of a chip.
  public func input(chip: Int, channel: Int) -> BoardPin {
    BoardPin(hardware, chip: chip, channel: channel, isInput: true)
  }
  /// An output channel of a chip.
  public func output(chip: Int, channel: Int) -> BoardPin {
    BoardPin(hardware, chip: chip, channel: channel, isInput: false)
  }
  /// A line, read or driven by the board.
  public func line(_ index: Int) -> BoardPin { BoardPin(hardware, line: index) }

  /// What an input carries whose wire is open: the end to which the board pulls it.
  public func openLevel(chip: Int, channel: Int) -> Double {
    guard let part = hardware.wiring.chips.element(at: chip)?.part else { return 0 }
    let rails = InputRails.of(part)
    if case .carries(let value) = rails.open { return value }
    let curves = CurveInverses(hardware.wiring.curves)
    for index in hardware.wiring.sensors.indices {
      let sensor = hardware.wiring.sensors[index]
      guard case .channel(let ownChip, let ownChannel) = sensor.port, Int(ownChip) == chip,
        Int(ownChannel) == channel
      else { continue }
      return CalibrationInverse(sensor, perChannel: rails.perChannel, rails: rails.range)
        .openCircuit(sensor, curves: curves)
    }
    return rails.range.upperBound
  }

  /// The state of a line that nothing drives from outside: its bias resistor's.
  public func restState(line: Int) -> Bool {
    guard let wiring = hardware.wiring.lines.element(at: line) else { return false }
    return (wiring.bias == .pullUp) != wiring.isActiveLow
  }
}

extension VirtualMachine {
  /// The pins of its board, when it is wired from outside.
  public var pins: BoardPins { BoardPins(hardware: hardware) }

  /// The supply goes: the firmware dies, every output falls.
  public func cutPower() {
    killFirmware()
    hardware.isPowered = false
  }

  /// The supply comes back: every chip begins at its power-on state, and the firmware starts after
  /// a time.
  public func givePower(firmwareAfter delay: Seconds) {
    guard !hardware.isPowered else { return }
    hardware.powerOn()
    restartFirmware(after: delay)
  }
}

extension BareBoard {
  /// The pins of its chips and lines, when it is wired from outside.
  public var pins: BoardPins { BoardPins(hardware: hardware) }

  /// Edges of GPIO outputs are kept from now on, for `takeOutputEdges`.
  public func keepOutputEdges() { hardware.outputEdges = [] }
  /// Takes the edges that GPIO outputs made since the last call, in the order of time.
  public func takeOutputEdges() -> [OutputEdge] {
    guard let edges = hardware.outputEdges, !edges.isEmpty else { return [] }
    hardware.outputEdges = []
    return edges
  }
}

/// A change of a GPIO output.
public struct OutputEdge: Sendable {
  /// The line.
  public var line: Int
  /// It is asserted from then on.
  public var isAsserted: Bool
  /// When.
  public var at: Instant
}

extension BoardHardware {
  /// The net of an input channel of a chip; nothing when there is none.
  func net(_ chip: Int, _ channel: Int) -> Int? {
    guard let part = wiring.chips.element(at: chip)?.part,
      let net = InputRails.net(of: part, channel: channel)
    else { return nil }
    return firstNets[chip] + net
  }

  /// The supply has come back.
  func powerOn() {
    isPowered = true
    for chip in chips { chip.powerOn(at: clock.now) }
    gpioOutputs = 0
    strokeLevel = false
    lines.edges = EdgeQueue()
  }
}
