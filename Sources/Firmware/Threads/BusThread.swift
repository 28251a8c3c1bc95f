public import ChipDrivers
public import PerfusionCore

/// The thread of one bus: steps its worker when that wants to be stepped, and exchanges samples and
/// commands with the tick.
public struct BusThread<Board: ThreadedBoard>: ~Copyable {
  private var board: Board
  private let bus: Int
  private let shared: SharedExchange.Reference
  private var worker: BusWorker
  private var exchange = ChipExchange()
  private var report = BusReport()

  /// The thread of bus `bus`.
  public init(
    _ board: Board, bus: Int, wiring: borrowing BoardWiring, tickMicroseconds: Int32,
    shared: SharedExchange.Reference
  ) {
    self.board = board
    self.bus = bus
    self.shared = shared
    worker = BusWorker(wiring, bus: bus, tickMicroseconds: tickMicroseconds)
  }

  /// Begins the schedule now.
  mutating func begin() { worker.start(at: board.now) }

  /// Carries out the bus's schedule until the firmware ends.
  public mutating func run() {
    begin()
    var next = board.now
    while !shared.exchange({ $0.isStopping }) {
      let pulse = Instant(microseconds: (report.elapsed &+ SharedExchange.pulse) / 1000)
      let due = min(next, pulse)
      next = step(due: due, began: wait(until: due))
    }
  }

  /// Sleeps, unless the last visit ended later than that; what the clock says then.
  private mutating func wait(until due: Instant) -> Int64 {
    let nanoseconds = due.microseconds &* 1000
    if report.elapsed >= nanoseconds { return report.elapsed }
    board.sleep(until: nanoseconds)
    return board.nanoseconds
  }

  /// One visit that was due at one moment and began at another, with what the tick asks now; when
  /// the next one is due.
  public mutating func step(due: Instant, began: Int64) -> Instant {
    report.longestWakeUp = max(report.longestWakeUp, began &- due.microseconds &* 1000)
    fetchCommands()
    var adapter = board.bus(bus)
    let now = Instant(microseconds: began / 1000)
    let next = worker.step(bus: &adapter, now: now, exchange: &exchange)
    let ended = board.nanoseconds
    let visited = worker.takeVisited()
    if visited >= 0 {
      let samples = exchange.samples.span[visited]
      shared.exchange { $0.samples[visited].publish { $0 = samples } }
      report.busy &+= ended &- began
    }
    let request = worker.takeRequest()
    if request != .none { board.recoverBus(bus, by: request) }
    tell(ended)
    return next
  }

  private mutating func fetchCommands() {
    var chips = worker.commandedChips
    while chips != 0 {
      let chip = chips.trailingZeroBitCount
      chips &= chips &- 1
      var command = ChipCommand()
      let isNew = shared.exchange { $0.commands[chip].fetch { command = copy $0 } }
      if isNew { exchange.commands[chip] = command }
    }
  }

  private mutating func tell(_ now: Int64) {
    report.elapsed = now
    report.skippedTicks = worker.skippedTicks
    report.health = worker.health
    report.expiredLeases = worker.expiredLeases
    let (bus, report) = (bus, report)
    shared.exchange {
      $0.beat(bus, at: now)
      $0.reports[bus].publish { $0 = report }
    }
  }
}
