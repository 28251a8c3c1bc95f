import Foundation
import Link
import LinkSockets
import TestSupport
import Testing

@Suite("The link of a board on a bench is read and written without waiting")
struct LinkStreamTests {
  private static func path(_ name: String) -> String {
    NSTemporaryDirectory() + "bench-\(name)-\(ProcessInfo.processInfo.processIdentifier).sock"
  }

  /// A server's end that takes one connection; what a stream sends arrives there.
  private static func receive(
    _ transport: inout SocketTransport, _ connection: Int32
  ) -> [UInt8] {
    var room = [UInt8](repeating: 0, count: 64)
    var span = room.mutableSpan
    guard case .bytes(let count) = transport.receive(from: connection, into: &span) else {
      return []
    }
    return Array(room.prefix(count))
  }

  @Test("Bytes pass both ways, and the end of the other side is noticed")
  func bothWays() throws {
    let path = Self.path("both")
    var transport = try SocketTransport(path: path)
    defer { for name in [path, path + ".ro"] { _ = unsafe unlink(name) } }
    let stream = try LinkStream(path: path)
    let accepted = transport.accept(.control)
    let connection = try #require(accepted)
    #expect(stream.receive() == [])
    stream.send([1, 2, 3])
    let received = Self.receive(&transport, connection)
    #expect(received == [1, 2, 3])
    let answer: [UInt8] = [4, 5]
    let sent = transport.send(answer.span, to: connection)
    #expect(sent == 2)
    #expect(stream.receive() == [4, 5])
    #expect(!stream.hasEnded)
    transport.close(connection)
    #expect(stream.receive() == [])
    #expect(stream.hasEnded)
  }

  @Test("Nobody at the socket is told by its error number")
  func nobody() {
    #expect(throws: SocketError.self) { _ = try LinkStream(path: Self.path("nobody")) }
  }
}
