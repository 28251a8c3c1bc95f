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
  private let shared: SharedExchange.Reference
  private let missesRecorder: Bool

  /// Clients of the link that can be served at one time.
  static var clients: Int { 32 }

  /// Takes what was opened, and the memory that link and black box need; nothing runs yet.
  init(
    _ process: borrowing FirmwareProcess<LinuxBoard>, board: LinuxBoard, _ loaded: LoadedImage,
    _ options: Options, _ doors: inout Doors
  ) {
    let shared = process.shared
    self.shared = shared
    var link: UnsafeMutablePointer<BoardLink>?
    if let transport = doors.transport.take() {
      unsafe link = makeLink(over: transport, board, loaded, shared)
    }
    var box: BoardBlackBox?
    if let storage = doors.storage.take() {
      box = makeBlackBox(in: storage, board, loaded, options, shared)
    }
    unsafe self.link = unsafe link
    unsafe record = box?.record
    unsafe recorder = box?.recorder
    threads = ThreadList()
    if let record = unsafe record {
      process.readStart { material in unsafe record.pointee.begin(with: material) }
    }
    let (hasLink, hasRecorder) = unsafe (link != nil, recorder != nil)
    let (missesLink, missesRecorder) = (doors.isLinkMissing, doors.isRecorderMissing)
    self.missesRecorder = missesRecorder
    shared.exchange {
      $0.leaveOut(link: !hasLink, recorder: !hasRecorder)
      $0.miss(link: missesLink, recorder: missesRecorder)
    }
  }

  /// Starts what there is. What cannot be started ends a cold start; where somebody may depend on the flow
  /// that is said, and the machine runs without.
  mutating func start(isSupporting: Bool) throws(Ending) {
    var (hasLink, hasRecorder) = unsafe (link != nil, record != nil && recorder != nil)
    let (wantsLink, wantsRecorder) = (hasLink, hasRecorder)
    let plain = ThreadSchedule(priority: 0, processor: -1)
    do throws(SystemError) {
      if let link = unsafe link {
        try unsafe threads.start(CompanionBodies.link, link, plain, name: "link")
      }
    } catch {
      try refuse(Ending(thread: error), isSupporting)
      hasLink = false
    }
    do throws(SystemError) {
      if let record = unsafe record, let recorder = unsafe recorder {
        // The writer first: alone it waits, whereas the encoder alone would fill its ring.
        try unsafe threads.start(CompanionBodies.recorder, recorder, plain, name: "recorder")
        try unsafe threads.start(CompanionBodies.record, record, plain, name: "record")
      }
    } catch {
      try refuse(Ending(thread: error), isSupporting)
      hasRecorder = false
      shared.exchange { $0.completeRecording() }
    }
    let (lostLink, lostRecorder) = (wantsLink && !hasLink, wantsRecorder && !hasRecorder)
    guard lostLink || lostRecorder else { return }
    let missesRecorder = missesRecorder || lostRecorder
    shared.exchange {
      $0.leaveOut(link: !hasLink, recorder: !hasRecorder)
      $0.miss(link: lostLink, recorder: missesRecorder)
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

/// The link over its ways.
private func makeLink(
  over transport: consuming BoardTransport, _ board: LinuxBoard, _ loaded: LoadedImage,
  _ shared: SharedExchange.Reference
) -> UnsafeMutablePointer<BoardLink> {
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
