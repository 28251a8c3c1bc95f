import LinkMessages
import PerfusionCore

/// A conversation with a firmware that a rig reads the machine by: greeting, frames, commands, events.
public struct FirmwareTalk {
  let conversation = LinkConversation()
  /// What waits to be sent.
  private(set) var outgoing: [UInt8] = []
  /// What was told since the tick before.
  private(set) var events = EventList()
  private var waiting: [Event] = []
  private var greetAt: Int64
  private let frameTicks: UInt32

  /// A talk that begins at a moment, with a frame in so many seconds.
  init(_ machine: MachineConfiguration, framePeriod: Double, greetAt: Int64) {
    let ticks = framePeriod * 1_000_000 / Double(machine.tickMicroseconds)
    frameTicks = UInt32(min(max(ticks.rounded(), 1), 1000))
    self.greetAt = greetAt
  }

  /// A command; false while eight have not been answered, or nobody has greeted.
  mutating func submit(_ command: OperatorCommand) -> Bool {
    guard conversation.hasGreeted, conversation.openCommands < 8 else { return false }
    outgoing += conversation.bytes(of: command)
    return true
  }

  /// Greets when it is time to, and again while nobody answers; gives the bytes to send.
  mutating func speak(at now: Instant, mayGreet: Bool = true) -> [UInt8] {
    if mayGreet, !conversation.hasGreeted, now.microseconds >= greetAt {
      greetAt = now.microseconds + 2_000_000
      outgoing += conversation.greeting(frameTicks: frameTicks, events: true)
    }
    defer { outgoing = [] }
    return outgoing
  }

  /// Takes what the firmware has sent in a tick.
  mutating func hear(_ bytes: [UInt8]) {
    conversation.take(bytes)
    waiting += conversation.takeEvents()
    events.removeAll()
    while let event = waiting.first, events.append(event) { waiting.removeFirst() }
  }

  /// Another program answers from now on.
  mutating func beginAnew(greetAt moment: Int64) {
    conversation.beginAnew()
    outgoing = []
    greetAt = moment
  }
}
