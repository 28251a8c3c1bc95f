public import ChipDrivers
internal import Firmware
internal import LinkMessages
public import PerfusionCore

/// The link: many clients, none of which can slow or stop the tick.
///
/// It runs beside the tick, takes the records that the tick leaves and gives it commands. Each
/// client has its own bounded queue: who reads slowly loses frames, is told how many, and in the end
/// loses the connection. Nothing here allocates or waits.
public struct LinkServer<Transport: LinkTransport & ~Copyable>: ~Copyable {
  /// Its sockets.
  public var transport: Transport
  let memory: LinkMemory
  let identity: LinkIdentity
  /// The last record of the tick.
  var latest = TickRecord()
  var hasRecord = false
  var quality = LoopReport()
  var leases = LinkLeases()
  var logCount: UInt64 = 0
  /// Number of this start, 0 when it is not known.
  var start: UInt32 = 0
  /// Seconds since 1970, 0 when the computer does not know the time; whoever steps the link sets it.
  public var civilTime: Int64 = 0
  /// When a display that belongs to the machine last said that it can be read, microseconds; 0: none
  /// belongs to it (AL-55).
  public internal(set) var displaySeen: Int64 = 0
  var lastNumber: UInt32 = 0
  /// Clients that were refused because there was no room.
  public internal(set) var turnedAway: UInt64 = 0
  /// Connections that were ended with a failure.
  public internal(set) var failures: UInt64 = 0
  /// Messages that slow readers lost.
  public internal(set) var lostMessages: UInt64 = 0

  /// A link without clients.
  public init(
    transport: consuming Transport, memory: consuming LinkMemory, identity: LinkIdentity
  ) {
    self.transport = transport
    self.memory = memory
    self.identity = identity
  }

  /// How many clients are served now.
  public var clientCount: Int {
    var count = 0
    for index in 0..<memory.clients where unsafe memory.slots[index].isUsed { count += 1 }
    return count
  }

  /// Serves everybody once: takes connections and messages, ends leases, sends.
  ///
  /// - Parameters:
  ///   - now: microseconds of the firmware's clock.
  ///   - ask: hands a command to the tick; false when there is no room.
  public mutating func serve(now: Int64, ask: (OperatorCommand) -> Bool) {
    welcome(.control, now)
    welcome(.readOnly, now)
    endLeases(now, ask)
    for index in 0..<memory.clients where unsafe memory.slots[index].isUsed {
      listen(index, now, ask)
      expireAnswers(index, now)
      continueDocument(index)
      flush(index, now)
    }
  }

  /// Ends all connections because the firmware ends.
  public mutating func stop(now: Int64) {
    for index in 0..<memory.clients where unsafe memory.slots[index].isUsed {
      fail(index, .stopping, now)
      flush(index, now)
      end(index)
    }
  }

  private mutating func welcome(_ door: LinkDoor, _ now: Int64) {
    for _ in 0..<8 {
      guard let connection = transport.accept(door) else { return }
      let peer = transport.peer(of: connection)
      guard let index = freeSlot() else {
        turnAway(connection)
        continue
      }
      lastNumber = lastNumber % 0xFFF + 1
      let number = lastNumber
      unsafe memory.slots[index].begin(
        connection: connection, door: door, peer: peer, number: number, now: now)
    }
  }

  private func freeSlot() -> Int? {
    for index in 0..<memory.clients where unsafe !memory.slots[index].isUsed { return index }
    return nil
  }

  /// Says that there is no room, and ends the connection.
  private mutating func turnAway(_ connection: Int32) {
    turnedAway &+= 1
    let length = compose { bytes throws(LinkError) in
      try ServerWriting.failure(.full, into: &bytes)
    }
    var bytes = InlineArray<128, UInt8>(repeating: 0)
    // Shorter than 128 bytes, so that the length takes one byte.
    if length > 0, length < 128 {
      bytes[0] = UInt8(length)
      for index in 0..<length { bytes[index + 1] = unsafe memory.scratch[index] }
      _ = transport.send(bytes.span.extracting(first: length + 1), to: connection)
    }
    transport.close(connection)
  }

