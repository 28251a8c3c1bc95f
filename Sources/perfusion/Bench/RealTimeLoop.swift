import ArgumentParser
import BoardFiles
import CLinux
import ChipDrivers
import Firmware
import Foundation
import Link
import LinkSockets
import LinuxPlatform
import PerfusionCore
import Scenarios
import VirtualBoard

/// The deployed firmware's threads, loop and link, in this process on a virtual board in real time.
///
/// They adopt a machine at full flow, as after a restart on bypass (HZ-55): every sensor delivers,
/// every pump regulates.
@safe struct RealTimeLoop {
  typealias BenchLink = LinkThread<RealTimeBoard, SocketTransport>
  /// What a run measured.
  struct Outcome {
    var quality: LoopQuality
    /// SCHED_FIFO was refused: the threads ran with ordinary priority.
    var isUnprivileged: Bool
    /// Where the machine stood at the end.
    var phase: Phase
  }
  /// The case that brings the machine to full flow.
  let start: SimulationPlan
  let priority: Int32
  let processor: Int32
  /// Where the link is served; nothing for none.
  var socket: String?

  /// Runs for so many seconds.
  func run(seconds: Double) throws -> Outcome {
    let machine = Bench.runAtFullFlow(start).rig.virtual
    let (board, phase) = (machine.board, machine.status.phase)
    let bare = machine.releaseBoard()
    let found = bare.outputs
    let world = RealTimeWorld(bare)
    let handle = RealTimeBoard(world: world)
    let period = board.machine.tickMicroseconds
    guard let stretch = unsafe pc_memory_shared(UInt64(ExchangeMemory.byteCount)) else {
      throw UnreadableInput("bench: error: there is not enough memory; free some")
    }
    let memory = unsafe ExchangeMemory(in: stretch, periodMicroseconds: period)
    let shared = memory.reference
    var process = FirmwareProcess(
      board: handle, machine: board.machine, wiring: board.wiring,
      boardSum: board.imageSum(), driven: found.levels, known: found.lines, shared: shared)
    shared.exchange { $0.leaveOut(link: socket == nil, recorder: true) }
    let plant = DispatchGroup()
    DispatchQueue.global(qos: .userInteractive).async(group: plant) { world.run() }
    var companions = ThreadList()
    try process.start(Self.bodies, priority: priority, processor: processor)
    let room = LinkRoom(image: [UInt8](repeating: 0, count: 16), clients: 32)
    defer { withExtendedLifetime(room) {} }
    var link: UnsafeMutablePointer<BenchLink>?
    if let socket { unsafe link = try Self.link(handle, socket, room, period, shared) }
    defer { unsafe link?.deinitialize(count: 1).deallocate() }
    if let link = unsafe link {
      try unsafe companions.start(
        { unsafe $0?.assumingMemoryBound(to: BenchLink.self).pointee.run() }, link,
        ThreadSchedule(priority: 0, processor: -1), name: "link")
    }
    let awake = pc_processor_hold_awake()
    handle.sleep(until: handle.nanoseconds + Int64(seconds * 1e9))
    process.handOver()
    companions.join()
    world.end()
    plant.wait()
    if awake >= 0 { _ = pc_file_close(awake) }
    var quality = LoopQuality(periodMicroseconds: period)
    shared.exchange { $0.finalQuality.fetch { quality = $0 } }
    guard process.phase == phase else {
      BoardReading.complain(
        "bench: error: the loop is in \(process.phase) and not in \(phase), where the case left the "
          + "machine: it has not adopted it")
      throw ExitCode(1)
    }
    return Outcome(quality: quality, isUnprivileged: process.isUnprivileged, phase: phase)
  }

  private static var bodies: ThreadBodies {
    unsafe ThreadBodies(
      tick: { unsafe $0?.assumingMemoryBound(to: TickThread<RealTimeBoard>.self).pointee.run() },
      bus: { unsafe $0?.assumingMemoryBound(to: BusThread<RealTimeBoard>.self).pointee.run() },
      keeper: {
        unsafe $0?.assumingMemoryBound(to: KeeperThread<RealTimeBoard>.self).pointee.run()
      },
      edges: { unsafe $0?.assumingMemoryBound(to: EdgeThread<RealTimeBoard>.self).pointee.run() },
      storage: {
        unsafe $0?.assumingMemoryBound(to: StorageThread<RealTimeBoard>.self).pointee.run()
      })
  }

  private static func link(
    _ board: RealTimeBoard, _ socket: String, _ room: LinkRoom, _ period: Int32,
    _ shared: SharedExchange.Reference
  ) throws -> UnsafeMutablePointer<BenchLink> {
    let server = room.server(
      over: try SocketTransport(path: socket), program: .init("perfusion bench"),
      tickMicroseconds: period)
    let link = UnsafeMutablePointer<BenchLink>.allocate(capacity: 1)
    unsafe link.initialize(to: BenchLink(board, server: server, shared: shared))
    return unsafe link
  }
}
