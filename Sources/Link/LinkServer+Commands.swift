internal import LinkMessages
internal import PerfusionCore

extension LinkServer where Transport: ~Copyable {
  /// Takes a command: bounds are checked here, sense and safety by the controller.
  mutating func take(
    _ command: LinkCommand, _ index: Int, _ now: Int64, _ ask: (OperatorCommand) -> Bool
  ) {
    if isRepeated(command, index) { return }
    unsafe memory.slots[index].lastSequence = command.sequence
    unsafe memory.slots[index].lastAnswer = nil
    guard unsafe memory.slots[index].door == .control else {
      return answer(index, LinkAnswer(sequence: command.sequence, outcome: .readOnly))
    }
    guard let action = command.action else {
      return answer(index, LinkAnswer(sequence: command.sequence, outcome: .incomplete))
    }
    if action.movedThing != nil, !LinkProtocol.leases.contains(command.leaseMilliseconds) {
      return answer(index, LinkAnswer(sequence: command.sequence, outcome: .needsLease))
    }
    hand(command, action, index, now, ask)
  }

  /// Gives a command its decision number and hands it to the tick.
  private mutating func hand(
    _ command: LinkCommand, _ action: OperatorAction, _ index: Int, _ now: Int64,
    _ ask: (OperatorCommand) -> Bool
  ) {
    let busy = LinkAnswer(sequence: command.sequence, outcome: .busy)
    guard let place = unsafe memory.slots[index].freePending() else { return answer(index, busy) }
    let count = unsafe memory.slots[index].commandCount &+ 1
    let decision = LinkDecision(client: unsafe memory.slots[index].number, count: count).number
    let asked = OperatorCommand(
      decision: decision, source: .link, isConfirmed: command.isConfirmed, action: action)
    guard ask(asked) else { return answer(index, busy) }
    unsafe memory.slots[index].commandCount = count
    unsafe memory.slots[index].pending[place] = PendingAnswer(
      sequence: command.sequence, decision: decision, deadline: now &+ LinkLimits.answer,
      action: action, leaseMilliseconds: command.leaseMilliseconds)
  }

  /// A sequence number that was there already is answered again and not carried out again.
  private mutating func isRepeated(_ command: LinkCommand, _ index: Int) -> Bool {
    let last = unsafe memory.slots[index].lastSequence
    guard command.sequence <= last else { return false }
    if command.sequence == last, let answer = unsafe memory.slots[index].lastAnswer {
      self.answer(index, answer)
    } else if !isPending(command.sequence, index) {
      answer(index, LinkAnswer(sequence: command.sequence, outcome: .unknown))
    }
    return true
  }

  private func isPending(_ sequence: UInt64, _ index: Int) -> Bool {
    for place in 0..<8 {
      let waiting = unsafe memory.slots[index].pending[place]
      if waiting.decision != 0 && waiting.sequence == sequence { return true }
    }
    return false
  }

  mutating func answer(_ index: Int, _ answer: LinkAnswer) {
    if answer.sequence == (unsafe memory.slots[index].lastSequence) {
      unsafe memory.slots[index].lastAnswer = answer
    }
    post(index, .reply) { bytes throws(LinkError) in
      try ServerWriting.answer(answer, into: &bytes)
    }
  }

  /// Finds whose command an event answers, and tells that client.
  mutating func settle(_ event: Event, _ now: Int64) {
    guard let verdict = LinkVerdict(event.kind) else { return }
    for index in 0..<memory.clients where unsafe memory.slots[index].isUsed {
      for place in 0..<8 {
        let waiting = unsafe memory.slots[index].pending[place]
        guard waiting.decision != 0, waiting.decision == event.decision else { continue }
        unsafe memory.slots[index].pending[place].decision = 0
        beginLease(waiting, verdict, unsafe memory.slots[index].number, now)
        var answer = LinkAnswer(
          sequence: waiting.sequence, decision: waiting.decision, outcome: verdict.outcome,
          refusal: verdict.refusal)
        answer.missing = verdict.missing
        return self.answer(index, answer)
      }
    }
  }

  private mutating func beginLease(
    _ waiting: PendingAnswer, _ verdict: LinkVerdict, _ client: UInt32, _ now: Int64
  ) {
    guard verdict.outcome != .refused else { return }
    if let ended = waiting.action.endedThing { leases.end(ended) }
    guard waiting.action.movedThing != nil else { return }
    _ = leases.begin(
      LinkLease(
        decision: waiting.decision, client: client,
        expiry: now &+ Int64(waiting.leaseMilliseconds) * 1000, action: waiting.action))
  }

  /// The controller answers in the tick that takes a command; what it does not answer in time is
  /// uncertain, and said to be.
  mutating func expireAnswers(_ index: Int, _ now: Int64) {
    guard unsafe memory.slots[index].isUsed else { return }
    for place in 0..<8 {
      let waiting = unsafe memory.slots[index].pending[place]
      guard waiting.decision != 0, now >= waiting.deadline else { continue }
      unsafe memory.slots[index].pending[place].decision = 0
      answer(
        index,
        LinkAnswer(
          sequence: waiting.sequence, decision: waiting.decision, outcome: .uncertain))
    }
  }
}

/// What an event says about the command that led to it.
struct LinkVerdict {
  var outcome: LinkOutcome
  var refusal: Refusal?
  var missing = Checklist.none

  /// The verdict of an event, nothing when it is not an answer.
  init?(_ kind: EventKind) {
    switch kind {
    case .accepted: outcome = .accepted
    case .limited(let why):
      outcome = .limited
      refusal = why
    case .refused(let why):
      outcome = .refused
      refusal = why
    case .missing(let items):
      outcome = .refused
      refusal = .checklistIncomplete
      missing = items
    default: return nil
    }
  }
}
