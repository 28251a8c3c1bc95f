import ChipDrivers
import Link
import LinkMessages
import TestSupport
import Testing

@testable import Firmware
@testable import PerfusionCore

/// A client that announced itself as the machine's display and is not there any more (AL-55).
@Suite("The display of the machine", .verifies("AL-55", "HZ-14"))
struct DisplayTests {
  @Test("A machine that never had a display misses none, whoever else comes and goes")
  func never() throws {
    var rig = try DisplayRig()
    let client = try rig.connect()
    try rig.run(seconds: 3) { try $0.say(client, display: false) }
    rig.hangUp(client)
    try rig.run(seconds: 13)
    #expect(rig.priority == nil)
  }

  @Test("While it speaks nothing is told; a second after it fell silent MED, ten later HIGH")
  func silent() throws {
    var rig = try DisplayRig()
    let display = try rig.connect()
    try rig.run(seconds: 3) { try $0.say(display) }
    #expect(rig.priority == nil)
    // 250 ms of patience and the second of the table, from the last word on.
    try rig.run(seconds: 1.1)
    #expect(rig.priority == nil)
    try rig.run(seconds: 0.3)
    #expect(rig.priority == .medium)
    try rig.run(seconds: 9.7)
    #expect(rig.priority == .medium)
    try rig.run(seconds: 0.3)
    #expect(rig.priority == .high)
  }

  @Test("One that is gone is lost, and the condition ends when another is there")
  func replaced() throws {
    var rig = try DisplayRig()
    let first = try rig.connect()
    try rig.run(seconds: 1) { try $0.say(first) }
    rig.hangUp(first)
    try rig.run(seconds: 2)
    #expect(rig.priority == .medium)
    #expect(rig.isLost == true)
    let second = try rig.connect()
    try rig.run(seconds: 0.1) { try $0.say(second) }
    #expect(rig.isLost == false)
    // The alarm stays to be seen until somebody resets it.
    try rig.run(seconds: 2) { try $0.say(second) }
    #expect(rig.priority == .medium)
    rig.ask(.resetAlarms)
    try rig.run(seconds: 1) { try $0.say(second) }
    #expect(rig.priority == nil)
  }

  @Test("One that talks and does not read is lost")
  func stalled() throws {
    var rig = try DisplayRig()
    let display = try rig.connect()
    try rig.run(seconds: 2) { try $0.say(display) }
    #expect(rig.isLost == false)
    try rig.run(seconds: 6, reading: false) { try $0.say(display) }
    #expect(rig.isLost == true)
    #expect(rig.priority == .medium)
  }

  @Test("One that takes its leave is not missed")
  func leaves() throws {
    var rig = try DisplayRig()
    let display = try rig.connect()
    try rig.run(seconds: 1) { try $0.say(display) }
    try rig.say(display, display: false)
    rig.hangUp(display)
    try rig.run(seconds: 13)
    #expect(rig.priority == nil)
  }

  @Test("One that is put away while somebody depends on the machine is missed")
  func leavesOnBypass() throws {
    var rig = try DisplayRig()
    let display = try rig.connect()
    try rig.run(seconds: 1) { try $0.say(display) }
    rig.phase = .onBypass
    try rig.run(seconds: 0.1) { try $0.say(display) }
    try rig.say(display, display: false)
    rig.hangUp(display)
    try rig.run(seconds: 2)
    #expect(rig.priority == .medium)
  }

  @Test("Whoever may not command is no display of the machine")
  func readOnly() throws {
    var rig = try DisplayRig()
    let client = try rig.connect(.readOnly)
    try rig.run(seconds: 1) { try $0.say(client) }
    rig.hangUp(client)
    try rig.run(seconds: 13)
    #expect(rig.priority == nil)
  }

  @Test("A link that stands still is as bad as a display that does")
  func deadLink() throws {
    var rig = try DisplayRig()
    let display = try rig.connect()
    try rig.run(seconds: 1) { try $0.say(display) }
    rig.isLinkDead = true
    try rig.run(seconds: 2) { try $0.say(display) }
    #expect(rig.priority == .medium)
  }
}

