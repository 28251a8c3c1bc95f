internal import CLinux
public import Link

/// The link over Unix sockets: a door for commands and one that only shows.
public struct SocketTransport: LinkTransport, ~Copyable {
  private let control: Int32
  private let readOnly: Int32

  /// Listens at two paths.
  ///
  /// - Parameters:
  ///   - path: socket that takes commands; mode 0660.
  ///   - readOnlyPath: socket that refuses them; same mode.
  ///   - group: group of both, empty for the process's own.
  /// - Throws: the negative error number of what failed.
  public init(
    path: UnsafePointer<CChar>, readOnlyPath: UnsafePointer<CChar>, group: UnsafePointer<CChar>
  ) throws(SocketError) {
    try self.init(
      control: unsafe pc_socket_listen(path, 0o660, group),
      readOnly: unsafe pc_socket_listen(readOnlyPath, 0o660, group))
  }

  /// No sockets: nobody comes.
  public init() {
    control = -1
    readOnly = -1
  }

  /// Takes over two sockets that listen; negative numbers are the errors of those that do not.
  private init(control first: Int32, readOnly second: Int32) throws(SocketError) {
    guard first >= 0, second >= 0 else {
      if first >= 0 { _ = pc_file_close(first) }
      if second >= 0 { _ = pc_file_close(second) }
      throw SocketError(number: first < 0 ? -first : -second)
    }
    control = first
    readOnly = second
  }

  #if !hasFeature(Embedded)
    /// Listens at a path, and at `PATH.ro` for who only looks.
    public init(path: String, group: String = "") throws(SocketError) {
      try self.init(
        control: unsafe pc_socket_listen(path, 0o660, group),
        readOnly: unsafe pc_socket_listen(path + ".ro", 0o660, group))
    }
  #endif

  deinit {
    if control >= 0 { _ = pc_file_close(control) }
    if readOnly >= 0 { _ = pc_file_close(readOnly) }
  }

  /// Takes a connection that waits at a door.
  public mutating func accept(_ door: LinkDoor) -> Int32? {
    let listener = door == .control ? control : readOnly
    guard listener >= 0 else { return nil }
    let connection = pc_socket_accept(listener)
    return connection >= 0 ? connection : nil
  }

  /// Who is at the other end; nobody (all ones) when the kernel does not say.
  public mutating func peer(of connection: Int32) -> LinkPeer {
    var peer = pc_peer()
    guard unsafe pc_socket_peer(connection, &peer) == 0 else {
      return LinkPeer(user: .max, group: .max, process: 0)
    }
    return LinkPeer(user: peer.user, group: peer.group, process: UInt32(clamping: peer.process))
  }

  /// Receives what is there.
  public mutating func receive(
    from connection: Int32, into bytes: inout MutableSpan<UInt8>
  ) -> LinkReceipt {
    let count = unsafe bytes.withUnsafeMutableBufferPointer { buffer -> Int64 in
      guard let base = buffer.baseAddress else { return Int64(Self.again) }
      return unsafe pc_socket_receive(connection, base, UInt64(buffer.count))
    }
    if count > 0 { return .bytes(Int(count)) }
    return count == Int64(Self.again) ? .nothing : .ended
  }

  /// Sends what the connection takes.
  public mutating func send(_ bytes: Span<UInt8>, to connection: Int32) -> Int {
    let count = unsafe bytes.withUnsafeBufferPointer { buffer -> Int64 in
      guard let base = buffer.baseAddress else { return 0 }
      return unsafe pc_socket_send(connection, base, UInt64(buffer.count))
    }
    if count >= 0 { return Int(count) }
    return count == Int64(Self.again) ? 0 : -1
  }

  /// Ends a connection.
  public mutating func close(_ connection: Int32) { _ = pc_file_close(connection) }

  /// -EAGAIN, the same number on every Linux.
  static var again: Int32 { -11 }
}

/// Why a socket could not be opened.
public struct SocketError: Error, Equatable, Sendable {
  /// The error number of the system.
  public var number: Int32
  /// Makes an error.
  public init(number: Int32) { self.number = number }
}
