internal import Firmware
internal import LinkMessages
internal import PerfusionCore

extension LinkServer where Transport: ~Copyable {
  /// Begins to send a document; one that was under way is dropped.
  mutating func beginDocument(_ document: LinkDocument?, _ index: Int) {
    guard let document else {
      post(index, .reply) { bytes throws(LinkError) in
        try ServerWriting.done(nil, messages: 0, into: &bytes)
      }
      return
    }
    unsafe memory.slots[index].document = document
    unsafe memory.slots[index].documentMessages = 0
    let kept = UInt64(LinkLimits.alarmLog)
    unsafe memory.slots[index].documentCursor =
      document == .alarmLog && logCount > kept ? logCount - kept : 0
    continueDocument(index)
  }

  /// Sends as much of a document as the queue has room for.
  mutating func continueDocument(_ index: Int) {
    guard unsafe memory.slots[index].isUsed else { return }
    while let document = unsafe memory.slots[index].document {
      let waiting = unsafe memory.slots[index].queue.count
      guard waiting + LinkProtocol.longestReply <= LinkLimits.queueForFrames else { return }
      let cursor = unsafe memory.slots[index].documentCursor
      let length = composePart(document, cursor)
      guard length > 0 else { return finishDocument(document, index) }
      unsafe memory.slots[index].documentCursor = cursor &+ 1
      unsafe memory.slots[index].documentMessages &+= 1
      enqueue(index, .reply, length)
      if unsafe memory.slots[index].isEnding { return }
    }
  }

  private mutating func finishDocument(_ document: LinkDocument, _ index: Int) {
    unsafe memory.slots[index].document = nil
    let messages = unsafe memory.slots[index].documentMessages
    post(index, .reply) { bytes throws(LinkError) in
      try ServerWriting.done(document, messages: messages, into: &bytes)
    }
  }

  /// Composes part `cursor` of a document; 0 when there is no such part.
  private mutating func composePart(_ document: LinkDocument, _ cursor: UInt64) -> Int {
    switch document {
    case .frame: cursor == 0 && hasRecord ? composeFrame() : 0
    case .loop: cursor == 0 ? composeLoop() : 0
    case .alarms: composeStanding(cursor)
    case .alarmLog: composeLogged(cursor)
    case .image: composeImage(cursor)
    }
  }

  private mutating func composeLoop() -> Int {
    let report = quality
    return compose { bytes throws(LinkError) in try ServerWriting.loop(report, into: &bytes) }
  }

  private mutating func composeStanding(_ cursor: UInt64) -> Int {
    guard let standing = latest.status.alarmList.element(at: Int(clamping: cursor)) else {
      return 0
    }
    var report = AlarmReport(
      tick: latest.tick, at: latest.at, change: .stands, alarm: standing.id,
      priority: standing.priority, phase: latest.status.phase)
    report.isLatched = standing.state == .latched
    report.since = standing.since
    report.acknowledgedBy = standing.acknowledgement?.source
    report.cause = standing.cause
    return compose { bytes throws(LinkError) in try ServerWriting.alarm(report, into: &bytes) }
  }

  private mutating func composeLogged(_ cursor: UInt64) -> Int {
    guard cursor < logCount else { return 0 }
    let report = unsafe memory.log[Int(cursor % UInt64(LinkLimits.alarmLog))]
    return compose { bytes throws(LinkError) in try ServerWriting.alarm(report, into: &bytes) }
  }

  private mutating func composeImage(_ cursor: UInt64) -> Int {
    let offset = Int(clamping: cursor) * LinkProtocol.imagePart
    guard offset < identity.imageSize else { return 0 }
    let identity = identity
    return compose { bytes throws(LinkError) in
      var result = Result<Int, LinkError>.success(0)
      identity.withImage { image in
        do throws(LinkError) {
          result = .success(try ServerWriting.image(image, from: offset, into: &bytes))
        } catch { result = .failure(error) }
      }
      return try result.get()
    }
  }
}
