internal import LinkMessages

/// Bytes that wait to be sent: whole messages go in, any number of bytes goes out.
///
/// The memory is the owner's and outlives the queue.
@safe struct ByteQueue {
  private let bytes: UnsafeMutableBufferPointer<UInt8>
  private var first = 0
  /// How many bytes wait.
  private(set) var count = 0

  init(over bytes: UnsafeMutableBufferPointer<UInt8>) { unsafe self.bytes = unsafe bytes }

  var capacity: Int { unsafe bytes.count }
  var isEmpty: Bool { count == 0 }

  mutating func removeAll() {
    first = 0
    count = 0
  }

  /// Puts a message in with its length before it; false when there is no room for all of it.
  mutating func put(_ message: Span<UInt8>) -> Bool {
    let prefix = LengthPrefix(message.count)
    guard count + prefix.count + message.count <= capacity else { return false }
    for index in 0..<prefix.count { append(prefix[index]) }
    for index in 0..<message.count { append(message[index]) }
    return true
  }

  private mutating func append(_ byte: UInt8) {
    var place = first + count
    if place >= capacity { place -= capacity }
    unsafe bytes[place] = byte
    count += 1
  }

  /// Lets `send` take bytes from the front, once; it says how many it took, -1 for a broken
  /// connection, which is passed on.
  mutating func sendSome(_ send: (Span<UInt8>) -> Int) -> Int {
    let length = min(count, capacity - first)
    guard length > 0 else { return 0 }
    let all = unsafe Span<UInt8>(_unsafeElements: UnsafeBufferPointer(bytes))
    let taken = send(all.extracting(first..<first + length))
    guard taken > 0 else { return taken }
    let dropped = min(taken, length)
    first += dropped
    if first == capacity { first = 0 }
    count -= dropped
    if count == 0 { first = 0 }
    return dropped
  }
}
