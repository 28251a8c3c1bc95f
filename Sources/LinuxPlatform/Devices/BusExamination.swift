public import ChipDrivers
public import Firmware
internal import PerfusionCore

extension LinuxBoard {
  /// Carries out a bus's schedule with nothing commanded, until every chip runs or has failed so often
  /// that it will not: identities are read, converters go to zero, expanders to their rest levels.
  ///
  /// - Returns: the worker, which knows how the chips fare.
  public func examine(
    bus: Int, _ wiring: borrowing BoardWiring, tickMicroseconds: Int32
  ) -> BusWorker {
    var exchange = ChipExchange()
    var worker = BusWorker(wiring, bus: bus, tickMicroseconds: tickMicroseconds)
    var adapter = self.bus(bus)
    worker.start(at: now)
    let end = now.advanced(
      microseconds: LinuxBoard.patience(bus, wiring, tickMicroseconds: tickMicroseconds))
    while now < end {
      let isDone = LinuxBoard.areDecided(worker, bus, wiring)
      if isDone { break }
      let next = worker.step(bus: &adapter, now: now, exchange: &exchange)
      sleep(until: next.microseconds * 1000)
    }
    return worker
  }

  /// How long the chips of a bus may take: two seconds, and eight visits of the one that is visited
  /// most rarely (the 24LC256 is read in four).
  private static func patience(
    _ bus: Int, _ wiring: borrowing BoardWiring, tickMicroseconds: Int32
  ) -> Int64 {
    var longest: Int64 = 0
    for chip in wiring.chips.indices where Int(wiring.chips[chip].bus) == bus {
      longest = max(longest, Int64(wiring.chips[chip].everyTicks) * Int64(tickMicroseconds))
    }
    return 2_000_000 + 8 * longest
  }

  /// Every chip of the bus runs, or has failed four times in a row otherwise than by being busy.
  private static func areDecided(
    _ worker: borrowing BusWorker, _ bus: Int, _ wiring: borrowing BoardWiring
  ) -> Bool {
    for chip in wiring.chips.indices where Int(wiring.chips[chip].bus) == bus {
      guard let health = worker.chipHealth(chip), health.state != .running else { continue }
      let isLost = health.consecutiveFailures >= 4 && health.lastFailure != .notReady
      if !isLost { return false }
    }
    return true
  }
}
