import ChipDrivers
import PerfusionCore

@testable import Firmware

/// The fake board as threads see it; its time moves only when the test moves it.
struct FakeThreadedBoard: ThreadedBoard {
  let world: FakeWorld
  var nanoseconds: Int64 { world.now.microseconds * 1000 }
  func sleep(until nanoseconds: Int64) {
    world.now = Instant(microseconds: max(world.now.microseconds, nanoseconds / 1000))
    world.onSleep(world)
  }
  func bus(_ index: Int) -> FakeBus { FakeBus(world: world, index: index) }
  mutating func recoverBus(_ index: Int, by step: BusRecovery) { world.recoveries.append(step) }
  mutating func readLines() throws(BusError) -> LineLevels {
    world.onRead(world)
    return world.levels
  }
  var missingLines: LineLevels { world.missing }
  func wakeKeeper() {}
  func waitAsKeeper(until nanoseconds: Int64) {}
  mutating func writeLines(_ levels: LineLevels, changed: LineLevels) throws(BusError) {
    if world.writeFails { throw .busFault }
    // One group, as the kernel has it: all of its lines are written when one of them changed.
    guard changed != 0 else { return }
    let moved = changed | (levels ^ world.outputs)
    for line in 0..<64 where moved >> UInt64(line) & 1 != 0 {
      world.written.append((line, levels >> UInt64(line) & 1 != 0, world.now))
    }
    world.outputs = levels
  }
  mutating func collectEdges(
    until nanoseconds: Int64, into ring: borrowing RecordRing<LineEdgeEvent>
  ) {}
  mutating func store(_ bytes: borrowing Span<UInt8>, in place: KeptPlace) -> Bool {
    world.stored[Int(place.rawValue)] = (0..<bytes.count).map { bytes[$0] }
    world.storeOrder.append(place)
    return !world.storeFails
  }
  mutating func add(_ bytes: borrowing Span<UInt8>, to place: KeptPlace) -> Bool { true }
  mutating func recall(_ place: KeptPlace, into bytes: inout MutableSpan<UInt8>) -> Int {
    let kept = world.stored[Int(place.rawValue), default: []].prefix(bytes.count)
    for (index, byte) in kept.enumerated() { bytes[index] = byte }
    return kept.count
  }
}

/// All threads of a firmware on a fake board, each stepped by hand in virtual time.
@safe struct FakeMachine: ~Copyable {
  let world: FakeWorld
  let shared: SharedExchange.Reference
  var tick: TickThread<FakeThreadedBoard>
  var bus: BusThread<FakeThreadedBoard>
  var keeper: KeeperThread<FakeThreadedBoard>
  var storage: StorageThread<FakeThreadedBoard>
  var leaseGuard: LeaseGuard<FakeThreadedBoard>
  var isAlive = true
  /// A transfer holds the worker of the bus.
  var isBusHeld = false
  private var busAt = Instant.start
  private var guardAt = Instant.start
  private let stretch: UnsafeMutableRawPointer

  /// A start on a machine whose outputs stand as the world has them; who starts knows that when it
  /// asked the kernel for them.
  init(
    _ wiring: BoardWiring, in world: FakeWorld = FakeWorld(), knowsLines: Bool = false,
    machine: MachineConfiguration = MachineConfiguration()
  ) {
    self.world = world
    let count = ExchangeMemory.byteCount
    unsafe stretch = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: 4096)
    let memory = unsafe ExchangeMemory(in: stretch, periodMicroseconds: 5000)
    shared = memory.reference
    let board = FakeThreadedBoard(world: world)
    tick = TickThread(
      board, machine: machine, wiring: wiring, shared: shared)
    bus = BusThread(board, bus: 0, wiring: wiring, tickMicroseconds: 5000, shared: shared)
    let known: LineLevels = knowsLines ? .max : 0
    keeper = KeeperThread(
      board, wiring: wiring, driven: world.outputs, known: known, shared: shared)
    storage = StorageThread(board, shared: shared)
    leaseGuard = LeaseGuard(
      board, wiring: wiring, tickMicroseconds: 5000, driven: world.outputs, known: known,
      shared: shared)
    tick.start()
    bus.begin()
  }

  /// What the last tick was told of the platform.
  var findings: PlatformFindings { tick.firmware.sensors.platform }
  /// The guard has nothing left to do.
  var isGuardDone: Bool { leaseGuard.isDone(firmwareIsDead: !isAlive, canBeAsked: true) }

  deinit { unsafe stretch.deallocate() }

  /// Carries everybody through the millisecond that begins now; a dead firmware rests.
  mutating func runMillisecond(ticks: Bool) {
    let start = world.now.microseconds
    if isAlive {
      if ticks { tick.tick(due: start * 1000, woke: world.now.microseconds * 1000) }
      while !isBusHeld && busAt.microseconds < start + 1000 {
        busAt = max(
          bus.step(due: world.now, began: start * 1000), busAt.advanced(microseconds: 100))
      }
      keeper.step()
    }
    if guardAt.microseconds <= start {
      guardAt = Instant(microseconds: leaseGuard.step(firmwareIsDead: !isAlive) / 1000)
    }
    world.now = Instant(microseconds: start + 1000)
  }

  mutating func run(milliseconds: Int, isTickDead: Bool = false) {
    for _ in 0..<milliseconds {
      runMillisecond(ticks: !isTickDead && world.now.microseconds % 5000 == 0)
    }
  }
}
