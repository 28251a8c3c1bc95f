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

  /// Answers one message; true when it was the acknowledgement of one of ours.
  @discardableResult func answer() throws(VhostError) -> Bool {
    let message = try connection.read(16)
    messages += 1
    let operation = message.number(at: 0, as: UInt32.self)
    let time = message.number(at: 8, as: UInt64.self)
    var reply: UInt64 = 0
    switch operation {
    case Operation.acknowledge: return true
    case Operation.start: break
    case Operation.request: request = GuestTime(nanoseconds: time)
    case Operation.wait: isWaiting = true
    case Operation.get: reply = now.nanoseconds
    case Operation.update: now = max(now, GuestTime(nanoseconds: time))
    case Operation.timeOfDay: reply = Self.timeOfDay
    default: throw .protocolViolation("calendar operation \(operation)")
    }
    try send(Operation.acknowledge, message.number(at: 4, as: UInt32.self), reply)
    return false
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
    for _ in 0..<2 { while try !answer() {} }
  }

  /// Something will reach the guest earlier than was thought: it has to ask from then on. Only
  /// while the guest waits for us.
  func shorten(to moment: GuestTime) throws(VhostError) {
    guard moment < freeUntil else { return }
    freeUntil = moment
    sequence &+= 1
    try send(Operation.freeUntil, sequence, moment.nanoseconds)
    while try !answer() {}
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
