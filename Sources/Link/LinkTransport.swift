/// Who is at the other end of a connection, as the kernel says (SO_PEERCRED).
public struct LinkPeer: BitwiseCopyable, Equatable, Sendable {
  /// User number.
  public var user: UInt32
  /// Group number.
  public var group: UInt32
  /// Process number.
  public var process: UInt32
  /// Makes a peer.
  public init(user: UInt32, group: UInt32, process: UInt32) {
    self.user = user
    self.group = group
    self.process = process
  }
}

/// The sockets of the link; the door decides what a client may do.
public enum LinkDoor: UInt8, BitwiseCopyable, Sendable {
  /// Commands are taken.
  case control
  /// Commands are refused.
  case readOnly
}

/// What came of asking a connection for bytes.
public enum LinkReceipt: BitwiseCopyable, Equatable, Sendable {
  /// So many bytes, at least one.
  case bytes(Int)
  /// Nothing is there now.
  case nothing
  /// The other side has gone.
  case ended
}

/// What the link needs of the machine: connections that never block.
public protocol LinkTransport: ~Copyable {
  /// Takes a connection that waits at a door, nothing when none does.
  mutating func accept(_ door: LinkDoor) -> Int32?
  /// Who is at the other end.
  mutating func peer(of connection: Int32) -> LinkPeer
  /// Receives what is there, at most the room given.
  mutating func receive(from connection: Int32, into bytes: inout MutableSpan<UInt8>) -> LinkReceipt
  /// Sends what the connection takes now: how many bytes, -1 when the other side has gone.
  mutating func send(_ bytes: Span<UInt8>, to connection: Int32) -> Int
  /// Ends a connection.
  mutating func close(_ connection: Int32)
}
