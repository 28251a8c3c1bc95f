internal import LinkMessages
internal import PerfusionCore

/// What kind of message waits, which decides what happens when there is no room for it.
enum LinkPost {
  /// Samples: the first to be lost.
  case frame
  /// An event: lost only when the queue is full.
  case event
  /// An alarm: lost only when the queue is full.
  case alarm
  /// An answer or a document: the connection ends when it finds no room.
  case reply
}

extension LinkServer where Transport: ~Copyable {
  /// Writes a message and puts it into a client's queue; false when there was no room.
  @discardableResult
  mutating func post(
    _ index: Int, _ post: LinkPost,
    _ write: (inout MutableSpan<UInt8>) throws(LinkError) -> Int
  ) -> Bool {
    let length = compose(write)
    return length > 0 && enqueue(index, post, length)
  }

  /// Writes a message into the scratch room; its length, 0 when it does not fit.
  mutating func compose(_ write: (inout MutableSpan<UInt8>) throws(LinkError) -> Int) -> Int {
    var bytes = unsafe MutableSpan<UInt8>(
      _unsafeStart: memory.scratch, count: LinkProtocol.longestReply)
    do throws(LinkError) { return try write(&bytes) } catch { return 0 }
  }

  /// Puts what was composed into a client's queue, the report of earlier losses before it.
  @discardableResult
  mutating func enqueue(_ index: Int, _ post: LinkPost, _ length: Int) -> Bool {
    guard unsafe !memory.slots[index].isEnding else { return false }
    let limit = post == .frame ? LinkLimits.queueForFrames : LinkLimits.queue
    let needed = unsafe memory.slots[index].queue.count + length + LinkLimits.reserve
    guard needed <= limit else {
      lose(index, post)
      return false
    }
    reportLosses(index)
    let message = unsafe Span<UInt8>(_unsafeStart: memory.scratch, count: length)
    return unsafe memory.slots[index].queue.put(message)
  }

  /// Tells a client what it lost since the last report; there must be room for `reserve` bytes.
  mutating func reportLosses(_ index: Int) {
    let losses = unsafe memory.slots[index].losses
    guard !losses.isEmpty else { return }
    var bytes = InlineArray<64, UInt8>(repeating: 0)
    var length = 0
    var span = bytes.mutableSpan
    do throws(LinkError) { length = try ServerWriting.lost(losses, into: &span) } catch { return }
    guard unsafe memory.slots[index].queue.put(bytes.span.extracting(first: length)) else { return }
    unsafe memory.slots[index].losses = LinkLosses()
  }

  private mutating func lose(_ index: Int, _ post: LinkPost) {
    lostMessages &+= 1
    switch post {
    case .frame: unsafe memory.slots[index].losses.frames &+= 1
    case .event: unsafe memory.slots[index].losses.events &+= 1
    case .alarm: unsafe memory.slots[index].losses.alarms &+= 1
    case .reply: unsafe memory.slots[index].isEnding = true
    }
  }
}
