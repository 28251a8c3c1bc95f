import ChipDrivers
import Firmware
import PerfusionCore

/// Which sensor or line stands on each net of the chips.
final class NetMap {
  /// What owns a net.
  enum Owner {
    case nothing(Double)
    case sensor(Int)
    case line(Int)
  }

  private var owners: [Owner]
  private let sensors: SensorBank
  private let lines: LineBank

  /// A map of nets that nothing is wired to.
  init(count: Int, sensors: SensorBank, lines: LineBank) {
    owners = Array(repeating: .nothing(0), count: count)
    self.sensors = sensors
    self.lines = lines
  }

  /// Says what stands on a net.
  func set(_ net: Int, _ owner: Owner) {
    if owners.indices.contains(net) { owners[net] = owner }
  }

  /// What a net carries at a moment, in the unit of its chip.
  func value(_ net: Int, at now: Instant) -> Double {
    guard net >= 0 && net < owners.count else { return 0 }
    switch owners[net] {
    case .nothing(let value): return value
    case .sensor(let index): return sensors.input(index, at: now)
    case .line(let index): return lines.electrical(index)
    }
  }

  /// Levels of up to 16 neighbouring nets at a moment: see `Nets.levels`.
  func levels(first: Int, count: Int, at now: Instant) -> (high: UInt16, floating: UInt16) {
    var high: UInt16 = 0
    var floating: UInt16 = 0
    let word = lines.electricalLevels
    for index in 0..<count {
      let net = first &+ index
      if net >= 0, net < owners.count, case .line(let line) = owners[net] {
        high |= UInt16(truncatingIfNeeded: word >> LineLevels(line & 63) & 1) << UInt16(index)
        continue
      }
      let level = value(first &+ index, at: now)
      high |= (level >= 0.5 ? 1 : 0) << UInt16(index)
      floating |= (level != level ? 1 : 0) << UInt16(index)
    }
    return (high, floating)
  }
}
