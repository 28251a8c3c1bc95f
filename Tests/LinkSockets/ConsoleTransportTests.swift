import CLinux
import Foundation
import Link
import LinkSockets
import Testing

/// A serial line: the end that the client holds.
private struct SerialLine: ~Copyable {
  let client: Int32
  let path: String

  init() throws {
    client = unsafe pc_console_open("/dev/ptmx")
    var locked: Int32 = 0
    var number: UInt32 = 0
    // What unlockpt and ptsname do.
    let isUnlocked = unsafe ioctl(client, UInt(0x4004_5431), &locked) == 0
    let isNamed = unsafe ioctl(client, UInt(0x8004_5430), &number) == 0
    try #require(client >= 0 && isUnlocked && isNamed)
    path = "/dev/pts/\(number)"
    // Reads that find nothing must not wait for ever.
    _ = pc_socket_set_blocking(client, 0)
  }

  deinit { _ = pc_file_close(client) }

  func say(_ bytes: [UInt8]) { _ = unsafe pc_file_write_all(client, bytes, UInt64(bytes.count)) }

  /// What has come, at most 16 bytes.
  func hear() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 16)
    let count = unsafe pc_file_read(client, &bytes, 16)
    return Array(bytes.prefix(max(0, Int(count))))
  }
}

@Suite("The link over a serial line")
struct ConsoleTransportTests {
  @Test("a client is there when it speaks, and may command; nobody else gets in meanwhile")
  func conversation() throws {
    let line = try SerialLine()
    var console = try unsafe ConsoleTransport(path: line.path)
    let silent = console.accept(.control)
    #expect(silent == nil, "nobody has spoken")
    line.say([10, 3, 255, 0, 13])
    let looking = console.accept(.readOnly)
    #expect(looking == nil, "who speaks over the line may command")
    let accepted = console.accept(.control)
    let connection = try #require(accepted)
    let second = console.accept(.control)
    #expect(second == nil, "one at a time")
    let peer = console.peer(of: connection)
    #expect(peer.user == .max, "a line does not say who speaks")

    let heard = try receive(&console, connection)
    #expect(heard == [10, 3, 255, 0, 13], "not a byte is changed")
    let rest = try receive(&console, connection)
    #expect(rest.isEmpty, "nothing more is there")
    let answer: [UInt8] = [3, 10, 4, 127]
    let sent = console.send(answer.span, to: connection)
    #expect(sent == 4 && line.hear() == answer)

    console.close(connection)
    line.say([1])
    let next = console.accept(.control)
    #expect(next == connection, "the next client, over the same device")
  }

  @Test("a line that hangs up ends its client")
  func hangUp() throws {
    var console: ConsoleTransport
    var connection: Int32 = -1
    do {
      let line = try SerialLine()
      console = try unsafe ConsoleTransport(path: line.path)
      line.say([1])
      let accepted = console.accept(.control)
      connection = try #require(accepted)
      let heard = try receive(&console, connection)
      #expect(heard == [1])
    }
    var bytes = [UInt8](repeating: 0, count: 4)
    var room = bytes.mutableSpan
    let receipt = console.receive(from: connection, into: &room)
    #expect(receipt == .ended)
  }

  @Test("a device that is not there is an error with its number")
  func missing() {
    #expect(throws: SocketError(number: 2)) {
      _ = try unsafe ConsoleTransport(path: "/dev/no-such-line")
    }
  }

  private func receive(
    _ console: inout ConsoleTransport, _ connection: Int32
  ) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 16)
    var room = bytes.mutableSpan
    switch console.receive(from: connection, into: &room) {
    case .bytes(let count): return Array(bytes.prefix(count))
    case .nothing: return []
    case .ended:
      Issue.record("the line hung up")
      return []
    }
  }
}
