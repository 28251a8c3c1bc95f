import Link
import LinkMessages

/// Connections in memory: what clients sent and what they have not read yet.
final class FakeNetwork {
  struct Connection {
    var toServer: [UInt8] = []
    var toClient: [UInt8] = []
    /// Bytes that the connection takes before the client reads.
    var window = 8192
    var isClosedByClient = false
    var isClosedByServer = false
  }
  var connections: [Int32: Connection] = [:]
  var waiting: [LinkDoor: [Int32]] = [:]
  private var next: Int32 = 3

  func open(_ door: LinkDoor, window: Int = 8192) -> Int32 {
    next += 1
    connections[next] = Connection(window: window)
    waiting[door, default: []].append(next)
    return next
  }
}

/// The link's end of the fake network.
struct FakeTransport: LinkTransport {
  let network: FakeNetwork

  mutating func accept(_ door: LinkDoor) -> Int32? {
    guard var list = network.waiting[door], !list.isEmpty else { return nil }
    let first = list.removeFirst()
    network.waiting[door] = list
    return first
  }

  mutating func peer(of connection: Int32) -> LinkPeer {
    LinkPeer(user: 1000, group: 100, process: UInt32(connection))
  }

  mutating func receive(
    from connection: Int32, into bytes: inout MutableSpan<UInt8>
  ) -> LinkReceipt {
    guard let held = network.connections[connection] else { return .ended }
    guard !held.toServer.isEmpty else { return held.isClosedByClient ? .ended : .nothing }
    let count = min(bytes.count, held.toServer.count)
    for index in 0..<count { bytes[index] = held.toServer[index] }
    network.connections[connection]?.toServer.removeFirst(count)
    return .bytes(count)
  }

  mutating func send(_ bytes: Span<UInt8>, to connection: Int32) -> Int {
    guard let held = network.connections[connection], !held.isClosedByClient else { return -1 }
    let count = min(bytes.count, held.window - held.toClient.count)
    for index in 0..<max(0, count) {
      network.connections[connection]?.toClient.append(bytes[index])
    }
    return max(0, count)
  }

  mutating func close(_ connection: Int32) {
    network.connections[connection]?.isClosedByServer = true
  }
}
