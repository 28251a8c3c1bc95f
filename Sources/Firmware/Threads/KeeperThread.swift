public import ChipDrivers
internal import PerfusionCore

/// The thread that drives the GPIO outputs: when the tick asks, and when a lease ends without it.
public struct KeeperThread<Board: ThreadedBoard>: ~Copyable {
  private var board: Board
  private let shared: SharedExchange.Reference
  private var keeper: LineKeeper
  private var commands = LineCommands()
  private var lookedAt: Int64 = 0
  private var drivenByGuard: UInt64 = 0
  private var hasFailed = false
  /// A write that failed is tried again after this time even when the tick is dead, nanoseconds.
  static var patience: Int64 { 5_000_000 }
  /// How long it sleeps at most while all is well, nanoseconds.
  static var period: Int64 { 50_000_000 }

  /// The keeper of a board's lines, all known to be in the state `driven` (bits of lines that are
  /// not known are 0 in `known`).
  public init(
    _ board: Board, wiring: borrowing BoardWiring, driven: LineLevels, known: LineLevels,
    shared: SharedExchange.Reference
  ) {
    self.board = board
    self.shared = shared
    keeper = LineKeeper(wiring)
    keeper.adopt(driven, known: known)
  }

  /// Drives the lines until the firmware ends.
  public mutating func run() {
    while !shared.exchange({ $0.isStopping }) {
      board.waitAsKeeper(until: wakeAt)
      step()
    }
  }

  /// When it must look even if nobody wakes it, nanoseconds.
  var wakeAt: Int64 {
    let end = keeper.earliestEnd.microseconds
    return min(
      end > .max / 1000 ? .max : end &* 1000,
      lookedAt &+ (hasFailed ? KeeperThread.patience : KeeperThread.period))
  }

  /// Brings the lines to what is asked now.
  public mutating func step() {
    var latest = LineCommands()
    if shared.exchange({ $0.lines.fetch { latest = copy $0 } }) { commands = latest }
    let now = board.nanoseconds
    lookedAt = now
    forgetWhatTheGuardDrove()
    let asked = keeper.levels(commands, now: Instant(microseconds: now / 1000))
    let levels = (asked & commands.commanded) | (keeper.driven & ~commands.commanded)
    let changed = keeper.changed(levels, commands)
    hasFailed = false
    if changed != 0 {
      do throws(BusError) {
        try board.writeLines(levels, changed: changed)
        keeper.written(levels, changed)
      } catch {
        keeper.failed(changed)
        hasFailed = true
      }
    }
    let (expired, failed) = (keeper.expired, keeper.failures)
    shared.exchange {
      $0.tellLines(expired: expired, failed: failed)
      $0.beat(4, at: now)
    }
  }
}

extension KeeperThread {
  /// A firmware that stood still and lives again: the guard has driven lines meanwhile, so everything
  /// is written once.
  private mutating func forgetWhatTheGuardDrove() {
    let driven = shared.exchange { $0.linesDrivenByGuard }
    guard driven != drivenByGuard else { return }
    drivenByGuard = driven
    keeper.forget()
  }
}

/// The thread that takes edges from the kernel.
public struct EdgeThread<Board: ThreadedBoard>: ~Copyable {
  private var board: Board
  private let shared: SharedExchange.Reference

  /// The edge thread of a board.
  public init(_ board: Board, shared: SharedExchange.Reference) {
    self.board = board
    self.shared = shared
  }

  /// Takes edges until the firmware ends.
  public mutating func run() {
    while !shared.exchange({ $0.isStopping }) {
      let until = board.nanoseconds &+ 50_000_000
      var own = board
      shared.exchange { own.collectEdges(until: until, into: $0.edges) }
      board = own
    }
  }
}
