import CLinux
import Testing

/// A path in a directory of its own, removed by whoever asked for it.
struct Place: ~Copyable {
  let path: String
  init(_ name: String) {
    path = "/tmp/perfusion-\(pc_process_number())-\(name)"
    _ = unsafe pc_file_remove(path)
  }
  deinit { _ = unsafe pc_file_remove(path) }
}

@Suite("Unix sockets")
struct SocketTests {
  @Test("a client connects, is known by its process, and both sides hear each other")
  func conversation() throws {
    let place = Place("conversation")
    let listener = unsafe pc_socket_listen(place.path, 0o660, "")
    try #require(listener >= 0)
    defer { pc_file_close(listener) }
    let client = unsafe pc_socket_connect(place.path)
    try #require(client >= 0)
    defer { pc_file_close(client) }
    let connection = pc_socket_accept(listener)
    try #require(connection >= 0)
    defer { pc_file_close(connection) }

    var peer = pc_peer()
    #expect(unsafe pc_socket_peer(connection, &peer) == 0)
    #expect(peer.process == pc_process_number())

    var bytes: [UInt8] = [0, 0, 0, 0]
    #expect(unsafe pc_socket_receive(connection, &bytes, 4) == -11, "nothing there: EAGAIN")
    #expect(unsafe pc_socket_send(client, [7, 8, 9], 3) == 3)
    #expect(unsafe pc_socket_receive(connection, &bytes, 4) == 3)
    #expect(bytes == [7, 8, 9, 0])
  }

  @Test("a closed peer ends a connection without a signal")
  func closedPeer() throws {
    let place = Place("closed")
    let listener = unsafe pc_socket_listen(place.path, 0o660, "")
    try #require(listener >= 0)
    defer { pc_file_close(listener) }
    let client = unsafe pc_socket_connect(place.path)
    let connection = pc_socket_accept(listener)
    pc_file_close(client)
    defer { pc_file_close(connection) }
    var byte: [UInt8] = [0]
    #expect(unsafe pc_socket_receive(connection, &byte, 1) == 0)
    #expect(unsafe pc_socket_send(connection, [1], 1) == -32, "EPIPE, not SIGPIPE")
  }

  @Test("a socket left behind is replaced, a live one and a file are not")
  func leftBehind() throws {
    let place = Place("left")
    let first = unsafe pc_socket_listen(place.path, 0o660, "")
    try #require(first >= 0)
    #expect(unsafe pc_socket_listen(place.path, 0o660, "") == -98, "EADDRINUSE")
    pc_file_close(first)
    let second = unsafe pc_socket_listen(place.path, 0o660, "")
    #expect(second >= 0)
    pc_file_close(second)

    let file = Place("file")
    let opened = unsafe pc_file_open(file.path, Int32(PC_FILE_CREATE), 0o600)
    pc_file_close(opened)
    #expect(unsafe pc_socket_listen(file.path, 0o660, "") == -98)
  }

  @Test("a group that does not exist and a path that is too long are told apart")
  func mistakes() {
    let place = Place("group")
    #expect(unsafe pc_socket_listen(place.path, 0o660, "no-such-group") == -2, "ENOENT")
    let long = "/tmp/" + String(repeating: "x", count: 120)
    #expect(unsafe pc_socket_listen(long, 0o660, "") == -36, "ENAMETOOLONG")
    #expect(unsafe pc_socket_connect(place.path) < 0)
  }
}
