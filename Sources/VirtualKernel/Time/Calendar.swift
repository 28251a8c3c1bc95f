/// The guest's clock, which belongs to us (`time-travel=ext`): the guest asks to be woken, waits,
/// and goes on when it is told that its time has come.
final class Calendar {
  private(set) var now = GuestTime.start
  /// The guest has nothing to do until the moment it asked for, or an interrupt.
  private(set) var isWaiting = false
  /// When it asked to be woken.
  private(set) var request: GuestTime?
  /// Messages exchanged, a measure of cost.
  private(set) var messages = 0
  /// Before this moment the guest goes on by itself, without asking.
  private(set) var freeUntil = GuestTime.start
  let connection: Connection
  private var sequence: UInt32 = 0
  /// Read, and not answered yet.
  private var unread: [UInt8] = []

  init(connection: Connection) { self.connection = connection }

  /// Wall-clock time that the guest is told for its start: 2026-01-01 00:00:00 UTC, always.
  private static let timeOfDay: UInt64 = 1_767_225_600_000_000_000

  private enum Operation {
    static let acknowledge: UInt32 = 0
    static let start: UInt32 = 1
    static let request: UInt32 = 2
    static let wait: UInt32 = 3
    static let get: UInt32 = 4
    static let update: UInt32 = 5
    static let run: UInt32 = 6
    static let freeUntil: UInt32 = 7
    static let timeOfDay: UInt32 = 8
  }

  /// Waits for messages and answers them.
  func answer() throws(VhostError) {
    try connection.readMore(into: &unread, waits: true)
    try answerUnread()
  }

  /// Takes what the guest has said until now: it does not wait until its requests, waits and updates
  /// have been heard, so they are taken before anything else that comes from it.
  func catchUp() throws(VhostError) {
    while try connection.readMore(into: &unread, waits: false) == 256 {}
    try answerUnread()
  }

  private func answerUnread() throws(VhostError) {
    var place = 0
    while unread.count >= place + 16 {
      try answer(at: place)
      place += 16
    }
    unread.removeFirst(place)
  }

  private func answer(at place: Int) throws(VhostError) {
    messages += 1
    let operation = unread.number(at: place, as: UInt32.self)
    let time = unread.number(at: place + 8, as: UInt64.self)
    let reply: UInt64
    switch operation {
    case Operation.acknowledge: return
    case Operation.request: return request = GuestTime(nanoseconds: time)
    case Operation.wait:
      isWaiting = true
      return now = max(now, GuestTime(nanoseconds: time))
    case Operation.update: return now = max(now, GuestTime(nanoseconds: time))
    case Operation.start: reply = 0
    case Operation.get:
      // It tells how far it has come by itself.
      now = max(now, GuestTime(nanoseconds: time))
      reply = now.nanoseconds
    case Operation.timeOfDay: reply = Self.timeOfDay
    default: throw .protocolViolation("calendar operation \(operation)")
    }
    try send(Operation.acknowledge, unread.number(at: place + 4, as: UInt32.self), reply)
  }

  /// Moves the clock without waking the guest: an interrupt will.
  func advance(to moment: GuestTime) { now = max(now, moment) }

  /// Lets the guest run from a moment, by itself up to another one: nothing from outside reaches it
  /// before that, so it need not ask. That spares most of the messages.
  func run(at moment: GuestTime, freeUntil free: GuestTime) throws(VhostError) {
    advance(to: moment)
    isWaiting = false
    request = nil
    freeUntil = max(free, now)
    sequence &+= 2
    let bytes =
      Self.bytes(Operation.freeUntil, sequence &- 1, freeUntil.nanoseconds)
      + Self.bytes(Operation.run, sequence, now.nanoseconds)
    try connection.write(bytes)
  }

  /// Something will reach the guest earlier than was thought: it has to ask from then on. Only
  /// before the answer for which the guest waits: it hears the calendar first.
  func shorten(to moment: GuestTime) throws(VhostError) {
    guard moment < freeUntil else { return }
    freeUntil = moment
    sequence &+= 1
    try send(Operation.freeUntil, sequence, moment.nanoseconds)
  }

  private func send(_ operation: UInt32, _ sequence: UInt32, _ time: UInt64) throws(VhostError) {
    try connection.write(Self.bytes(operation, sequence, time))
  }

  private static func bytes(_ operation: UInt32, _ sequence: UInt32, _ time: UInt64) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32)
    bytes.append(number: operation)
    bytes.append(number: sequence)
    bytes.append(number: time)
    return bytes
  }
}
