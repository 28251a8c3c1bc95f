internal import LinkMessages
internal import PerfusionCore

/// A command that waits for the controller's answer.
struct PendingAnswer: BitwiseCopyable {
  var sequence: UInt64
  /// 0 in a free place.
  var decision: UInt32
  /// Moment after which the answer is "uncertain", microseconds.
  var deadline: Int64
  var action: OperatorAction
  var leaseMilliseconds: UInt32
}

/// Room for one client: what it asked for, what waits for it, what it sent so far.
struct LinkSlot {
  var isUsed = false
  var connection: Int32 = -1
  var door = LinkDoor.readOnly
  var peer = LinkPeer(user: 0, group: 0, process: 0)
  /// Number of the client, 1...4095.
  var number: UInt32 = 0
  var hasGreeted = false
  /// The connection ends once its queue is empty, or soon anyway.
  var isEnding = false
  var frameTicks: UInt64 = 0
  var nextFrame: UInt64 = 0
  var wantsEvents = false
  var isDisplay = false
  var losses = LinkLosses()
  /// When bytes last went out, or the queue was empty; microseconds.
  var progressAt: Int64 = 0
  var greetBy: Int64 = 0
  var commandCount: UInt32 = 0
  var lastSequence: UInt64 = 0
  var lastAnswer: LinkAnswer?
  var pending = InlineArray<8, PendingAnswer>(
    repeating: PendingAnswer(
      sequence: 0, decision: 0, deadline: 0, action: .acknowledgeAlarms, leaseMilliseconds: 0))
  /// The document that is being sent, and how far.
  var document: LinkDocument?
  var documentCursor: UInt64 = 0
  var documentMessages: UInt32 = 0
  var queue: ByteQueue
  /// Bytes of a message that is not whole yet.
  var inputCount = 0

  init(queue: ByteQueue) { self.queue = queue }

  /// Makes the room ready for a new client.
  mutating func begin(
    connection: Int32, door: LinkDoor, peer: LinkPeer, number: UInt32, now: Int64
  ) {
    var empty = queue
    empty.removeAll()
    self = LinkSlot(queue: empty)
    isUsed = true
    self.connection = connection
    self.door = door
    self.peer = peer
    self.number = number
    progressAt = now
    greetBy = now &+ LinkLimits.patience
  }

  /// The free place for an answer, nothing when eight commands wait.
  func freePending() -> Int? {
    for index in 0..<8 where pending.span[index].decision == 0 { return index }
    return nil
  }
}

/// How much the link gives to each client, and how long it waits.
enum LinkLimits {
  /// Bytes that may wait for one client.
  static var queue: Int { 49_152 }
  /// Of these, frames may fill so many; the rest is for events, alarms and answers.
  static var queueForFrames: Int { 24_576 }
  /// Kept for the report of losses.
  static var reserve: Int { 64 }
  /// Bytes sent to one client in one turn.
  static var sentInTurn: Int { 65_536 }
  /// Messages taken from one client in one turn.
  static var messagesInTurn: Int { 8 }
  /// How long a client may take for its greeting, and not read while something waits for it;
  /// microseconds.
  static var patience: Int64 { 10_000_000 }
  /// How long the controller may take for an answer; microseconds.
  static var answer: Int64 { 1_000_000 }
  /// Entries of the alarm log that are kept to be asked for.
  static var alarmLog: Int { 512 }
  /// Leases that stand at one time.
  static var leases: Int { 32 }
}
