internal import BlackBox
internal import LinkMessages
public import PerfusionCore

/// What is left of a recording whose firmware was killed, and whether that is enough.
public struct KilledRecording {
  /// Ticks from the first on that replay to the bit.
  public private(set) var ticks: UInt64 = 0
  /// Events, in their order.
  public private(set) var events: [Event] = []
  /// What is wrong with the file.
  public private(set) var complaint: String?

  /// Mends the file of one start and plays it again.
  public init(_ bytes: [UInt8]) {
    guard let mended = Recovery.recover(bytes).file else {
      complaint = "nothing can be recovered"
      return
    }
    do {
      let reader = try McapReader(mended)
      var events: [Event] = []
      _ = try reader.walk { message throws(McapError) in
        if message.topic == "/events", let record = unsafe EventRecord(message.data) {
          events.append(record.event)
        }
        return true
      }
      self.events = events
      var replay = Replay(on: LinkedCore(try reader.boardImage().machine))
      try replay.run(reader)
      ticks = replay.report.ticks
      if let found = replay.report.difference {
        complaint = "tick \(found.tick) replays otherwise: \(found.channel) \(found.field)"
      }
    } catch { complaint = "\(error)" }
  }

  /// These events stand in the recording, one after the other; none may be missing among them.
  public func holds(_ wanted: [Event]) -> Bool {
    guard let first = wanted.first else { return true }
    return events.indices.contains { start in
      Self.isSame(events[start], first) && start + wanted.count <= events.count
        && zip(events[start...], wanted).allSatisfy(Self.isSame)
    }
  }

  private static func isSame(_ left: Event, _ right: Event) -> Bool {
    "\(left.kind)" == "\(right.kind)"
  }
}
