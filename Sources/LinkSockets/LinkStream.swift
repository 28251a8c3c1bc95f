#if !hasFeature(Embedded)
  internal import CLinux

  /// The bytes of a link, sent and received without waiting: for whoever has a clock to keep.
  public final class LinkStream {
    /// The other side has ended the connection.
    public private(set) var hasEnded = false
    private let connection: Int32
    private let isDevice: Bool
    private var unsent: [UInt8] = []

    /// Connects to a socket.
    ///
    /// - Throws: the error number of what failed.
    public init(path: String) throws(SocketError) {
      let opened = unsafe path.withCString { unsafe pc_socket_connect($0) }
      guard opened >= 0 else { throw SocketError(number: -opened) }
      connection = opened
      isDevice = false
      _ = pc_socket_set_blocking(opened, 0)
    }

    /// Opens a character device that carries a link.
    ///
    /// - Throws: the error number of what failed.
    public init(device: String) throws(SocketError) {
      let opened = unsafe device.withCString { unsafe pc_console_open($0) }
      guard opened >= 0 else { throw SocketError(number: -opened) }
      connection = opened
      isDevice = true
    }

    deinit { _ = pc_file_close(connection) }

    /// Sends what the socket takes now, and the rest with the next call.
    public func send(_ bytes: [UInt8]) {
      unsent += bytes
      while !unsent.isEmpty, !hasEnded {
        let count = unsafe unsent.withUnsafeBufferPointer { buffer -> Int64 in
          guard let base = buffer.baseAddress else { return 0 }
          let send = isDevice ? unsafe pc_file_write : unsafe pc_socket_send
          return unsafe send(connection, base, UInt64(buffer.count))
        }
        if count == Int64(SocketTransport.again) { return }
        guard count > 0 else {
          hasEnded = true
          return
        }
        unsent.removeFirst(Int(count))
      }
    }

    /// Everything that has come.
    public func receive() -> [UInt8] {
      var bytes: [UInt8] = []
      var room = [UInt8](repeating: 0, count: 65_536)
      while !hasEnded {
        let count = unsafe room.withUnsafeMutableBufferPointer { buffer -> Int64 in
          guard let base = buffer.baseAddress else { return 0 }
          let receive = isDevice ? unsafe pc_file_read : unsafe pc_socket_receive
          return unsafe receive(connection, base, UInt64(buffer.count))
        }
        if count == Int64(SocketTransport.again) { return bytes }
        guard count > 0 else {
          hasEnded = true
          return bytes
        }
        bytes += room.prefix(Int(count))
      }
      return bytes
    }
  }
#endif
