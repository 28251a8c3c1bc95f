/// One buffer of a request.
struct RingBuffer {
  /// Where it lies in the guest.
  var address: UInt64
  /// Its length in bytes.
  var length: Int
  /// We write it, the guest reads it.
  var isForDevice: Bool
}

/// A request of the guest: a chain of buffers.
struct RingRequest {
  /// Index of its first descriptor; names the request when it is completed.
  var head: UInt16
  /// Buffers in order.
  var buffers: [RingBuffer]
}

/// A split virtqueue in the guest's memory.
final class Virtqueue {
  var size = 0
  var descriptors: UInt64 = 0
  var available: UInt64 = 0
  var used: UInt64 = 0
  /// The next available entry that we have not taken.
  var next: UInt16 = 0
  private let memory: GuestMemory

  init(memory: GuestMemory) { self.memory = memory }

  /// Takes the next request; nothing when the guest has put none.
  func take() throws(VhostError) -> RingRequest? {
    guard size > 0 else { return nil }
    let ring = unsafe try memory.user(available, count: 4 + 2 * size)
    let produced = unsafe ring.loadUnaligned(fromByteOffset: 2, as: UInt16.self)
    guard produced != next else { return nil }
    let head = unsafe ring.loadUnaligned(
      fromByteOffset: 4 + 2 * (Int(next) % size), as: UInt16.self)
    next &+= 1
    return RingRequest(head: head, buffers: try chain(from: head))
  }

  private func chain(from head: UInt16) throws(VhostError) -> [RingBuffer] {
    let table = unsafe try memory.user(descriptors, count: 16 * size)
    var buffers: [RingBuffer] = []
    var index = Int(head)
    while buffers.count < size {
      guard index < size else { throw .protocolViolation("a descriptor out of its table") }
      let at = 16 * index
      let flags = unsafe table.loadUnaligned(fromByteOffset: at + 12, as: UInt16.self)
      buffers.append(
        RingBuffer(
          address: unsafe table.loadUnaligned(fromByteOffset: at, as: UInt64.self),
          length: Int(unsafe table.loadUnaligned(fromByteOffset: at + 8, as: UInt32.self)),
          isForDevice: flags & 2 != 0))
      guard flags & 1 != 0 else { return buffers }
      index = Int(unsafe table.loadUnaligned(fromByteOffset: at + 14, as: UInt16.self))
    }
    throw .protocolViolation("a chain of descriptors without an end")
  }

  /// Gives a request back with this many bytes written.
  func complete(_ request: RingRequest, written: Int) throws(VhostError) {
    let ring = unsafe try memory.user(used, count: 4 + 8 * size)
    let count = unsafe ring.loadUnaligned(fromByteOffset: 2, as: UInt16.self)
    let at = 4 + 8 * (Int(count) % size)
    unsafe ring.storeBytes(of: UInt32(request.head), toByteOffset: at, as: UInt32.self)
    unsafe ring.storeBytes(of: UInt32(written), toByteOffset: at + 4, as: UInt32.self)
    unsafe ring.storeBytes(of: count &+ 1, toByteOffset: 2, as: UInt16.self)
  }

  /// The bytes of a buffer.
  func bytes(_ buffer: RingBuffer) throws(VhostError) -> [UInt8] {
    let place = unsafe try memory.guest(buffer.address, count: buffer.length)
    return unsafe Array(UnsafeRawBufferPointer(start: place, count: buffer.length))
  }

  /// Fills a buffer from its beginning, as far as it reaches.
  func fill(_ buffer: RingBuffer, _ bytes: [UInt8]) throws(VhostError) {
    let count = min(bytes.count, buffer.length)
    let place = unsafe try memory.guest(buffer.address, count: count)
    for index in 0..<count {
      unsafe place.storeBytes(of: bytes[index], toByteOffset: index, as: UInt8.self)
    }
  }
}
