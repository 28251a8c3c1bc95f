import BoardFiles
import ChipDrivers
import Firmware
import Link
import LinkMessages
import PerfusionCore
import VirtualBoard

/// The link of the firmware in this process, with one client in this process: the same server and
/// the same messages as over a socket.
final class OperatorLink {
  private let pipe = BytePipe()
  private let conversation = LinkConversation()
  private var server: LinkServer<PipeTransport>
  private var record = TickRecord()
  /// Commands are on their way: the firmware is asked for answers.
  private var isBusy = true

  init(_ board: BoardDescription) {
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: LinkMemory.size(clients: 1), alignment: 16)
    let image: [UInt8]
    do { image = try board.image().encoded() } catch { image = [] }
    let kept = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: image.count)
    _ = unsafe kept.initialize(from: image)
    server = unsafe LinkServer(
      transport: PipeTransport(pipe), memory: LinkMemory(over: memory, clients: 1),
      identity: LinkIdentity(
        program: Identifier("perfusion hil"), image: UnsafeBufferPointer(kept),
        tickMicroseconds: UInt32(board.machine.tickMicroseconds)))
    pipe.toServer = conversation.greeting(frameTicks: 0, events: false)
  }

  var trouble: String? { conversation.trouble }

  /// Sends a command; false while the firmware has eight to answer.
  func send(_ command: OperatorCommand) -> Bool {
    guard conversation.openCommands < 8 else { return false }
    pipe.toServer += conversation.bytes(of: command)
    isBusy = true
    return true
  }

  /// What has come over the link reaches the firmware before its tick.
  func serve(_ rig: InProcessRig) {
    guard isBusy, rig.virtual.firmwareIsRunning else { return }
    server.serve(now: rig.now.microseconds) { rig.virtual.submit($0) }
    deliver()
  }

  /// What the tick answered reaches the client.
  func take(_ rig: InProcessRig) {
    guard isBusy, rig.hasEvents || !pipe.toServer.isEmpty || conversation.openCommands == 0 else {
      return
    }
    record.tick = rig.status.tick
    record.at = rig.now
    record.events = rig.virtual.events
    server.take(record, now: rig.now.microseconds)
    server.serve(now: rig.now.microseconds) { rig.virtual.submit($0) }
    deliver()
    isBusy = conversation.openCommands > 0 || !pipe.toServer.isEmpty
  }

  private func deliver() {
    guard !pipe.toClient.isEmpty else { return }
    let bytes = pipe.toClient
    pipe.toClient = []
    conversation.take(bytes)
  }

  /// Events with the scenario's own numbers.
  func translated(_ events: EventList) -> EventList {
    var list = EventList()
    for index in events.indices { list.append(conversation.translated(events[index])) }
    return list
  }
}

/// Two byte streams, one in each direction.
final class BytePipe {
  var toServer: [UInt8] = []
  var toClient: [UInt8] = []
  var isOpen = false
}

/// One connection that is there from the beginning.
struct PipeTransport: LinkTransport {
  private let pipe: BytePipe

  init(_ pipe: BytePipe) { self.pipe = pipe }

  mutating func accept(_ door: LinkDoor) -> Int32? {
    guard door == .control, !pipe.isOpen else { return nil }
    pipe.isOpen = true
    return 0
  }
  mutating func peer(of connection: Int32) -> LinkPeer { LinkPeer(user: 0, group: 0, process: 0) }

  mutating func receive(
    from connection: Int32, into bytes: inout MutableSpan<UInt8>
  ) -> LinkReceipt {
    let count = min(bytes.count, pipe.toServer.count)
    guard count > 0 else { return .nothing }
    for index in 0..<count { bytes[index] = pipe.toServer[index] }
    pipe.toServer.removeFirst(count)
    return .bytes(count)
  }

  mutating func send(_ bytes: Span<UInt8>, to connection: Int32) -> Int {
    for index in bytes.indices { pipe.toClient.append(bytes[index]) }
    return bytes.count
  }

  mutating func close(_ connection: Int32) { pipe.isOpen = false }
}
