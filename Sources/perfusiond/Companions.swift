internal import BlackBox
internal import CLinux
internal import ChipDrivers
internal import Firmware
internal import Link
internal import LinkMessages
internal import LinkSockets
internal import LinuxPlatform
internal import PerfusionCore
internal import Recording

/// The link of a board.
typealias BoardLink = LinkThread<LinuxBoard, BoardTransport>
/// What encodes the black box of a board.
typealias BoardRecord = RecordThread<LinuxBoard>
/// What writes the black box of a board.
typealias BoardRecorder = RecorderThread<LinuxBoard, FolderStorage>

/// What runs beside the loop and is never waited for: the link, and the black box.
@safe struct Companions: ~Copyable {
  private let link: UnsafeMutablePointer<BoardLink>?
  private let record: UnsafeMutablePointer<BoardRecord>?
  private let recorder: UnsafeMutablePointer<BoardRecorder>?
  private var threads: ThreadList

  /// Clients of the link that can be served at one time.
  static var clients: Int { 32 }

  /// Opens sockets and files as the options say; nothing runs yet.
  init(
    _ process: borrowing FirmwareProcess<LinuxBoard>, board: LinuxBoard, _ loaded: LoadedImage,
    _ options: Options
  ) throws(Ending) {
    let shared = process.shared
    let link = try unsafe openLink(board, loaded, options, shared)
    var box: BoardBlackBox?
    if let folder = options.blackBox {
      box = try openBlackBox(in: folder, board, loaded, options, shared)
    }
    unsafe self.link = unsafe link
    unsafe record = box?.record
    unsafe recorder = box?.recorder
    threads = ThreadList()
    if let record = unsafe record {
      process.readStart { material in unsafe record.pointee.begin(with: material) }
    }
    let (hasLink, hasRecorder) = unsafe (link != nil, recorder != nil)
    shared.exchange { $0.leaveOut(link: !hasLink, recorder: !hasRecorder) }
  }

  /// Starts what there is.
  mutating func start() throws(SystemError) {
    let plain = ThreadSchedule(priority: 0, processor: -1)
    if let link = unsafe link {
      try unsafe threads.start(CompanionBodies.link, link, plain, name: "link")
    }
    if let record = unsafe record {
      try unsafe threads.start(CompanionBodies.record, record, plain, name: "record")
    }
    if let recorder = unsafe recorder {
      try unsafe threads.start(CompanionBodies.recorder, recorder, plain, name: "recorder")
    }
  }

  /// Waits until they have ended: the clients know, the last file is whole.
  mutating func join() { threads.join() }
}

/// What their threads run, as C calls it.
enum CompanionBodies {
  static var link: ThreadBody {
    { unsafe $0?.assumingMemoryBound(to: BoardLink.self).pointee.run() }
  }
  static var record: ThreadBody {
    { unsafe $0?.assumingMemoryBound(to: BoardRecord.self).pointee.run() }
  }
  static var recorder: ThreadBody {
    { unsafe $0?.assumingMemoryBound(to: BoardRecorder.self).pointee.run() }
  }
}

/// Memory for something that lives as long as the program.
func permanentMemory(_ bytes: Int) -> UnsafeMutableRawPointer {
  UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
}

/// Opens the ways to the link; nothing when no option names one.
private func openLink(
  _ board: LinuxBoard, _ loaded: LoadedImage, _ options: Options,
  _ shared: SharedExchange.Reference
) throws(Ending) -> UnsafeMutablePointer<BoardLink>? {
  guard options.socket != nil || options.linkConsole != nil else { return nil }
  let transport = BoardTransport(
    sockets: try openSockets(options), console: try openConsole(options))
  var program = TextLine()
  program.add("perfusiond ")
  program.add(firmwareVersion)
  let identity = unsafe LinkIdentity(
    program: program.name, image: loaded.bytes,
    tickMicroseconds: UInt32(loaded.image.pointee.machine.tickMicroseconds))
  let memory = unsafe LinkMemory(
    over: permanentMemory(LinkMemory.size(clients: Companions.clients)),
    clients: Companions.clients)
  let link = UnsafeMutablePointer<BoardLink>.allocate(capacity: 1)
  unsafe link.initialize(
    to: BoardLink(
      board, server: LinkServer(transport: transport, memory: memory, identity: identity),
      shared: shared))
  unsafe recallAlarms(board, into: &link.pointee.server)
  return unsafe link
}

/// Gives the link the alarm log that outlived earlier starts.
private func recallAlarms(_ board: LinuxBoard, into server: inout LinkServer<BoardTransport>) {
  var board = board
  // The newest 256 records and more.
  let size = 32_768
  let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
  defer { unsafe bytes.deallocate() }
  unsafe bytes.initialize(repeating: 0, count: size)
  var room = unsafe MutableSpan<UInt8>(_unsafeStart: bytes, count: size)
  let count = board.recall(.alarmLog, into: &room)
  let history = UnsafeMutablePointer<AlarmHistory>.allocate(capacity: 1)
  unsafe history.initialize(to: AlarmHistory())
  defer { unsafe history.deallocate() }
  unsafe history.pointee.recall(Span(_unsafeStart: bytes, count: size), count: count)
  for age in stride(from: unsafe history.pointee.count - 1, through: 0, by: -1) {
    if let record = unsafe history.pointee.record(age) { server.recall(record) }
  }
  server.begin(
    start: unsafe history.pointee.start, civilTime: board.civilTime, at: board.now)
}

private func openSockets(_ options: Options) throws(Ending) -> SocketTransport {
  guard let path = options.socket else { return SocketTransport() }
  let readOnly = options.readOnlySocket ?? path.ending(in: ".ro")
  do throws(SocketError) {
    return try unsafe path.withCString { (control) throws(SocketError) in
      try unsafe readOnly.withCString { (readOnly) throws(SocketError) in
        guard let group = options.socketGroup else {
          return try unsafe SocketTransport(path: control, readOnlyPath: readOnly, group: "")
        }
        return try unsafe group.withCString { (group) throws(SocketError) in
          try unsafe SocketTransport(path: control, readOnlyPath: readOnly, group: group)
        }
      }
    }
  } catch {
    throw Ending(code: 1) {
      $0.add(path)
      $0.add(": the link cannot be served here: ")
      $0.addCause(error.number)
    }
  }
}

private func openConsole(_ options: Options) throws(Ending) -> ConsoleTransport {
  guard let path = options.linkConsole else { return ConsoleTransport() }
  do throws(SocketError) {
    return try unsafe path.withCString { (path) throws(SocketError) in
      try unsafe ConsoleTransport(path: path)
    }
  } catch {
    throw Ending(code: 1) {
      $0.add(path)
      $0.add(": the link cannot be served here: ")
      $0.addCause(error.number)
    }
  }
}
