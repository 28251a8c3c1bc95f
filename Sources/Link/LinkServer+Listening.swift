internal import Firmware
internal import LinkMessages
internal import PerfusionCore

extension LinkServer where Transport: ~Copyable {
  /// Takes what a client sent: at most some messages a turn, so that nobody holds up the others.
  mutating func listen(_ index: Int, _ now: Int64, _ ask: (OperatorCommand) -> Bool) {
    guard unsafe !memory.slots[index].isEnding else { return }
    for _ in 0..<LinkLimits.messagesInTurn {
      if takeMessage(index, now, ask) { continue }
      switch receive(index) {
      case .bytes: continue
      case .nothing:
        if unsafe !memory.slots[index].hasGreeted && now >= memory.slots[index].greetBy {
          fail(index, .noHello, now)
        }
        return
      case .ended:
        end(index)
        return
      }
    }
  }

  private mutating func receive(_ index: Int) -> LinkReceipt {
    let held = unsafe memory.slots[index].inputCount
    guard held < LinkMemory.inputSize else { return .nothing }
    var room = unsafe MutableSpan<UInt8>(
      _unsafeStart: memory.inputs + index * LinkMemory.inputSize + held,
      count: LinkMemory.inputSize - held)
    let connection = unsafe memory.slots[index].connection
    let receipt = transport.receive(from: connection, into: &room)
    if case .bytes(let count) = receipt { unsafe memory.slots[index].inputCount += count }
    return receipt
  }

  /// Takes the first whole message out of what was received; false when there is none.
  private mutating func takeMessage(
    _ index: Int, _ now: Int64, _ ask: (OperatorCommand) -> Bool
  ) -> Bool {
    guard unsafe memory.slots[index].isUsed && !memory.slots[index].isEnding else { return false }
    let held = unsafe memory.slots[index].inputCount
    let input = unsafe Span<UInt8>(
      _unsafeStart: memory.inputs + index * LinkMemory.inputSize, count: held)
    switch LengthPrefix.find(in: input, limit: LinkProtocol.longestRequest) {
    case .incomplete: return false
    case .oversized:
      fail(index, .oversized, now)
      return false
    case .message(let prefix, let length):
      guard held >= prefix + length else { return false }
      do throws(LinkError) {
        let message = try ClientMessage.decode(input.extracting(prefix..<prefix + length))
        drop(index, prefix + length)
        handle(message, index, now, ask)
      } catch { fail(index, .malformed, now) }
      return true
    }
  }

  private mutating func drop(_ index: Int, _ count: Int) {
    let start = unsafe memory.inputs + index * LinkMemory.inputSize
    let rest = unsafe memory.slots[index].inputCount - count
    for place in 0..<rest { unsafe start[place] = start[place + count] }
    unsafe memory.slots[index].inputCount = rest
  }

  private mutating func handle(
    _ message: ClientMessage?, _ index: Int, _ now: Int64, _ ask: (OperatorCommand) -> Bool
  ) {
    if unsafe !memory.slots[index].hasGreeted {
      guard case .hello(let hello) = message else { return fail(index, .noHello, now) }
      return greet(hello, index, now)
    }
    switch message {
    case nil: return
    case .hello(let hello):
      // Somebody else, over a line that knows no connections: as if new.
      unsafe memory.slots[index].frameTicks = 0
      unsafe memory.slots[index].wantsEvents = false
      unsafe memory.slots[index].isDisplay = false
      unsafe memory.slots[index].document = nil
      greet(hello, index, now)
    case .subscription(let ticks, let events, let display):
      subscribe(frameTicks: ticks, index)
      unsafe memory.slots[index].wantsEvents = events
      follow(isDisplay: display, index, now)
    case .command(let command): take(command, index, now, ask)
    case .request(let document): beginDocument(document, index)
    }
  }

  private mutating func subscribe(frameTicks ticks: UInt32, _ index: Int) {
    // No more than a frame each 10 ms.
    let least = UInt64(10_000 / max(1, identity.tickMicroseconds))
    let wanted = ticks == 0 ? 0 : max(UInt64(ticks), least)
    // A subscription that is repeated brings no frame early.
    guard unsafe wanted != memory.slots[index].frameTicks else { return }
    unsafe memory.slots[index].frameTicks = wanted
    unsafe memory.slots[index].nextFrame = 0
  }

  /// A display says that a person can read it, or takes its leave: while somebody depends on the
  /// machine it is missed all the same. Who talks and does not read shows nothing new.
  private mutating func follow(isDisplay: Bool, _ index: Int, _ now: Int64) {
    guard unsafe memory.slots[index].door == .control else { return }
    let was = unsafe memory.slots[index].isDisplay
    unsafe memory.slots[index].isDisplay = isDisplay
    if isDisplay {
      let standsStill = now &- (unsafe memory.slots[index].progressAt)
      if standsStill <= SharedExchange.displayPatience { displaySeen = max(now, 1) }
    } else if was, !latest.status.phase.dependsOnMachine {
      displaySeen = 0
    }
  }

  private mutating func greet(_ hello: LinkHello, _ index: Int, _ now: Int64) {
    guard hello.version == LinkProtocol.version else { return fail(index, .wrongProtocol, now) }
    guard hello.boardHash == 0 || hello.boardHash == identity.boardHash else {
      return fail(index, .wrongBoard, now)
    }
    unsafe memory.slots[index].hasGreeted = true
    var answer = LinkHello(boardHash: identity.boardHash, program: identity.program)
    answer.client = unsafe memory.slots[index].number
    answer.mayCommand = unsafe memory.slots[index].door == .control
    answer.tickMicroseconds = identity.tickMicroseconds
    post(index, .reply) { bytes throws(LinkError) in try ServerWriting.hello(answer, into: &bytes) }
    tell(.connected, index)
  }

  /// Says why, and ends the connection as soon as that is sent. Touches nothing else.
  mutating func fail(_ index: Int, _ failure: LinkFailure, _ now: Int64) {
    guard unsafe !memory.slots[index].isEnding else { return }
    failures &+= 1
    post(index, .reply) { bytes throws(LinkError) in
      try ServerWriting.failure(failure, into: &bytes)
    }
    unsafe memory.slots[index].isEnding = true
    unsafe memory.slots[index].progressAt = now
  }
}
