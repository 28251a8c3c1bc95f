import ChipDrivers
import Firmware
import Link
import LinkMessages
import PerfusionCore

/// A link with clients, and a controller that answers what the test says.
@safe final class LinkBench {
  let network = FakeNetwork()
  var server: LinkServer<FakeTransport>
  var asked: [OperatorCommand] = []
  /// What the tick says about a command; nothing leaves it unanswered.
  var verdict: (OperatorCommand) -> EventKind? = { _ in .accepted }
  var hasRoom = true
  var now: Int64 = 0
  private var tick = Tick.start
  private let memory: UnsafeMutableRawPointer
  private let image: UnsafeMutableBufferPointer<UInt8>

  init(clients: Int = 16, imageSize: Int = 2500) {
    unsafe memory = .allocate(byteCount: LinkMemory.size(clients: clients), alignment: 16)
    unsafe image = .allocate(capacity: imageSize)
    for index in 0..<imageSize { unsafe image[index] = UInt8(truncatingIfNeeded: index &* 7) }
    server = unsafe LinkServer(
      transport: FakeTransport(network: network),
      memory: LinkMemory(over: memory, clients: clients),
      identity: LinkIdentity(
        program: .init("test"), image: UnsafeBufferPointer(image), tickMicroseconds: 5000))
  }

  deinit {
    unsafe memory.deallocate()
    unsafe image.deallocate()
  }

  var imageBytes: [UInt8] { unsafe Array(image) }

  /// One tick of 5 ms and one turn of the link.
  func step(events: [EventKind] = [], change: (inout TickRecord) -> Void = { _ in }) {
    tick = tick.next
    now += 5000
    var record = TickRecord()
    record.tick = tick
    record.at = Instant(microseconds: now)
    record.status.tick = tick
    for command in asked {
      if let kind = verdict(command) {
        record.events.append(Event(kind, decision: command.decision))
      }
    }
    taken += asked
    asked = []
    for kind in events { record.events.append(Event(kind)) }
    change(&record)
    server.take(record, now: now)
    serve()
  }

  /// Commands that the tick took.
  var taken: [OperatorCommand] = []

  func serve() {
    server.serve(now: now) { command in
      if hasRoom { asked.append(command) }
      return hasRoom
    }
  }

  /// A connection whose client has greeted.
  func client(_ door: LinkDoor = .control, window: Int = 8192) throws -> Int32 {
    let connection = network.open(door, window: window)
    try send(.hello(LinkHello(program: .init("client"))), connection)
    serve()
    return connection
  }

  func send(_ message: ClientMessage, _ connection: Int32) throws {
    network.connections[connection]?.toServer += try message.framed()
  }

  func ask(_ command: LinkCommand, _ connection: Int32) throws {
    try send(.command(command), connection)
    serve()
  }

  /// What a client finds when it reads everything that is there.
  func read(_ connection: Int32) throws -> [ServerMessage] {
    var bytes = network.connections[connection]?.toClient ?? []
    var messages: [ServerMessage] = []
    while case .message(let prefix, let length) = LengthPrefix.find(
      in: bytes.span, limit: LinkProtocol.longestReply), bytes.count >= prefix + length
    {
      messages.append(try ServerMessage(decoding: Array(bytes[prefix..<prefix + length])))
      bytes.removeFirst(prefix + length)
    }
    network.connections[connection]?.toClient = bytes
    return messages
  }

  func isOpen(_ connection: Int32) -> Bool {
    network.connections[connection].map { !$0.isClosedByServer } ?? false
  }
}

extension [ServerMessage] {
  var answers: [LinkAnswer] {
    compactMap { if case .answer(let answer, _) = $0 { answer } else { nil } }
  }
  var failures: [LinkFailure] {
    compactMap { if case .failure(let failure, _) = $0 { failure } else { nil } }
  }
  var frames: [LinkFrame] {
    compactMap { if case .frame(let frame) = $0 { frame } else { nil } }
  }
  var events: [EventEntry] {
    compactMap { if case .event(let event) = $0 { event } else { nil } }
  }
  var alarms: [AlarmReport] {
    compactMap { if case .alarm(let alarm) = $0 { alarm } else { nil } }
  }
  var clients: [ClientEvent] {
    compactMap { if case .client(let event) = $0 { event } else { nil } }
  }
  var losses: [LinkLosses] {
    compactMap { if case .lost(let losses) = $0 { losses } else { nil } }
  }
}
