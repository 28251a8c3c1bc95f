import ChipDrivers
public import LinkMessages
public import PerfusionCore

/// A client of the link over any pair of byte streams: what a person's program says and hears.
///
/// Decision numbers: the firmware gives its own to each command; the conversation knows which of
/// the scenario's commands each of them is.
public final class LinkConversation {
  /// The newest frame; nothing before the first.
  public private(set) var frame: LinkFrame?
  /// The firmware has greeted.
  public private(set) var hasGreeted = false
  /// Why the firmware ended the conversation, or what it sent that is no message.
  public private(set) var trouble: String?
  private var events: [Event] = []
  private var received: [UInt8] = []
  private var waiting: [(sequence: UInt64, command: OperatorCommand)] = []
  private var decisions: [UInt32: UInt32] = [:]
  private var sequence: UInt64 = 0

  /// How long a wish stands without being repeated: the longest that the link allows. Nobody at a
  /// rig holds a detent for longer than its scenario says.
  static let lease: UInt32 = 60_000

  /// A conversation in which nothing has been said.
  public init() {}

  /// Commands that have not been answered.
  public var openCommands: Int { waiting.count }

  /// The greeting, and what is to be sent: a frame every so many ticks (0 for none), events.
  public func greeting(frameTicks: UInt32, events: Bool) -> [UInt8] {
    hasGreeted = false
    trouble = nil
    received = []
    return framed(.hello(LinkHello(program: Identifier("perfusion hil"))))
      + framed(.subscription(frameTicks: frameTicks, events: events))
  }

  /// The firmware was started anew: what was said before concerns another program.
  public func beginAnew() {
    hasGreeted = false
    trouble = nil
    received = []
    waiting = []
    decisions = [:]
    sequence = 0
    frame = nil
    events = []
  }

  /// A command as bytes.
  public func bytes(of command: OperatorCommand) -> [UInt8] {
    sequence += 1
    waiting.append((sequence, command))
    return framed(
      .command(
        LinkCommand(
          sequence: sequence, action: command.action, isConfirmed: command.isConfirmed,
          leaseMilliseconds: command.action.movedThing == nil ? 0 : Self.lease)))
  }

  private func framed(_ message: ClientMessage) -> [UInt8] {
    do throws(LinkError) { return try message.framed() } catch {
      trouble = "a message does not fit the link"
      return []
    }
  }

  /// Takes bytes from the firmware.
  public func take(_ bytes: [UInt8]) {
    received += bytes
    var start = 0
    while trouble == nil, start < received.count {
      let rest = received[start...]
      let found = LengthPrefix.find(
        in: Array(rest.prefix(8)).span, limit: LinkProtocol.longestReply)
      guard case .message(let prefix, let length) = found else {
        if case .oversized = found { trouble = "the firmware sent a message that is too long" }
        break
      }
      guard rest.count >= prefix + length else { break }
      hear(Array(rest.dropFirst(prefix).prefix(length)))
      start += prefix + length
    }
    received.removeFirst(start)
  }

  private func hear(_ bytes: [UInt8]) {
    let message: ServerMessage
    do throws(LinkError) { message = try ServerMessage(decoding: bytes) } catch {
      trouble = "the firmware sent what is not a message"
      return
    }
    switch message {
    case .hello: hasGreeted = true
    case .frame(let frame): self.frame = frame
    case .event(let entry): events.append(entry.event)
    case .answer(let answer, _): take(answer)
    case .failure(_, let text): trouble = "the firmware ended the link: \(text)"
    case .client, .alarm, .lost, .image, .loop, .done, .unknown: return
    }
  }

  private func take(_ answer: LinkAnswer) {
    guard let place = waiting.firstIndex(where: { $0.sequence == answer.sequence }) else { return }
    let command = waiting.remove(at: place).command
    if answer.decision != 0 {
      decisions[answer.decision] = command.decision
    } else {
      trouble = "the link did not take a command: \(answer.outcome)"
    }
  }

  /// An event with the scenario's own number of the command that led to it.
  public func translated(_ event: Event) -> Event {
    var event = event
    if event.decision != 0 { event.decision = decisions[event.decision] ?? event.decision }
    return event
  }

  /// Takes the events that have come since the last call.
  public func takeEvents() -> [Event] {
    defer { events = [] }
    return events.map(translated)
  }
}
