import ChipDrivers
import Firmware
public import PerfusionCore

/// A pin of a board that is the world of another one: its plant, drives and switches are moved by what
/// is heard from the other board, and it gives what they would put on the wires.
public struct WorldPin {
  private let hardware: BoardHardware
  private let net: Int
  private let sensor: Int?
  private let chip: Int
  private let pin: Int
  private let line: Int
  private let isActiveLow: Bool

  /// A channel of a chip.
  fileprivate init(_ hardware: BoardHardware, chip: Int, channel: Int) {
    self.hardware = hardware
    self.chip = chip
    pin = channel
    line = -1
    isActiveLow = false
    net = hardware.net(chip, channel) ?? -1
    sensor = hardware.nets.map?.sensor(on: net)
  }

  /// A line.
  fileprivate init(_ hardware: BoardHardware, line: Int) {
    self.hardware = hardware
    self.line = line
    net = -1
    sensor = nil
    let wiring = hardware.wiring.lines.element(at: line)
    chip = Int(wiring?.expander ?? -1)
    pin = Int(wiring?.expanderPin ?? 0)
    isActiveLow = wiring?.isActiveLow ?? false
  }

  /// What stands at an input channel now, in the unit of the channel.
  public var played: Double { hardware.nets.value(net, at: hardware.clock.now) }
  /// The wire of an input channel is open now, by a fault.
  public var isOpen: Bool { sensor.map { hardware.sensors.isOpen($0) } ?? false }
  /// A line that the board reads is asserted now.
  public var isAsserted: Bool { hardware.lines.levels >> UInt64(line & 63) & 1 != 0 }

  /// What an output channel was heard to carry, in the channel's unit.
  public func hear(_ value: Double) { hardware.hear(chip: chip, pin: pin, value) }

  /// A line that the board drives was heard in a state, at a moment.
  public func hear(isAsserted: Bool, at moment: Instant) {
    hardware.clock.now = moment
    if chip >= 0 {
      hardware.hear(chip: chip, pin: pin, isAsserted != isActiveLow ? 1 : 0)
    } else if isAsserted != (hardware.gpioOutputs >> UInt64(line & 63) & 1 != 0) {
      // A line that cannot be driven is none of those that a wiring table names as heard.
      do throws(BusError) { try hardware.writeLine(line, isAsserted: isAsserted) } catch {}
    }
  }
}

extension BareBoard {
  /// A channel of a chip of the other board.
  public func worldPin(chip: Int, channel: Int) -> WorldPin {
    WorldPin(hardware, chip: chip, channel: channel)
  }
  /// A line of the other board.
  public func worldPin(line: Int) -> WorldPin { WorldPin(hardware, line: line) }
  /// Levels of the GPIO inputs; bit i is line i, asserted is 1.
  public var gpioInputs: UInt64 { hardware.lines.gpioLevels }
}

extension BoardHardware {
  /// Takes what an output of a chip was heard to carry.
  func hear(chip: Int, pin: Int, _ value: Double) {
    let key = chip * 16 + pin
    guard heard[key] != value, tapsOfChip.indices.contains(chip) else { return }
    heard[key] = value
    refresh(taps: tapsOfChip[chip])
  }
}
