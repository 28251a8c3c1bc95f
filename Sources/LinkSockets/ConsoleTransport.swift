internal import CLinux
public import Link

/// The link over one character device, for a board that is reached by a serial line or whose
/// machine is virtual: one client at a time, who may command.
///
/// A device knows no connections: a client is there as soon as it says something, and is gone when
/// the link ends the connection or the device reports an end.
public struct ConsoleTransport: LinkTransport, ~Copyable {
  private let device: Int32
  private var isTaken = false

  /// Serves nobody.
  public init() { device = -1 }

  /// Serves who speaks over the device at this path.
  ///
  /// - Throws: the error number of what failed.
  public init(path: UnsafePointer<CChar>) throws(SocketError) {
    let opened = unsafe pc_console_open(path)
    guard opened >= 0 else { throw SocketError(number: -opened) }
    device = opened
  }

  deinit { if device >= 0 { _ = pc_file_close(device) } }

  /// The connection over the device.
  func owns(_ connection: Int32) -> Bool { connection == device }

  /// Whoever speaks now, unless somebody is served already.
  public mutating func accept(_ door: LinkDoor) -> Int32? {
    guard device >= 0 && !isTaken && door == .control else { return nil }
    var item = pc_wait_item()
    item.descriptor = device
    item.wants_read = true
    _ = unsafe pc_wait(&item, 1, 0)
    guard item.is_readable else { return nil }
    isTaken = true
    return device
  }

  /// A device does not say who speaks: nobody (all ones).
  public mutating func peer(of connection: Int32) -> LinkPeer {
    LinkPeer(user: .max, group: .max, process: 0)
  }

  /// Receives what is there.
  public mutating func receive(
    from connection: Int32, into bytes: inout MutableSpan<UInt8>
  ) -> LinkReceipt {
    let count = unsafe bytes.withUnsafeMutableBufferPointer { buffer -> Int64 in
      guard let base = buffer.baseAddress else { return Int64(SocketTransport.again) }
      return unsafe pc_file_read(connection, base, UInt64(buffer.count))
    }
    if count > 0 { return .bytes(Int(count)) }
    return count == Int64(SocketTransport.again) ? .nothing : .ended
  }

  /// Sends what the device takes.
  public mutating func send(_ bytes: Span<UInt8>, to connection: Int32) -> Int {
    let count = unsafe bytes.withUnsafeBufferPointer { buffer -> Int64 in
      guard let base = buffer.baseAddress else { return 0 }
      return unsafe pc_file_write(connection, base, UInt64(buffer.count))
    }
    if count >= 0 { return Int(count) }
    return count == Int64(SocketTransport.again) ? 0 : -1
  }

  /// Ends the conversation; the device stays open for the next client.
  public mutating func close(_ connection: Int32) { isTaken = false }
}
