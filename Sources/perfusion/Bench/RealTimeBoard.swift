import CLinux
import ChipDrivers
import Firmware
import PerfusionCore
import Synchronization
import VirtualBoard

/// A virtual board behind the real clock, for the firmware's real threads: transfers take the time
/// that they take on a bus, and everything else is the loop's own.
///
/// One lock guards the board; the tick never takes it, it reads the lines as the last millisecond
/// left them.
final class RealTimeWorld: @unchecked Sendable {
  private let board: BareBoard
  private let lock = Mutex(())
  /// When the board's time was 0, by the monotonic clock.
  private let epoch: Int64
  private let levels = Atomic<UInt64>(0)
  private let isOver = Atomic<Bool>(false)
  private let wake = pc_wake_open()

  /// The board goes on from where it stands.
  init(_ board: BareBoard) {
    self.board = board
    epoch = pc_clock_now() &- board.time.microseconds &* 1000
  }

  deinit { _ = pc_file_close(wake) }

  var wiring: BoardWiring { board.wiring }
  var nanoseconds: Int64 { pc_clock_now() &- epoch }
  var inputs: LineLevels { levels.load(ordering: .acquiring) }

  func sleep(until nanoseconds: Int64) { _ = pc_clock_sleep_until(nanoseconds &+ epoch) }
  func wakeKeeper() { _ = pc_wake_raise(wake) }
  func waitAsKeeper(until nanoseconds: Int64) {
    var item = pc_wait_item()
    item.descriptor = wake
    item.wants_read = true
    _ = unsafe pc_wait(&item, 1, nanoseconds &+ epoch)
    if item.is_readable { _ = pc_wake_clear(wake) }
  }

  /// Carries the board on, millisecond by millisecond, until `end` is called.
  func run() {
    while !isOver.load(ordering: .relaxed) {
      lock.withLock { _ in
        while board.time.microseconds &* 1000 <= nanoseconds { board.step() }
        var bits: UInt64 = 0
        for line in board.wiring.lines.indices where board.isAsserted(line: line) {
          bits |= 1 << UInt64(line)
        }
        levels.store(bits, ordering: .releasing)
      }
      sleep(until: nanoseconds &+ 1_000_000)
    }
  }

  func end() { isOver.store(true, ordering: .relaxed) }

  func write(_ wanted: LineLevels, changed: LineLevels) {
    lock.withLock { _ in
      for line in board.wiring.lines.indices where changed >> UInt64(line) & 1 != 0 {
        _ = board.drive(
          line: line, isAsserted: wanted >> UInt64(line) & 1 != 0, at: board.time)
      }
    }
  }

  func recover(_ bus: Int) { lock.withLock { _ in board.recover(bus: bus) } }

  func recall(_ place: KeptPlace, into bytes: inout MutableSpan<UInt8>) -> Int {
    lock.withLock { _ in board.recall(place, into: &bytes) }
  }
  func keep(_ bytes: [UInt8], in place: KeptPlace) {
    lock.withLock { _ in board.keep(bytes, in: place) }
  }
  func append(_ bytes: [UInt8], to place: KeptPlace) {
    lock.withLock { _ in board.append(bytes, to: place) }
  }

  func takeEdges(into ring: borrowing RecordRing<LineEdgeEvent>) {
    lock.withLock { _ in
      while let edge = board.takeEdge(until: board.time) {
        ring.put {
          $0 = LineEdgeEvent(line: UInt8(edge.line), isAsserted: edge.isAsserted, at: edge.at)
        }
      }
    }
  }

  func transfer(
    _ bus: Int, _ address: I2CAddress, _ write: Swift.Span<UInt8>, _ read: inout MutableSpan<UInt8>
  ) -> BusError? {
    let began = nanoseconds
    var bytes = InlineArray<64, UInt8>(repeating: 0)
    let count = min(read.count, 64)
    var sent = InlineArray<64, UInt8>(repeating: 0)
    let length = min(write.count, 64)
    for index in 0..<length { sent[index] = write[index] }
    let outcome = lock.withLock { _ -> (length: Int64, error: BusError?) in
      let moment = board.time
      var room = bytes.mutableSpan
      var part = room._mutatingExtracting(first: count)
      let done = board.transfer(
        bus: bus, address, write: sent.span.extracting(first: length), read: &part, at: moment)
      return (done.end.microseconds &- moment.microseconds, done.error)
    }
    for index in 0..<count { read[index] = bytes[index] }
    sleep(until: began &+ outcome.length &* 1000)
    return outcome.error
  }
}

/// A handle on it for one thread.
struct RealTimeBoard: ThreadedBoard, Sendable {
  let world: RealTimeWorld
  var nanoseconds: Int64 { world.nanoseconds }
  func sleep(until nanoseconds: Int64) { world.sleep(until: nanoseconds) }
  func bus(_ index: Int) -> RealTimeBus { RealTimeBus(world: world, index: index) }
  mutating func recoverBus(_ index: Int, by step: BusRecovery) {
    if step == .reopen { world.recover(index) }
  }
  mutating func readLines() throws(BusError) -> LineLevels { world.inputs }
  func wakeKeeper() { world.wakeKeeper() }
  func waitAsKeeper(until nanoseconds: Int64) { world.waitAsKeeper(until: nanoseconds) }
  mutating func writeLines(_ levels: LineLevels, changed: LineLevels) throws(BusError) {
    world.write(levels, changed: changed)
  }
  mutating func collectEdges(
    until nanoseconds: Int64, into ring: borrowing RecordRing<LineEdgeEvent>
  ) {
    world.takeEdges(into: ring)
    world.sleep(until: min(nanoseconds, self.nanoseconds &+ 1_000_000))
  }
  mutating func store(_ bytes: borrowing Swift.Span<UInt8>, in place: KeptPlace) -> Bool {
    world.keep(bytes.indices.map { bytes[$0] }, in: place)
    return true
  }
  mutating func add(_ bytes: borrowing Swift.Span<UInt8>, to place: KeptPlace) -> Bool {
    world.append(bytes.indices.map { bytes[$0] }, to: place)
    return true
  }
  mutating func recall(_ place: KeptPlace, into bytes: inout MutableSpan<UInt8>) -> Int {
    world.recall(place, into: &bytes)
  }
}

/// One of its buses.
struct RealTimeBus: I2CBus {
  let world: RealTimeWorld
  let index: Int
  mutating func transfer(
    _ address: I2CAddress, write: Swift.Span<UInt8>, read: inout MutableSpan<UInt8>
  ) throws(BusError) {
    if let error = world.transfer(index, address, write, &read) { throw error }
  }
}
