import ChipDrivers
import Firmware
import Link
import LinkMessages
import PerfusionCore
import TestSupport
import Testing

@Suite("Clients of the link")
struct ConnectionTests {
  @Test("Both sides greet first, and everybody hears who came, by which process")
  func greeting() throws {
    let bench = LinkBench()
    let watcher = try bench.client()
    try bench.send(.subscription(frameTicks: 0, events: true), watcher)
    bench.serve()
    _ = try bench.read(watcher)
    let control = try bench.client()
    guard case .hello(let hello) = try bench.read(control).first else {
      Issue.record("the first message is not a greeting")
      return
    }
    #expect(hello.mayCommand && hello.version == 1 && hello.tickMicroseconds == 5000)
    let viewer = try bench.client(.readOnly)
    guard case .hello(let second) = try bench.read(viewer).first else {
      Issue.record("the first message is not a greeting")
      return
    }
    #expect(!second.mayCommand && second.client != hello.client)
    bench.serve()
    let seen = try bench.read(watcher).clients
    #expect(seen.map(\.kind) == [.connected, .connected])
    #expect(seen.map(\.process) == [UInt32(control), UInt32(viewer)])
    #expect(seen.allSatisfy { $0.user == 1000 })
  }

  @Test("Another board, another protocol, no greeting: said and ended")
  func refusedGreetings() throws {
    let bench = LinkBench()
    var other = LinkHello(program: .init("old"))
    other.version = 9
    let cases: [(ClientMessage, LinkFailure)] = [
      (.hello(LinkHello(boardHash: 12, program: .init("x"))), .wrongBoard),
      (.hello(other), .wrongProtocol), (.request(.frame), .noHello),
    ]
    for (message, failure) in cases {
      let connection = bench.network.open(.control)
      try bench.send(message, connection)
      bench.serve()
      #expect(try bench.read(connection).failures == [failure])
      #expect(!bench.isOpen(connection))
    }
    let silent = bench.network.open(.control)
    bench.serve()
    for _ in 0..<2001 { bench.step() }
    #expect(try bench.read(silent).failures == [.noHello])
    #expect(!bench.isOpen(silent))
  }

  @Test("A bad message ends its connection with the reason and touches no other")
  func badMessages() throws {
    let bench = LinkBench()
    let good = try bench.client(window: 65_536)
    try bench.send(.subscription(frameTicks: 2, events: true), good)
    let bad: [([UInt8], LinkFailure)] = [
      ([3, 0xFF, 0xFF, 0xFF], .malformed), ([0xFF, 0xFF, 0x7F], .oversized),
      ([0x81, 0x08], .oversized), ([0x80, 0x80, 0x80, 0x01], .oversized),
    ]
    for (bytes, failure) in bad {
      let connection = try bench.client()
      _ = try bench.read(connection)
      bench.network.connections[connection]?.toServer += bytes
      bench.step()
      #expect(try bench.read(connection).failures == [failure])
      #expect(!bench.isOpen(connection))
    }
    let half = try bench.client()
    bench.network.connections[half]?.toServer += [20, 1, 2]
    for _ in 0..<100 { bench.step() }
    #expect(bench.isOpen(half), "half a message is only not there yet")
    _ = try bench.read(good)
    for _ in 0..<10 { bench.step() }
    #expect(try bench.read(good).frames.count == 5)
    #expect(bench.isOpen(good))
  }

  @Test("A slow reader loses frames and is told how many; events come through")
  func slowReader() throws {
    let bench = LinkBench()
    let slow = try bench.client(window: 4096)
    try bench.send(.subscription(frameTicks: 2, events: true), slow)
    bench.serve()
    var frames = 0
    var lost = 0
    var events = 0
    for turn in 1...3000 {
      bench.step(events: turn % 100 == 0 ? [.resumed(1)] : [])
      guard turn % 50 == 0 else { continue }
      let messages = try bench.read(slow)
      frames += messages.frames.count
      events += messages.events.count
      lost += messages.losses.reduce(0) { $0 + Int($1.frames) }
      #expect(messages.losses.allSatisfy { $0.events == 0 && $0.alarms == 0 })
    }
    try bench.send(.subscription(frameTicks: 0, events: true), slow)
    for _ in 0..<200 {
      bench.step()
      let messages = try bench.read(slow)
      frames += messages.frames.count
      events += messages.events.count
      lost += messages.losses.reduce(0) { $0 + Int($1.frames) }
    }
    #expect(events == 30)
    #expect(lost > 500, "it read a tenth of what came")
    // One each second tick, and one more before the new subscription is read.
    #expect(frames + lost == 1501)
  }

  @Test("Who does not read at all loses the connection after 10 s; losses were counted")
  func stalled() throws {
    let bench = LinkBench()
    let stalled = try bench.client(window: 64)
    try bench.send(.subscription(frameTicks: 2, events: true), stalled)
    for _ in 0..<1900 { bench.step(events: [.alarmReminder]) }
    #expect(bench.isOpen(stalled))
    for _ in 0..<200 { bench.step() }
    #expect(!bench.isOpen(stalled))
    #expect(bench.server.lostMessages > 0)
    #expect(bench.server.clientCount == 0)
  }