/// Tick and link of a firmware, stepped by hand, with clients over a network in memory.
@safe private struct DisplayRig: ~Copyable {
  private final class World { var now: Int64 = 0 }
  /// A machine of which only the clock moves.
  private struct Board: ThreadedBoard {
    let world: World
    var nanoseconds: Int64 { world.now * 1000 }
    func sleep(until nanoseconds: Int64) {}
    func bus(_ index: Int) -> Bus { Bus() }
    mutating func recoverBus(_ index: Int, by step: BusRecovery) {}
    mutating func readLines() throws(BusError) -> LineLevels { 0 }
    func wakeKeeper() {}
    func waitAsKeeper(until nanoseconds: Int64) {}
    mutating func writeLines(_ levels: LineLevels, changed: LineLevels) throws(BusError) {}
    mutating func collectEdges(
      until nanoseconds: Int64, into ring: borrowing RecordRing<LineEdgeEvent>
    ) {}
    mutating func store(_ bytes: borrowing Span<UInt8>, in place: KeptPlace) -> Bool { true }
    mutating func add(_ bytes: borrowing Span<UInt8>, to place: KeptPlace) -> Bool { true }
    mutating func recall(_ place: KeptPlace, into bytes: inout MutableSpan<UInt8>) -> Int { 0 }
  }
  private struct Bus: I2CBus {
    mutating func transfer(
      _ address: I2CAddress, write: Span<UInt8>, read: inout MutableSpan<UInt8>
    ) throws(BusError) { throw .noAcknowledge }
  }

  let network = FakeNetwork()
  var isLinkDead = false
  private let world = World()
  private let room = LinkRoom(image: [1, 2, 3, 4], clients: 4)
  private let stretch: UnsafeMutableRawPointer
  private let shared: SharedExchange.Reference
  private var tick: TickThread<Board>
  private var link: LinkThread<Board, FakeTransport>

  init() throws {
    unsafe stretch = .allocate(byteCount: ExchangeMemory.byteCount, alignment: 4096)
    let memory = unsafe ExchangeMemory(in: stretch, periodMicroseconds: 5000)
    shared = memory.reference
    let board = Board(world: world)
    var machine = MachineConfiguration()
    machine.pumps.append(PumpConfiguration())
    tick = TickThread(board, machine: machine, wiring: BoardWiring(), shared: shared)
    link = LinkThread(
      board,
      server: room.server(
        over: FakeTransport(network: network), program: .init("test"), tickMicroseconds: 5000),
      shared: shared)
    tick.start()
    try run(seconds: 1)
  }

  deinit { unsafe stretch.deallocate() }

  /// The condition as the controller is told it.
  var isLost: Bool { tick.firmware.sensors.platform.contains(.displayLost) }
  var phase: Phase {
    get { tick.firmware.controller.status.phase }
    set { tick.firmware.controller.phase = newValue }
  }
  /// The priority of AL-55, nothing while it is not told.
  var priority: AlarmPriority? {
    let list = tick.firmware.controller.status.alarmList
    for index in list.indices where list[index].id == AlarmID(55) { return list[index].priority }
    return nil
  }

  mutating func connect(_ door: LinkDoor = .control) throws -> Int32 {
    let connection = network.open(door)
    try send(.hello(LinkHello(program: .init("display"))), connection)
    link.turn()
    return connection
  }

  func say(_ connection: Int32, display: Bool = true) throws {
    try send(.subscription(frameTicks: 20, events: false, display: display), connection)
  }

  func hangUp(_ connection: Int32) { network.connections[connection]?.isClosedByClient = true }

  func ask(_ action: OperatorAction) {
    _ = shared.exchange {
      $0.commandsAsked.put { $0 = OperatorCommand(decision: 1, source: .link, action: action) }
    }
  }

  private func send(_ message: ClientMessage, _ connection: Int32) throws {
    network.connections[connection]?.toServer += try message.framed()
  }

  /// Ticks and turns of the link; each client that reads has read everything, and `speak` is called
  /// every 100 ms.
  mutating func run(
    seconds: Double, reading: Bool = true,
    speak: (inout DisplayRig) throws -> Void = { _ in }
  ) throws {
    for step in 0..<Int(seconds * 200) {
      if step % 20 == 0 { try speak(&self) }
      if reading {
        for connection in network.connections.keys {
          network.connections[connection]?.toClient = []
        }
      }
      if !isLinkDead { link.turn() }
      tick.tick(due: world.now * 1000, woke: world.now * 1000)
      world.now += 5000
    }
  }
}
