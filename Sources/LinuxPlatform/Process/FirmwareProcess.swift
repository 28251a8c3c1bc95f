public import ChipDrivers
internal import CLinux
public import Firmware
public import PerfusionCore

/// The functions that run the bodies of a board's threads; C knows no generic ones, so whoever
/// composes a process for one kind of board names them.
@safe public struct ThreadBodies: Sendable {
  /// Runs a `TickThread`.
  public var tick: ThreadBody
  /// Runs a `BusThread`.
  public var bus: ThreadBody
  /// Runs a `KeeperThread`.
  public var keeper: ThreadBody
  /// Runs an `EdgeThread`.
  public var edges: ThreadBody
  /// Runs a `StorageThread`.
  public var storage: ThreadBody
  /// Makes the set.
  public init(
    tick: ThreadBody, bus: ThreadBody, keeper: ThreadBody, edges: ThreadBody, storage: ThreadBody
  ) {
    unsafe self.tick = unsafe tick
    unsafe self.bus = unsafe bus
    unsafe self.keeper = unsafe keeper
    unsafe self.edges = unsafe edges
    unsafe self.storage = unsafe storage
  }
}

/// The firmware as threads of one process over one kind of board.
///
/// Everything is allocated by `init`; nothing afterwards. `stopTick` ends the tick and lets leases
/// run out, `stop` ends everything.
@safe public struct FirmwareProcess<Board: ThreadedBoard>: ~Copyable {
  /// What the threads share.
  public let shared: SharedExchange.Reference
  private let tick: UnsafeMutablePointer<TickThread<Board>>
  private let buses: UnsafeMutablePointer<BusThread<Board>>
  private let keeper: UnsafeMutablePointer<KeeperThread<Board>>
  private let edges: UnsafeMutablePointer<EdgeThread<Board>>
  private let storage: UnsafeMutablePointer<StorageThread<Board>>
  private let busCount: Int
  private let longestLease: Int64
  private let board: Board
  private var threads = ThreadList()

  /// The threads of a machine whose board image has this check sum, not yet running. Outputs in `known` stand at `driven` already.
  public init(
    board: Board, machine: MachineConfiguration, wiring: borrowing BoardWiring,
    boardSum: UInt32, driven: LineLevels, known: LineLevels,
    shared: SharedExchange.Reference
  ) {
    self.board = board
    self.shared = shared
    busCount = min(wiring.buses.count, 4)
    var longest: Int64 = 0
    for index in wiring.actuators.indices {
      longest = max(longest, Int64(wiring.actuators[index].lease) * 1000)
    }
    longestLease = longest
    unsafe tick = UnsafeMutablePointer.allocate(capacity: 1)
    unsafe buses = UnsafeMutablePointer.allocate(capacity: 4)
    unsafe keeper = UnsafeMutablePointer.allocate(capacity: 1)
    unsafe edges = UnsafeMutablePointer.allocate(capacity: 1)
    unsafe storage = UnsafeMutablePointer.allocate(capacity: 1)
    unsafe tick.initialize(
      to: TickThread(board, machine: machine, wiring: wiring, boardSum: boardSum, shared: shared))
    for bus in 0..<busCount {
      unsafe (buses + bus).initialize(
        to: BusThread(
          board, bus: bus, wiring: wiring, tickMicroseconds: machine.tickMicroseconds,
          shared: shared))
    }
    unsafe keeper.initialize(
      to: KeeperThread(board, wiring: wiring, driven: driven, known: known, shared: shared))
    unsafe edges.initialize(to: EdgeThread(board, shared: shared))
    unsafe storage.initialize(to: StorageThread(board, shared: shared))
  }

  /// Puts all outputs into their safe state, unless the firmware adopts a running machine, and
  /// starts the threads: drivers of outputs first, the tick last, so that no tick comes before the lines
  /// were made safe.
  ///
  /// `priority` is the tick's; the keeper, the edges and the buses follow in this order below it.
  public mutating func start(
    _ bodies: ThreadBodies, priority: Int32, processor: Int32
  ) throws(SystemError) {
    unsafe tick.pointee.start()
    // Written here and now; what fails its thread tries again.
    unsafe keeper.pointee.step()
    func schedule(_ below: Int32) -> ThreadSchedule {
      ThreadSchedule(priority: priority > 0 ? max(1, priority - below) : 0, processor: processor)
    }
    let plain = ThreadSchedule(priority: 0, processor: -1)
    try unsafe threads.start(bodies.keeper, keeper, schedule(1), name: "lines")
    for bus in 0..<busCount {
      try unsafe threads.start(bodies.bus, buses + bus, schedule(3), name: "bus")
    }
    try unsafe threads.start(bodies.edges, edges, schedule(2), name: "edges")
    try unsafe threads.start(bodies.storage, storage, plain, name: "storage")
    try unsafe threads.start(bodies.tick, tick, schedule(0), name: "tick")
  }

  /// Shows what the controller starts from, for a black box; before `start`.
  public func readStart(_ use: (Span<UInt8>) -> Void) {
    unsafe tick.pointee.firmware.retention.readStart(use)
  }

  /// The machine's phase, once the threads have ended.
  public var phase: Phase { unsafe tick.pointee.firmware.controller.status.phase }

  /// The threads were refused their real-time priority.
  public var isUnprivileged: Bool { threads.isUnprivileged }
  /// The threads' processor is not there or not switched on.
  public var isUnpinned: Bool { threads.isUnpinned }

  /// Ends the tick, lets every lease run out, so that drives hold and the rest falls back, and then
  /// ends the threads.
  public mutating func handOver() {
    shared.exchange { $0.stopTick() }
    board.sleep(until: board.nanoseconds &+ longestLease &+ 100_000_000)
    shared.exchange {
      $0.handOver()
      $0.stop()
    }
    threads.join()
  }

  /// Ends the threads at once; outputs stay as they are.
  public mutating func stop() {
    shared.exchange {
      $0.handOver()
      $0.stop()
    }
    threads.join()
  }
}