  @Test("Sixteen are served; the next is told that there is no room, and has some when one goes")
  func full() throws {
    let bench = LinkBench(clients: 16)
    let first = try bench.client()
    for _ in 1..<16 { _ = try bench.client() }
    let late = bench.network.open(.control)
    bench.serve()
    #expect(try bench.read(late).failures == [.full])
    #expect(!bench.isOpen(late) && bench.server.turnedAway == 1)
    bench.network.connections[first]?.isClosedByClient = true
    bench.serve()
    let next = try bench.client()
    #expect(try bench.read(next).failures.isEmpty && bench.isOpen(next))
  }

  @Test("Documents: the board image byte by byte, standing alarms, the alarm log, the loop")
  func documents() throws {
    let bench = LinkBench(imageSize: 40_000)
    let client = try bench.client(window: 3000)
    let standing = StandingAlarm(id: AlarmID(5), priority: .medium, since: Tick(count: 1))
    for alarm in [5, 6, 9] as [UInt8] {
      bench.step(events: [.alarmRaised(AlarmID(alarm))]) { $0.status.alarmList.append(standing) }
    }
    var image: [UInt8] = []
    var counts: [LinkDocument: Int] = [:]
    var alarms: [AlarmReport] = []
    for document in [LinkDocument.image, .alarms, .alarmLog, .loop, .frame] {
      try bench.send(.request(document), client)
      for _ in 0..<100 {
        bench.serve()
        for message in try bench.read(client) {
          if case .image(let offset, 40_000, let bytes) = message, offset == image.count {
            image += bytes
          }
          if case .alarm(let report) = message { alarms.append(report) }
          if case .done(let kind, let messages) = message, let kind { counts[kind] = messages }
        }
      }
    }
    #expect(image == bench.imageBytes)
    #expect(counts == [.image: 40, .alarms: 1, .alarmLog: 3, .loop: 1, .frame: 1])
    #expect(alarms.map(\.change) == [.stands, .raised, .raised, .raised])
    #expect(alarms.map(\.alarm.number) == [5, 5, 6, 9])
  }

  @Test(
    "What is told of an alarm is the words of its cause, with its pumps",
    .verifies("HZ-05", "AL-34", "AL-26"))
  func causes() throws {
    let bench = LinkBench()
    let client = try bench.client(window: 3000)
    let clamp = AlarmCause(.clampNotClosed)
    let both = AlarmCause(.overspeed, pumps: 0b11)
    bench.step(events: [.alarmRaised(AlarmID(34), clamp)]) {
      for (alarm, cause) in [(34, clamp), (26, both)] as [(UInt8, AlarmCause)] {
        $0.status.alarmList.append(
          StandingAlarm(
            id: AlarmID(alarm), priority: .high, since: Tick(count: 1), cause: cause))
      }
    }
    for document in [LinkDocument.alarms, .alarmLog] { try bench.send(.request(document), client) }
    for _ in 0..<5 { bench.serve() }
    let told = try bench.read(client).alarms
    #expect(Set(told.map(\.cause)) == [clamp, both])
    for report in told where report.alarm == AlarmID(34) {
      #expect(report.cause == clamp && report.priority == .high)
      #expect("\(report.text.state)" == "CLAMP DOES NOT CLOSE - CLAMP BY HAND")
    }
  }

  @Test("The alarm log tells earlier starts before this one", .verifies("HZ-51"))
  func earlierStarts() throws {
    let bench = LinkBench()
    for sequence in 1...3 as ClosedRange<UInt32> {
      var entry = AlarmLogEntry(.raised, alarm: AlarmID(UInt8(sequence)), priority: .medium)
      entry.phase = .onBypass
      bench.server.recall(
        AlarmRecord(
          sequence: sequence, start: 7, at: Instant(microseconds: Int64(sequence)),
          civilTime: 1000 + Int64(sequence), entry: entry))
    }
    bench.server.begin(start: 8, civilTime: 2000, at: .start)
    bench.server.civilTime = 2001
    let client = try bench.client(window: 3000)
    bench.step(events: [.alarmRaised(AlarmID(9))])
    try bench.send(.request(.alarmLog), client)
    for _ in 0..<5 { bench.serve() }
    let told = try bench.read(client).alarms
    #expect(told.map(\.change) == [.raised, .raised, .raised, .powerUp, .raised])
    #expect(told.map(\.alarm.number) == [1, 2, 3, 0, 9])
    #expect(told.map(\.start) == [7, 7, 7, 8, 8])
    #expect(told.map(\.civilTime) == [1001, 1002, 1003, 2000, 2001])
    #expect(told.first?.phase == .onBypass)
  }
}
