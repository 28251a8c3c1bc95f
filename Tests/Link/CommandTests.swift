import Link
import LinkMessages
import PerfusionCore
import TestSupport
import Testing

@Suite("Commands over the link")
struct CommandTests {
  private let flow = OperatorAction.setFlow(0, .litersPerMinute(4.5))

  @Test("The answer says what the controller decided, with the number that events carry")
  func answers() throws {
    let bench = LinkBench()
    let client = try bench.client()
    let rows: [(EventKind, LinkOutcome, Refusal?)] = [
      (.accepted, .accepted, nil), (.limited(.belowFloor), .limited, .belowFloor),
      (.refused(.wrongPhase), .refused, .wrongPhase),
      (.missing(Checklist(bits: 0x55)), .refused, .checklistIncomplete),
    ]
    for (number, row) in rows.enumerated() {
      bench.verdict = { _ in row.0 }
      _ = try bench.read(client)
      try bench.ask(
        LinkCommand(sequence: UInt64(number + 1), action: flow, leaseMilliseconds: 1000), client)
      bench.step()
      let answer = try #require(try bench.read(client).answers.first)
      #expect(answer.sequence == UInt64(number + 1))
      #expect(answer.outcome == row.1 && answer.refusal == row.2)
      let asked = try #require(bench.taken.last)
      #expect(asked.decision == answer.decision && asked.source == .link)
      #expect(LinkDecision(number: answer.decision).client == 1)
    }
  }

  @Test("What the link itself refuses never reaches the controller", .verifies("HZ-59"))
  func bounds() throws {
    let bench = LinkBench()
    let viewer = try bench.client(.readOnly)
    let client = try bench.client()
    let rows: [(LinkCommand, Int32, LinkOutcome)] = [
      (LinkCommand(sequence: 1, action: .acknowledgeAlarms), viewer, .readOnly),
      (LinkCommand(sequence: 1, action: nil), client, .incomplete),
      (LinkCommand(sequence: 2, action: .setFlow(0, Flow(base: .nan))), client, .incomplete),
      (LinkCommand(sequence: 3, action: flow), client, .needsLease),
      (LinkCommand(sequence: 4, action: flow, leaseMilliseconds: 99), client, .needsLease),
      (LinkCommand(sequence: 5, action: flow, leaseMilliseconds: 60_001), client, .needsLease),
    ]
    for (command, connection, outcome) in rows {
      _ = try bench.read(connection)
      try bench.ask(command, connection)
      bench.step()
      #expect(try bench.read(connection).answers.map(\.outcome) == [outcome])
    }
    bench.hasRoom = false
    try bench.ask(LinkCommand(sequence: 6, action: .stopPump(0)), client)
    bench.step()
    #expect(try bench.read(client).answers.map(\.outcome) == [.busy])
    #expect(bench.taken.isEmpty)
  }

  @Test("Stopping needs no lease")
  func stopping() throws {
    let bench = LinkBench()
    let client = try bench.client()
    for (number, action) in [OperatorAction.stopPump(0), .stopDose, .closeArterialClamp]
      .enumerated()
    {
      try bench.ask(LinkCommand(sequence: UInt64(number + 1), action: action), client)
      bench.step()
    }
    #expect(try bench.read(client).answers.map(\.outcome) == [.accepted, .accepted, .accepted])
  }

  @Test("A repeated number is answered again and carried out once")
  func repeated() throws {
    let bench = LinkBench()
    let client = try bench.client()
    let command = LinkCommand(sequence: 4, action: flow, leaseMilliseconds: 500)
    for _ in 0..<3 {
      try bench.ask(command, client)
      bench.step()
    }
    let answers = try bench.read(client).answers
    #expect(answers.map(\.outcome) == [.accepted, .accepted, .accepted])
    #expect(Set(answers.map(\.decision)).count == 1)
    #expect(bench.taken.count == 1)
  }

  @Test(
    "A controller that does not answer within a second leaves the client uncertain, and said so")
  func uncertain() throws {
    let bench = LinkBench()
    bench.verdict = { _ in nil }
    let client = try bench.client()
    try bench.ask(LinkCommand(sequence: 1, action: .pauseAudio), client)
    for _ in 0..<199 { bench.step() }
    #expect(try bench.read(client).answers.isEmpty)
    for _ in 0..<5 { bench.step() }
    #expect(try bench.read(client).answers.map(\.outcome) == [.uncertain])
  }

  @Test("When a lease runs out a pump keeps its flow, and the detent below the floor is let go")
  func leases() throws {
    let bench = LinkBench()
    let watcher = try bench.client(.readOnly)
    try bench.send(.subscription(frameTicks: 0, events: true), watcher)
    let client = try bench.client()
    try bench.ask(LinkCommand(sequence: 1, action: flow, leaseMilliseconds: 1000), client)
    bench.step()
    try bench.ask(
      LinkCommand(sequence: 2, action: .forceBelowFloor(1, true), leaseMilliseconds: 500), client)
    bench.step()
    // The client is gone; its leases are not.
    bench.network.connections[client]?.isClosedByClient = true
    for _ in 0..<300 { bench.step() }
    let ended = try bench.read(watcher).clients.filter { $0.kind == .leaseEnded }
    #expect(ended.map(\.holds) == [false, true])
    #expect(ended.map(\.decision) == [bench.taken[1].decision, bench.taken[0].decision])
    #expect(
      bench.taken.map { "\($0.action)" }.last == "\(OperatorAction.forceBelowFloor(1, false))")
    #expect(bench.taken.count == 3)
  }

  @Test("A lease that is renewed does not run out; one of a stopped pump is no more")
  func renewed() throws {
    let bench = LinkBench()
    let client = try bench.client()
    try bench.send(.subscription(frameTicks: 0, events: true), client)
    for number in 1...20 {
      try bench.ask(
        LinkCommand(sequence: UInt64(number), action: flow, leaseMilliseconds: 200), client)
      for _ in 0..<30 { bench.step() }
    }
    #expect(try bench.read(client).clients.filter { $0.kind == .leaseEnded }.isEmpty)
    try bench.ask(LinkCommand(sequence: 21, action: .stopPump(0)), client)
    for _ in 0..<100 { bench.step() }
    #expect(try bench.read(client).clients.filter { $0.kind == .leaseEnded }.isEmpty)
  }
}
