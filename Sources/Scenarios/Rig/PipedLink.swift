import BoardFiles
import ChipDrivers
import Firmware
import Link
import LinkMessages
import PerfusionCore

/// The link of a firmware in this process, with one client in this process.
final class PipedLink {
  private(set) var pipe: BytePipe
  var server: LinkServer<PipeTransport>
  private let room: LinkRoom
  private let tickMicroseconds: Int32

  init(_ board: BoardDescription) {
    let image: [UInt8]
    do { image = try board.image().encoded() } catch { image = [] }
    room = LinkRoom(image: image, clients: 1)
    tickMicroseconds = board.machine.tickMicroseconds
    pipe = BytePipe()
    server = Self.server(over: pipe, room, tickMicroseconds)
  }

  /// Another firmware answers: nobody is connected.
  func startOver() {
    pipe = BytePipe()
    server = Self.server(over: pipe, room, tickMicroseconds)
  }

  private static func server(
    over pipe: BytePipe, _ room: LinkRoom, _ tickMicroseconds: Int32
  ) -> LinkServer<PipeTransport> {
    room.server(
      over: PipeTransport(pipe), program: Identifier("perfusion hil"),
      tickMicroseconds: tickMicroseconds)
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