  /// Sends what waits for a client; ends the connection when it is broken, stalled or finished.
  mutating func flush(_ index: Int, _ now: Int64) {
    if unsafe memory.slots[index].queue.isEmpty { reportLosses(index) }
    var sent = 0
    var isBroken = false
    let connection = unsafe memory.slots[index].connection
    while unsafe !memory.slots[index].queue.isEmpty, sent < LinkLimits.sentInTurn {
      let taken = unsafe memory.slots[index].queue.sendSome { transport.send($0, to: connection) }
      isBroken = taken < 0
      guard taken > 0 else { break }
      sent += taken
    }
    let isEmpty = unsafe memory.slots[index].queue.isEmpty
    if sent > 0 || isEmpty { unsafe memory.slots[index].progressAt = now }
    let isEnding = unsafe memory.slots[index].isEnding
    let waited = now &- (unsafe memory.slots[index].progressAt)
    if !isBroken, isEnding ? !isEmpty && waited < 1_000_000 : waited < LinkLimits.patience {
      return
    }
    if !isEnding { failures &+= 1 }
    end(index)
  }

  /// Ends a connection and tells the others when the client had greeted.
  mutating func end(_ index: Int) {
    let connection = unsafe memory.slots[index].connection
    transport.close(connection)
    unsafe memory.slots[index].isUsed = false
    if unsafe memory.slots[index].hasGreeted { tell(.gone, index) }
  }

  /// Tells everybody what happened to a client.
  mutating func tell(_ kind: ClientEvent.Kind, _ index: Int) {
    var event = ClientEvent(
      tick: latest.tick, at: latest.at, kind: kind, client: unsafe memory.slots[index].number)
    event.user = unsafe memory.slots[index].peer.user
    event.process = unsafe memory.slots[index].peer.process
    broadcast(event)
  }

  private mutating func endLeases(_ now: Int64, _ ask: (OperatorCommand) -> Bool) {
    while let lease = leases.takeExpired(now: now) {
      var holds = true
      if let action = lease.action.whenLeaseEnds {
        holds = false
        let command = OperatorCommand(decision: lease.decision, source: .link, action: action)
        guard ask(command) else {
          // The tick's queue is full: the detent is let go in the next turn.
          _ = leases.begin(lease)
          return
        }
      }
      var event = ClientEvent(
        tick: latest.tick, at: latest.at, kind: .leaseEnded, client: lease.client)
      event.decision = lease.decision
      event.holds = holds
      broadcast(event)
    }
  }
}

/// What the firmware says of itself in its greeting, and the image that it gives to who asks.
@safe public struct LinkIdentity: @unchecked Sendable {
  /// Name and version of the program.
  public var program: Identifier
  /// CRC-32 of the board image, its last four bytes.
  public var boardHash: UInt32
  /// Length of a tick.
  public var tickMicroseconds: UInt32
  private let image: UnsafeBufferPointer<UInt8>

  /// The identity of a firmware whose board image outlives the link.
  public init(program: Identifier, image: UnsafeBufferPointer<UInt8>, tickMicroseconds: UInt32) {
    self.program = program
    self.tickMicroseconds = tickMicroseconds
    unsafe self.image = unsafe image
    var hash: UInt32 = 0
    if image.count >= 4 {
      for index in 0..<4 {
        hash |= unsafe UInt32(image[image.count - 4 + index]) << UInt32(8 * index)
      }
    }
    boardHash = hash
  }

  var imageSize: Int { unsafe image.count }

  /// Lets the image be read.
  func withImage<Result>(_ read: (Span<UInt8>) -> Result) -> Result {
    unsafe read(Span(_unsafeElements: image))
  }
}
