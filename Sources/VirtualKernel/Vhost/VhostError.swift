import CVhostUser

/// Why the virtual kernel's side of a conversation ended.
public enum VhostError: Error, Sendable, Equatable {
  /// The guest closed its end: it has powered off or died.
  case closed
  /// The guest has said nothing for a minute: it hangs, or waits for answers that only a kernel waits
  /// for that HIL/virtual-kernel/build has not built.
  case silent
  /// A call of the host's system failed with this error number.
  case system(call: String, code: Int32)
  /// The guest sent what the protocol does not allow.
  case protocolViolation(String)

  /// What happened, in words.
  public var reason: String {
    switch self {
    case .closed: "the guest closed the connection"
    case .silent:
      "the guest has said nothing for a minute; use the kernel of HIL/virtual-kernel/build"
    case .system(let call, let code): "\(call) failed with error \(code)"
    case .protocolViolation(let what): "the guest broke the vhost-user protocol: \(what)"
    }
  }

  /// The error behind a negative result of a shim; `-ECONNRESET` means that the guest has gone.
  static func from(_ result: Int32, _ call: String) -> VhostError {
    switch result {
    case -104, -32: .closed
    case -110: .silent
    default: .system(call: call, code: -result)
    }
  }
}

/// A connected socket: whole messages in and out.
struct Connection {
  let descriptor: Int32

  func read(_ count: Int) throws(VhostError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    if count == 0 { return bytes }
    let result = unsafe bytes.withUnsafeMutableBytes {
      unsafe pc_vhost_read(descriptor, $0.baseAddress, UInt32(count))
    }
    guard result >= 0 else { throw .from(result, "read") }
    return bytes
  }

  /// Appends the bytes that are there, 256 at most: how many. Waits for the first where that is asked.
  @discardableResult
  func readMore(into bytes: inout [UInt8], waits: Bool) throws(VhostError) -> Int {
    let old = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: 256))
    let result = unsafe bytes.withUnsafeMutableBytes {
      unsafe pc_vhost_read_some(descriptor, $0.baseAddress.map { unsafe $0 + old }, 256, waits)
    }
    bytes.removeLast(256 - Int(max(result, 0)))
    guard result >= 0 else { throw .from(result, "recv") }
    return Int(result)
  }

  /// Reads bytes and the descriptors that come with them.
  func readWithDescriptors(_ count: Int) throws(VhostError) -> (
    bytes: [UInt8], descriptors: [Int32]
  ) {
    var bytes = [UInt8](repeating: 0, count: count)
    var descriptors = [Int32](repeating: -1, count: 8)
    var number: UInt32 = 8
    let result = unsafe bytes.withUnsafeMutableBytes { space in
      unsafe descriptors.withUnsafeMutableBufferPointer { places in
        unsafe pc_vhost_read_with_descriptors(
          descriptor, space.baseAddress, UInt32(count), places.baseAddress, &number)
      }
    }
    guard result >= 0 else { throw .from(result, "recvmsg") }
    return (bytes, Array(descriptors.prefix(Int(number))))
  }

  func write(_ bytes: [UInt8]) throws(VhostError) {
    let result = unsafe bytes.withUnsafeBytes {
      unsafe pc_vhost_write(descriptor, $0.baseAddress, UInt32($0.count))
    }
    guard result >= 0 else { throw .from(result, "send") }
  }
}
