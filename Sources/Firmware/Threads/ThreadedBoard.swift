public import ChipDrivers
public import PerfusionCore

/// What the threads of the firmware need of the machine they run on.
///
/// Copies are handles on the same machine; each thread has its own.
public protocol ThreadedBoard {
  /// A handle on an I2C adapter.
  associatedtype Bus: I2CBus
  /// Nanoseconds of the monotonic clock since the firmware started.
  var nanoseconds: Int64 { get }
  /// See `Platform.civilTime`.
  var civilTime: Int64 { get }
  /// Sleeps until a moment of that clock.
  func sleep(until nanoseconds: Int64)
  /// The adapter of a bus of the wiring.
  func bus(_ index: Int) -> Bus
  /// A step of a stuck bus's recovery; see `Platform.recoverBus`.
  mutating func recoverBus(_ index: Int, by step: BusRecovery)
  /// See `Platform.missingLines`.
  var missingLines: LineLevels { get }
  /// Reads all GPIO inputs of the wiring; bits of other lines are 0.
  mutating func readLines() throws(BusError) -> LineLevels
  /// Wakes the thread that drives the lines.
  func wakeKeeper()
  /// Waits until somebody wakes the keeper, or until a moment.
  func waitAsKeeper(until nanoseconds: Int64)
  /// Brings GPIO outputs to their levels: those in `changed`; `levels` are the states of all.
  mutating func writeLines(_ levels: LineLevels, changed: LineLevels) throws(BusError)
  /// Waits for edges until a moment at most, and puts those that came into the ring.
  mutating func collectEdges(
    until nanoseconds: Int64, into ring: borrowing RecordRing<LineEdgeEvent>)
  /// Replaces what a place holds; returns when that is on the medium. False when it failed: what
  /// was there stays.
  mutating func store(_ bytes: borrowing Span<UInt8>, in place: KeptPlace) -> Bool
  /// Adds to the end of a place; returns when that is on the medium. False when it failed.
  mutating func add(_ bytes: borrowing Span<UInt8>, to place: KeptPlace) -> Bool
  /// See `Platform.recall`.
  mutating func recall(_ place: KeptPlace, into bytes: inout MutableSpan<UInt8>) -> Int
}

extension ThreadedBoard {
  /// The same clock as `nanoseconds`.
  public var now: Instant { Instant(microseconds: nanoseconds / 1000) }
  /// Unknown.
  public var civilTime: Int64 { 0 }
  /// None.
  public var missingLines: LineLevels { 0 }
}

/// The machine as the tick's thread sees it: edges come from the ring that the edge thread fills,
/// lines are driven by the keeper's thread.
public struct TickSide<Board: ThreadedBoard>: Platform {
  /// The machine.
  public var board: Board
  let shared: SharedExchange.Reference
  private var kept: UInt64 = 0

  init(_ board: Board, _ shared: SharedExchange.Reference) {
    self.board = board
    self.shared = shared
  }

  /// The clock.
  public var now: Instant { board.now }
  /// The computer's clock.
  public var civilTime: Int64 { board.civilTime }
  /// What the link heard of the machine's display.
  public func isDisplayLost(at now: Instant) -> Bool {
    shared.exchange { $0.isDisplayLost(at: now) }
  }
  /// What the bus's worker left of its last sign of life.
  public func isBusSilent(_ index: Int, at now: Instant) -> Bool {
    now.microseconds &* 1000 &- shared.exchange { $0.heartbeat(index) } > SharedExchange.patience
  }
  /// Lines that the machine runs without.
  public var missingLines: LineLevels { board.missingLines }
  /// What the start said of the black box.
  public var isRecorderMissing: Bool { shared.exchange { $0.isRecorderMissing } }
  /// What the storage thread could not write.
  public var failedWrites: UInt64 {
    var count: UInt64 = 0
    shared.exchange { count = $0.failedWrites }
    return count
  }
  /// The adapter of a bus.
  public func bus(_ index: Int) -> Board.Bus { board.bus(index) }
  /// The GPIO inputs.
  public mutating func readLines() throws(BusError) -> LineLevels { try board.readLines() }
  /// Lines are the keeper's: nothing happens.
  public mutating func writeLine(_ index: Int, isAsserted: Bool) throws(BusError) {}
  /// The oldest edge that the edge thread took.
  public mutating func takeEdge() -> LineEdgeEvent? {
    var taken: LineEdgeEvent?
    shared.exchange { $0.edges.take { taken = copy $0 } }
    return taken
  }
  /// Leaves the record to the storage thread.
  public mutating func keep(_ bytes: borrowing Span<UInt8>, in place: KeptPlace) {
    kept &+= 1
    let number = kept
    let slot = place == .retainedSecond ? 1 : 0
    shared.exchange { $0.kept[slot].publish { $0.fill(bytes, number: number) } }
  }
  /// Leaves the bytes to the storage thread; what finds no room is counted.
  public mutating func append(_ bytes: borrowing Span<UInt8>, to place: KeptPlace) {
    var next = 0
    while next < bytes.count {
      let length = min(bytes.count - next, AppendedBytes.capacity)
      let part = bytes.extracting(next..<next + length)
      shared.exchange { $0.appended.put { $0.fill(part) } }
      next += length
    }
  }
  /// Reads what a place holds.
  public mutating func recall(_ place: KeptPlace, into bytes: inout MutableSpan<UInt8>) -> Int {
    board.recall(place, into: &bytes)
  }
  /// A step of a bus's recovery.
  public mutating func recoverBus(_ index: Int, by step: BusRecovery) {
    board.recoverBus(index, by: step)
  }
}
