public import Link

/// All ways to the link of a board: its sockets, and a console.
public struct BoardTransport: LinkTransport, ~Copyable {
  private var sockets: SocketTransport
  private var console: ConsoleTransport

  /// Both at once.
  public init(sockets: consuming SocketTransport, console: consuming ConsoleTransport) {
    self.sockets = sockets
    self.console = console
  }

  /// Takes a connection from the console first.
  public mutating func accept(_ door: LinkDoor) -> Int32? {
    if let connection = console.accept(door) { return connection }
    return sockets.accept(door)
  }

  /// Who is at the other end.
  public mutating func peer(of connection: Int32) -> LinkPeer {
    console.owns(connection) ? console.peer(of: connection) : sockets.peer(of: connection)
  }

  /// Receives what is there.
  public mutating func receive(
    from connection: Int32, into bytes: inout MutableSpan<UInt8>
  ) -> LinkReceipt {
    guard console.owns(connection) else { return sockets.receive(from: connection, into: &bytes) }
    return console.receive(from: connection, into: &bytes)
  }

  /// Sends what the connection takes.
  public mutating func send(_ bytes: Span<UInt8>, to connection: Int32) -> Int {
    guard console.owns(connection) else { return sockets.send(bytes, to: connection) }
    return console.send(bytes, to: connection)
  }

  /// Ends a connection.
  public mutating func close(_ connection: Int32) {
    if console.owns(connection) { console.close(connection) } else { sockets.close(connection) }
  }
}
