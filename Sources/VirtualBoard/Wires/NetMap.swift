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
  /// The line on each net, -1 for none: expanders look at sixteen nets in every visit.
  private var lineOfNet: [Int8]
  private let sensors: SensorBank
  private let lines: LineBank

  /// A map of nets that nothing is wired to.
  init(count: Int, sensors: SensorBank, lines: LineBank) {
    owners = Array(repeating: .nothing(0), count: count)
    lineOfNet = Array(repeating: -1, count: count)
    self.sensors = sensors
    self.lines = lines
  }

  /// Says what stands on a net.
  func set(_ net: Int, _ owner: Owner) {
    guard owners.indices.contains(net) else { return }
    owners[net] = owner
    lineOfNet[net] = -1
    if case .line(let line) = owner { lineOfNet[net] = Int8(line & 63) }
  }

  /// The sensor that stands on a net, nothing when none does.
  func sensor(on net: Int) -> Int? {
    guard owners.indices.contains(net), case .sensor(let index) = owners[net] else { return nil }
    return index
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
      if net >= 0, net < lineOfNet.count, lineOfNet[net] >= 0 {
        let level = word >> LineLevels(truncatingIfNeeded: lineOfNet[net]) & 1
        high |= UInt16(truncatingIfNeeded: level &<< LineLevels(truncatingIfNeeded: index))
        continue
      }
      let level = value(first &+ index, at: now)
      high |= (level >= 0.5 ? 1 : 0) << UInt16(index)
      floating |= (level != level ? 1 : 0) << UInt16(index)
    }
    return (high, floating)
  }
}
