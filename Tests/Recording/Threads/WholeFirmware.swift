import BlackBox
import CLinux
import ChipDrivers
import Firmware
import Foundation
import Link
import LinkMessages
import LinkSockets
import LinuxPlatform
import PerfusionCore
import Recording

typealias PaperLink = LinkThread<ConductedBoard, SocketTransport>
typealias PaperRecord = RecordThread<ConductedBoard>
typealias PaperRecorder = RecorderThread<ConductedBoard, FolderStorage>

/// Everything that perfusiond runs, as threads over a conducted world: loop, link and black box.
@safe final class WholeFirmware {
  let world = ConductedWorld()
  let shared: SharedExchange.Reference
  private var process: FirmwareProcess<ConductedBoard>
  private let link: UnsafeMutablePointer<PaperLink>
  private let record: UnsafeMutablePointer<PaperRecord>
  private let recorder: UnsafeMutablePointer<PaperRecorder>
  private var companions = ThreadList()
  private let conductor = DispatchGroup()
  private let memories: [UnsafeMutableRawPointer]

  /// Threads that sleep by the world's clock: tick, keeper, edges, bus, storage, link, and two of
  /// the black box.
  static let threads = 8

  init(folder: FilePath, socket: String) throws {
    var memories = unsafe [UnsafeMutableRawPointer]()
    func memory(_ size: Int) -> UnsafeMutableRawPointer {
      let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 4096)
      unsafe memories.append(memory)
      return unsafe memory
    }
    let stretch = unsafe memory(ExchangeMemory.byteCount)
    unsafe memset(stretch, 0, ExchangeMemory.byteCount)
    let exchange = unsafe ExchangeMemory(in: stretch, periodMicroseconds: 5000)
    shared = exchange.reference
    let board = ConductedBoard(world: world, chip: PaperThermometer())
    let wiring = WholeFirmware.wiring
    process = FirmwareProcess(
      board: board, machine: MachineConfiguration(), wiring: wiring, boardSum: 7, driven: 0,
      known: 0, shared: exchange.reference)
    let image = unsafe UnsafeMutableBufferPointer<UInt8>(
      start: memory(64).bindMemory(to: UInt8.self, capacity: 64), count: 64)
    unsafe image.initialize(repeating: 9)
    let server = unsafe LinkServer(
      transport: try SocketTransport(path: socket),
      memory: LinkMemory(over: memory(LinkMemory.size(clients: 4)), clients: 4),
      identity: LinkIdentity(
        program: .init("paper"), image: UnsafeBufferPointer(image), tickMicroseconds: 5000))
    unsafe link = UnsafeMutablePointer.allocate(capacity: 1)
    unsafe link.initialize(to: PaperLink(board, server: server, shared: shared))
    let ring = unsafe ByteRing(memory: memory(1 << 19), size: 1 << 19)
    var encoder = unsafe PaperRecord(
      board,
      recorder: TickRecorder(
        ring: ring, memory: memory(TickRecorder.memorySize), tickMicroseconds: 5000),
      shared: shared)
    process.readStart { encoder.begin(with: $0) }
    unsafe record = UnsafeMutablePointer.allocate(capacity: 1)
    unsafe record.initialize(to: encoder)
    let writer = unsafe Recorder(
      ring: ring, storage: try FolderStorage(in: folder), options: RecorderOptions(),
      memory: memory(Recorder<FolderStorage>.memorySize))
    unsafe recorder = UnsafeMutablePointer.allocate(capacity: 1)
    unsafe recorder.initialize(to: PaperRecorder(board, recorder: writer, shared: shared))
    unsafe self.memories = unsafe memories
  }

  deinit {
    unsafe link.deinitialize(count: 1).deallocate()
    unsafe record.deinitialize(count: 1).deallocate()
    unsafe recorder.deinitialize(count: 1).deallocate()
    unsafe memories.forEach { unsafe $0.deallocate() }
  }

  /// A heater, a buzzer and a clamp on lines, an edge input, and a thermometer on a bus.
  static var wiring: BoardWiring {
    var wiring = BoardWiring()
    wiring.buses.append(BusWiring())
    for index in 0..<4 {
      var line = LineWiring()
      line.direction = index == 3 ? .input : .output
      line.edge = index == 3 ? .both : .none
      wiring.lines.append(line)
    }
    var chip = ChipWiring()
    chip.part = .tmp117
    chip.address = I2CAddress(0x48)
    wiring.chips.append(chip)
    let outputs: [(ActuatorSite, LeaseFallback)] = [
      (.heater(0), .off), (.buzzer, .on), (.arterialClampOpen, .hold),
    ]
    for (index, output) in outputs.enumerated() {
      var actuator = ActuatorWiring()
      actuator.site = output.0
      actuator.fallback = output.1
      actuator.port = .line(UInt8(index))
      wiring.actuators.append(actuator)
    }
    return wiring
  }

  /// Starts everything, and time.
  func start() throws {
    let bodies = unsafe ThreadBodies(
      tick: { unsafe $0?.assumingMemoryBound(to: TickThread<ConductedBoard>.self).pointee.run() },
      bus: { unsafe $0?.assumingMemoryBound(to: BusThread<ConductedBoard>.self).pointee.run() },
      keeper: {
        unsafe $0?.assumingMemoryBound(to: KeeperThread<ConductedBoard>.self).pointee.run()
      },
      edges: { unsafe $0?.assumingMemoryBound(to: EdgeThread<ConductedBoard>.self).pointee.run() },
      storage: {
        unsafe $0?.assumingMemoryBound(to: StorageThread<ConductedBoard>.self).pointee.run()
      })
    try process.start(bodies, priority: 0, processor: -1)
    let plain = ThreadSchedule(priority: 0, processor: -1)
    try unsafe companions.start(
      { unsafe $0?.assumingMemoryBound(to: PaperLink.self).pointee.run() }, link, plain,
      name: "link")
    try unsafe companions.start(
      { unsafe $0?.assumingMemoryBound(to: PaperRecord.self).pointee.run() }, record, plain,
      name: "record")
    try unsafe companions.start(
      { unsafe $0?.assumingMemoryBound(to: PaperRecorder.self).pointee.run() }, recorder, plain,
      name: "recorder")
    let (world, shared) = (world, shared)
    DispatchQueue.global().async(group: conductor) {
      world.conduct(threads: WholeFirmware.threads) { !shared.exchange { $0.isTickStopping } }
    }
  }

  /// Ends in order, as SIGTERM does. How many ticks there were.
  func finish() -> UInt64 {
    process.handOver()
    companions.join()
    world.end()
    conductor.wait()
    var ticks: UInt64 = 0
    shared.exchange { $0.finalQuality.fetch { ticks = $0.ticks } }
    return ticks
  }

  /// The recorder never had trouble.
  var isRecorderGood: Bool { unsafe recorder.pointee.recorder.health.isGood }
}
